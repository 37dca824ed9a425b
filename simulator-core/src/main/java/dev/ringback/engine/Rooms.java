package dev.ringback.engine;

import dev.ringback.call.AppRequest;
import dev.ringback.call.ExchangeId;
import dev.ringback.call.MeetingAnswer;
import dev.ringback.call.MeetingQuestion;
import dev.ringback.call.QueuePlace;
import dev.ringback.call.Target;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.ConferenceEvent;
import dev.ringback.twiml.DialNoun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The queues and conferences of an account, where calls meet. Calls ask by effect and hear the
 * answers as inputs, asked or not; nobody else touches this.
 */
final class Rooms {
  private final Sid account;
  private final Function<SidKind, Sid> sids;
  private final Map<String, Conference> conferences = new LinkedHashMap<>();
  private final Map<String, Queue> queues = new LinkedHashMap<>();

  /** Conferences that are over. */
  private final Map<Sid, ConferenceView> past = new LinkedHashMap<>();

  /** By call, the one it is or will be connected with, and the queue that brought them together. */
  private final Map<Sid, Bridge> bridges = new LinkedHashMap<>();

  /** What comes of a question. */
  record Reply(List<ToCall> answers, List<AppRequest> callbacks) {
    static Reply none() {
      return new Reply(new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * @param question that it answers; 0: none
   */
  record ToCall(Sid call, int question, MeetingAnswer answer) {}

  private record Participant(Sid call, DialNoun.Conference noun, Instant since) {}

  private static final class Conference {
    final Sid sid;
    final String name;
    final Instant created;
    Instant updated;
    final List<Participant> participants = new ArrayList<>();
    @Nullable Target callback;
    Set<ConferenceEvent> events = EnumSet.noneOf(ConferenceEvent.class);
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

  private record Member(Sid call, Instant since) {}

  private record Taker(Sid call, int question, @Nullable Target screen) {}

  private static final class Queue {
    final Sid sid;
    final Instant created;
    Instant updated;
    int maxSize = DEFAULT_SIZE;
    final Deque<Member> members = new ArrayDeque<>();
    final Deque<Taker> takers = new ArrayDeque<>();
    long left;
    long secondsOfThoseWhoLeft;

    Queue(Sid sid, Instant created) {
      this.sid = sid;
      this.created = created;
      this.updated = created;
    }

    QueueView view(String name) {
      return new QueueView(
          sid,
          name,
          maxSize,
          left == 0 ? 0 : secondsOfThoseWhoLeft / left,
          members.stream().map(m -> new QueueView.Member(m.call(), m.since())).toList(),
          created,
          updated);
    }

    boolean isEmpty() {
      return members.isEmpty() && takers.isEmpty();
    }

    QueuePlace place(int position, Instant since, Instant now) {
      return new QueuePlace(
          sid,
          position,
          Duration.between(since, now).toSeconds(),
          left == 0 ? 0 : secondsOfThoseWhoLeft / left,
          members.size(),
          maxSize);
    }

    void leaves(Member member, Instant now) {
      left++;
      secondsOfThoseWhoLeft += Duration.between(member.since(), now).toSeconds();
    }
  }

  /**
   * @param taker null: this is the one who took the other out
   * @param queue by name
   */
  private record Bridge(
      Sid other, String queue, long queuedSeconds, @Nullable Taker taker, boolean connected) {}

  /**
   * @param sids makes identifiers
   */
  Rooms(Sid account, Function<SidKind, Sid> sids) {
    this.account = account;
    this.sids = sids;
  }

  /**
   * @param number of the question, which its answer bears
   */
  Reply ask(Sid call, int number, MeetingQuestion question, Instant now) {
    Reply reply = Reply.none();
    switch (question) {
      case MeetingQuestion.Join join -> join(call, number, join, now, reply);
      case MeetingQuestion.Enqueue enqueue -> enqueue(call, number, enqueue, now, reply);
      case MeetingQuestion.HowLong how -> howLong(call, number, how.queue(), now, reply);
      case MeetingQuestion.TakeOut take ->
          takeOut(take.queue(), new Taker(call, number, take.screen()), now, reply);
      case MeetingQuestion.Screened screened -> bridge(call, now, reply);
      case MeetingQuestion.Say say -> say(call, say, reply);
      case MeetingQuestion.Leave leave -> leave(call, now, reply);
    }
    return reply;
  }

  // Conferences

  private static final int MAX_PAST = 1_000;
  private static final String ENDED_BY_API = "conference-ended-via-api";

  private void join(Sid call, int number, MeetingQuestion.Join join, Instant now, Reply reply) {
    DialNoun.Conference noun = join.noun();
    Conference conference =
        conferences.computeIfAbsent(
            noun.name(), name -> new Conference(sids.apply(SidKind.CONFERENCE), name, now));
    if (conference.participants.size() >= noun.maxParticipants()) {
      answer(reply, call, number, new MeetingAnswer.ConferenceFull(conference.sid));
      return;
    }
    if (conference.callback == null && noun.statusCallback() != null) {
      // The first participant that names one decides for all (docs/voice/twiml/conference).
      conference.callback =
          join.document().resolve(noun.statusCallback(), noun.statusCallbackMethod());
      conference.events = noun.statusCallbackEvents();
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
    answer(
        reply,
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
          answer(
              reply,
              other.call(),
              0,
              new MeetingAnswer.Started(conference.sid, other.call().equals(conference.recorder)));
        }
      }
    }
  }

  private void leaveConference(Sid call, Sid sid, Instant now, Reply reply) {
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
      Conference conference, Participant leaver, String how, Instant now, Reply reply) {
    conference.participants.remove(leaver);
    conference.updated = now;
    report(conference, ConferenceEvent.LEAVE, "participant-leave", leaver, null, now, reply);
    boolean ends = leaver.noun().endConferenceOnExit() && conference.started;
    if (ends || conference.participants.isEmpty()) {
      String who = ends ? "participant-with-end-conference-on-exit-" : "last-participant-";
      end(conference, leaver, who + how, now, reply);
    }
  }

  private void end(Conference conference, Participant by, String reason, Instant now, Reply reply) {
    for (Participant other : List.copyOf(conference.participants)) {
      conference.participants.remove(other);
      answer(reply, other.call(), 0, new MeetingAnswer.Over(conference.sid));
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

  // What the REST API sees and does

  /** The newest last, those that are over among them. */
  List<ConferenceView> conferences() {
    List<ConferenceView> views = new ArrayList<>(past.values());
    conferences.values().forEach(c -> views.add(c.view(null, null)));
    return views;
  }

  /** Ends a conference; nothing happens to one that is over. */
  Reply endConference(Sid sid, Instant now) {
    Reply reply = Reply.none();
    for (Conference conference : List.copyOf(conferences.values())) {
      if (conference.sid.equals(sid) && !conference.participants.isEmpty()) {
        end(conference, conference.participants.getFirst(), ENDED_BY_API, now, reply);
      }
    }
    return reply;
  }

  /** Takes somebody out of a conference; nothing happens when the call is not in it. */
  Reply kick(Sid sid, Sid call, Instant now) {
    Reply reply = Reply.none();
    for (Conference conference : List.copyOf(conferences.values())) {
      for (Participant participant : List.copyOf(conference.participants)) {
        if (conference.sid.equals(sid) && participant.call().equals(call)) {
          answer(reply, call, 0, new MeetingAnswer.Over(sid));
          leave(conference, participant, "kicked", now, reply);
        }
      }
    }
    return reply;
  }

  /** The newest last. */
  List<QueueView> queues() {
    List<QueueView> views = new ArrayList<>();
    queues.forEach((name, queue) -> views.add(queue.view(name)));
    return views;
  }

  /** Makes a queue, or changes one. */
  QueueView configureQueue(@Nullable Sid sid, String name, int maxSize, Instant now) {
    queues.entrySet().stream()
        .filter(e -> e.getValue().sid.equals(sid) && !e.getKey().equals(name))
        .findFirst()
        .ifPresent(e -> rename(e.getKey(), name));
    Queue queue = queue(name, now);
    queue.maxSize = maxSize;
    queue.updated = now;
    return queue.view(name);
  }

  private void rename(String from, String to) {
    Queue queue = queues.remove(from);
    if (queue != null) {
      queues.put(to, queue);
    }
    bridges.replaceAll((call, bridge) ->
        bridge.queue().equals(from)
            ? new Bridge(
                bridge.other(), to, bridge.queuedSeconds(), bridge.taker(), bridge.connected())
            : bridge);
  }

  /** Takes away a queue in which nobody is. */
  void removeQueue(Sid sid) {
    queues.values().removeIf(queue -> queue.sid.equals(sid) && queue.isEmpty());
  }

  /** Whether anybody is in a queue, or waits for somebody who will be. */
  boolean isEmpty(Sid sid) {
    return queues.values().stream().noneMatch(q -> q.sid.equals(sid) && !q.isEmpty());
  }

  private void report(
      Conference conference,
      ConferenceEvent event,
      String name,
      Participant whose,
      @Nullable String reason,
      Instant now,
      Reply reply) {
    Target callback = conference.callback;
    if (callback == null || !conference.events.contains(event)) {
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

  /** The others of a conference hear it, or the one the call is connected with. */
  private void say(Sid call, MeetingQuestion.Say say, Reply reply) {
    for (Conference conference : conferences.values()) {
      if (conference.participants.stream().anyMatch(p -> p.call().equals(call))) {
        for (Participant other : conference.participants) {
          if (!other.call().equals(call)) {
            answer(reply, other.call(), 0, new MeetingAnswer.Said(say.act()));
          }
        }
      }
    }
    Bridge bridge = bridges.get(call);
    if (bridge != null) {
      answer(reply, bridge.other(), 0, new MeetingAnswer.Said(say.act()));
    }
  }

  // Queues

  /** docs/voice/twiml/enqueue, "maxQueueSize". */
  private static final int DEFAULT_SIZE = 100;

  /** Beyond this number, queues that are empty are forgotten, the oldest first. */
  private static final int MAX_QUEUES = 1_000;

  private Queue queue(String name, Instant now) {
    if (queues.size() >= MAX_QUEUES && !queues.containsKey(name)) {
      queues.entrySet().stream()
          .filter(e -> e.getValue().isEmpty())
          .map(Map.Entry::getKey)
          .findFirst()
          .ifPresent(queues::remove);
    }
    return queues.computeIfAbsent(name, n -> new Queue(sids.apply(SidKind.QUEUE), now));
  }

  private void enqueue(
      Sid call, int number, MeetingQuestion.Enqueue enqueue, Instant now, Reply reply) {
    boolean isNew = !queues.containsKey(enqueue.queue());
    Queue queue = queue(enqueue.queue(), now);
    if (isNew || enqueue.maxSize() != DEFAULT_SIZE) {
      queue.maxSize = enqueue.maxSize(); // the default does not undo what the API has set
    }
    if (queue.members.size() >= queue.maxSize) {
      answer(reply, call, number, new MeetingAnswer.QueueFull(queue.sid));
      return;
    }
    Member member = new Member(call, now);
    queue.members.addLast(member);
    answer(
        reply, call, number, new MeetingAnswer.InLine(queue.place(queue.members.size(), now, now)));
    Taker taker = queue.takers.pollFirst();
    if (taker != null) {
      takeOut(enqueue.queue(), taker, now, reply);
    }
  }

  private void howLong(Sid call, int number, Sid sid, Instant now, Reply reply) {
    for (Queue queue : queues.values()) {
      int position = 0;
      for (Member member : queue.members) {
        position++;
        if (queue.sid.equals(sid) && member.call().equals(call)) {
          answer(
              reply,
              call,
              number,
              new MeetingAnswer.InLine(queue.place(position, member.since(), now)));
        }
      }
    }
  }

  private void takeOut(String name, Taker taker, Instant now, Reply reply) {
    Queue queue = queue(name, now);
    Member member = queue.members.pollFirst();
    if (member == null) {
      queue.takers.addLast(taker);
      answer(reply, taker.call(), taker.question(), new MeetingAnswer.NobodyWaits());
      return;
    }
    queue.leaves(member, now);
    QueuePlace place = queue.place(1, member.since(), now);
    long seconds = place.seconds();
    bridges.put(member.call(), new Bridge(taker.call(), name, seconds, taker, false));
    bridges.put(taker.call(), new Bridge(member.call(), name, seconds, null, false));
    answer(
        reply,
        taker.call(),
        taker.question(),
        new MeetingAnswer.SomebodyWaits(place, member.call()));
    answer(
        reply, member.call(), 0, new MeetingAnswer.TakenOut(place, taker.call(), taker.screen()));
  }

  private void bridge(Sid member, Instant now, Reply reply) {
    Bridge bridge = bridges.get(member);
    if (bridge == null || bridge.connected() || bridge.taker() == null) {
      return;
    }
    Sid taker = bridge.other();
    Sid queue = queue(bridge.queue(), now).sid;
    long seconds = bridge.queuedSeconds();
    bridges.put(member, new Bridge(taker, bridge.queue(), seconds, bridge.taker(), true));
    answer(reply, taker, 0, new MeetingAnswer.Bridged(queue, member, seconds));
    answer(reply, member, 0, new MeetingAnswer.Bridged(queue, taker, seconds));
  }

  private static void answer(Reply reply, Sid call, int question, MeetingAnswer answer) {
    reply.answers().add(new ToCall(call, question, answer));
  }

  // Leaving

  /** A call leaves wherever it is, or is over: it is nowhere any more. */
  Reply gone(Sid call, Instant now) {
    Reply reply = Reply.none();
    leave(call, now, reply);
    return reply;
  }

  private void leave(Sid call, Instant now, Reply reply) {
    for (Conference conference : List.copyOf(conferences.values())) {
      leaveConference(call, conference.sid, now, reply);
    }
    for (Queue queue : queues.values()) {
      queue.takers.removeIf(t -> t.call().equals(call));
      for (Member member : List.copyOf(queue.members)) {
        if (member.call().equals(call)) {
          queue.members.remove(member);
          queue.leaves(member, now);
        }
      }
    }
    part(call, now, reply);
  }

  private void part(Sid call, Instant now, Reply reply) {
    Bridge bridge = bridges.remove(call);
    if (bridge == null) {
      return;
    }
    Sid other = bridge.other();
    Bridge back = bridges.get(other);
    if (back == null || !back.other().equals(call)) {
      return;
    }
    bridges.remove(other);
    Taker taker = bridge.taker();
    if (taker != null && !bridge.connected()) {
      takeOut(bridge.queue(), taker, now, reply); // whoever waits next
    } else {
      answer(reply, other, 0, new MeetingAnswer.Parted(call));
    }
  }
}
