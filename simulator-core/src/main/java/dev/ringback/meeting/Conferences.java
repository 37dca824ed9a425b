package dev.ringback.meeting;

import dev.ringback.call.MeetingAnswer;
import dev.ringback.call.MeetingQuestion;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.snapshot.SerializableFunction;
import dev.ringback.twiml.ConferenceEvent;
import dev.ringback.twiml.DialNoun;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Subscription;
import dev.ringback.voice.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conferences of an account: calls join and leave them, the first that names a status callback
 * decides for all (docs/voice/twiml/conference).
 */
final class Conferences {
  /** Conferences that are over and can still be read; the oldest are forgotten. */
  private static final int MAX_PAST = 1_000;

  private static final String ENDED_BY_API = "conference-ended-via-api";

  private final Sid account;
  private final SerializableFunction<SidKind, Sid> sids;
  private final Map<String, Conference> conferences = new LinkedHashMap<>();

  /** Conferences that are over. */
  private final Map<Sid, ConferenceView> past = new LinkedHashMap<>();

  /**
   * @param sids makes identifiers
   */
  Conferences(Sid account, SerializableFunction<SidKind, Sid> sids) {
    this.account = account;
    this.sids = sids;
  }

  private record Participant(Sid call, DialNoun.Conference noun, Instant since) {}

  private static final class Conference {
    final Sid sid;
    final String name;
    final Instant created;
    Instant updated;
    final List<Participant> participants = new ArrayList<>();
    Subscription<ConferenceEvent> callback = Subscription.none();
    boolean started;
    @Nullable Sid recorder;
    int sequence;
    int exchanges;

    Conference(Sid sid, String name, Instant created) {
      this.sid = sid;
      this.name = name;
      this.created = created;
      this.updated = created;
    }

    ConferenceView view(@Nullable String reason, @Nullable Sid endedBy) {
      return new ConferenceView(
          sid,
          name,
          reason != null
              ? ConferenceView.Status.COMPLETED
              : started ? ConferenceView.Status.IN_PROGRESS : ConferenceView.Status.INIT,
          created,
          updated,
          reason,
          endedBy,
          participants.stream()
              .map(p -> new ConferenceView.Member(p.call(), p.noun(), p.since()))
              .toList());
    }
  }

  void join(Sid call, int number, MeetingQuestion.Join join, Instant now, MeetingReply reply) {
    DialNoun.Conference noun = join.noun();
    Conference conference =
        conferences.computeIfAbsent(
            noun.name(), name -> new Conference(sids.apply(SidKind.CONFERENCE), name, now));
    if (conference.participants.size() >= noun.maxParticipants()) {
      reply.answer(call, number, new MeetingAnswer.ConferenceFull(conference.sid));
      return;
    }
    if (conference.callback.target() == null) {
      // The first participant that names one decides for all (docs/voice/twiml/conference).
      conference.callback = Subscription.of(noun.statusCallback(), join.document());
    }
    Participant participant = new Participant(call, noun, now);
    conference.participants.add(participant);
    conference.updated = now;
    boolean starts =
        !conference.started
            && conference.participants.size() > 1
            && conference.participants.stream().anyMatch(p -> p.noun().startConferenceOnEnter());
    conference.started |= starts;
    if (conference.started && conference.recorder == null) {
      conference.recorder =
          conference.participants.stream()
              .filter(p -> p.noun().recording().mode().records())
              .map(Participant::call)
              .findFirst()
              .orElse(null);
    }
    reply.answer(
        call,
        number,
        new MeetingAnswer.Joined(
            conference.sid, conference.started, call.equals(conference.recorder)));
    if (starts) {
      report(conference, ConferenceEvent.START, "conference-start", participant, null, now, reply);
    }
    report(conference, ConferenceEvent.JOIN, "participant-join", participant, null, now, reply);
    if (starts) {
      for (Participant other : conference.participants) {
        if (!other.call().equals(call)) {
          reply.tell(
              other.call(),
              new MeetingAnswer.Started(conference.sid, other.call().equals(conference.recorder)));
        }
      }
    }
  }

  private void leaveConference(Sid call, Sid sid, Instant now, MeetingReply reply) {
    Conference conference =
        conferences.values().stream().filter(c -> c.sid.equals(sid)).findFirst().orElse(null);
    if (conference == null) {
      return;
    }
    Participant leaver =
        conference.participants.stream()
            .filter(p -> p.call().equals(call))
            .findFirst()
            .orElse(null);
    if (leaver == null) {
      return;
    }
    leave(conference, leaver, "left", now, reply);
  }

  /**
   * @param how {@code left} or {@code kicked}
   */
  private void leave(
      Conference conference, Participant leaver, String how, Instant now, MeetingReply reply) {
    conference.participants.remove(leaver);
    conference.updated = now;
    report(conference, ConferenceEvent.LEAVE, "participant-leave", leaver, null, now, reply);
    boolean ends = leaver.noun().endConferenceOnExit() && conference.started;
    if (ends || conference.participants.isEmpty()) {
      String who = ends ? "participant-with-end-conference-on-exit-" : "last-participant-";
      end(conference, leaver, who + how, now, reply);
    }
  }

  private void end(
      Conference conference, Participant by, String reason, Instant now, MeetingReply reply) {
    for (Participant other : List.copyOf(conference.participants)) {
      conference.participants.remove(other);
      reply.tell(other.call(), new MeetingAnswer.Over(conference.sid));
      report(conference, ConferenceEvent.LEAVE, "participant-leave", other, null, now, reply);
    }
    conference.updated = now;
    conferences.remove(conference.name);
    boolean byApi = reason.equals(ENDED_BY_API);
    past.put(conference.sid, conference.view(reason, byApi ? null : by.call()));
    if (past.size() > MAX_PAST) {
      past.remove(past.keySet().iterator().next());
    }
    report(conference, ConferenceEvent.END, "conference-end", by, reason, now, reply);
  }

  /** A call leaves the conference it is in, if it is in one. */
  void leave(Sid call, Instant now, MeetingReply reply) {
    for (Conference conference : List.copyOf(conferences.values())) {
      leaveConference(call, conference.sid, now, reply);
    }
  }

  /** The others of the call's conference hear what its party does. */
  void say(Sid call, MeetingQuestion.Say say, MeetingReply reply) {
    for (Conference conference : conferences.values()) {
      if (conference.participants.stream().anyMatch(p -> p.call().equals(call))) {
        for (Participant other : conference.participants) {
          if (!other.call().equals(call)) {
            reply.tell(other.call(), new MeetingAnswer.Said(say.act()));
          }
        }
      }
    }
  }

  // What the REST API sees and does

  /** The newest last, those that are over among them. */
  List<ConferenceView> all() {
    List<ConferenceView> views = new ArrayList<>(past.values());
    conferences.values().forEach(c -> views.add(c.view(null, null)));
    return views;
  }

  /** Ends a conference; nothing happens to one that is over. */
  MeetingReply end(Sid sid, Instant now) {
    MeetingReply reply = MeetingReply.none();
    for (Conference conference : List.copyOf(conferences.values())) {
      if (conference.sid.equals(sid) && !conference.participants.isEmpty()) {
        end(conference, conference.participants.getFirst(), ENDED_BY_API, now, reply);
      }
    }
    return reply;
  }

  /** Takes a call out of a conference; nothing happens when the call is not in it. */
  MeetingReply kick(Sid sid, Sid call, Instant now) {
    MeetingReply reply = MeetingReply.none();
    for (Conference conference : List.copyOf(conferences.values())) {
      for (Participant participant : List.copyOf(conference.participants)) {
        if (conference.sid.equals(sid) && participant.call().equals(call)) {
          reply.tell(call, new MeetingAnswer.Over(sid));
          leave(conference, participant, "kicked", now, reply);
        }
      }
    }
    return reply;
  }

  private void report(
      Conference conference,
      ConferenceEvent event,
      String name,
      Participant whose,
      @Nullable String reason,
      Instant now,
      MeetingReply reply) {
    Target callback = conference.callback.of(event);
    if (callback == null) {
      return;
    }
    boolean ofParticipant = event == ConferenceEvent.JOIN || event == ConferenceEvent.LEAVE;
    reply
        .callbacks()
        .add(
            new AppRequest.ConferenceStatus(
                new ExchangeId(conference.sid, ++conference.exchanges),
                callback,
                account,
                conference.sid,
                conference.name,
                name,
                ++conference.sequence,
                now,
                whose.call(),
                ofParticipant,
                whose.noun().participantLabel(),
                whose.noun().muted(),
                whose.noun().startConferenceOnEnter(),
                whose.noun().endConferenceOnExit(),
                reason));
  }
}
