package dev.ringback.engine;

import dev.ringback.call.Callback;
import dev.ringback.call.ExchangeId;
import dev.ringback.call.QueuePlace;
import dev.ringback.call.RoomAnswer;
import dev.ringback.call.RoomQuestion;
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

  /** By call, the one it is or will be connected with, and the queue that brought them together. */
  private final Map<Sid, Bridge> bridges = new LinkedHashMap<>();

  /** What comes of a question. */
  record Reply(List<ToCall> answers, List<Callback> callbacks) {
    static Reply none() {
      return new Reply(new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * @param asked whether it answers the question that was asked
   */
  record ToCall(Sid call, boolean asked, RoomAnswer answer) {}

  private record Participant(Sid call, DialNoun.Conference noun) {}

  private static final class Conference {
    final Sid sid;
    final String name;
    final List<Participant> participants = new ArrayList<>();
    @Nullable Target callback;
    Set<ConferenceEvent> events = EnumSet.noneOf(ConferenceEvent.class);
    boolean started;
    int sequence;
    int exchanges;

    Conference(Sid sid, String name) {
      this.sid = sid;
      this.name = name;
    }
  }

  private record Member(Sid call, Instant since) {}

  private record Taker(Sid call, @Nullable Target screen) {}

  private static final class Queue {
    final Sid sid;
    final int maxSize;
    final Deque<Member> members = new ArrayDeque<>();
    final Deque<Taker> takers = new ArrayDeque<>();
    long left;
    long secondsOfThoseWhoLeft;

    Queue(Sid sid, int maxSize) {
      this.sid = sid;
      this.maxSize = maxSize;
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

  private record Bridge(Sid other, Sid queue, long queuedSeconds) {}

  /**
   * @param sids makes identifiers
   */
  Rooms(Sid account, Function<SidKind, Sid> sids) {
    this.account = account;
    this.sids = sids;
  }

  Reply ask(Sid call, RoomQuestion question, Instant now) {
    Reply reply = Reply.none();
    switch (question) {
      case RoomQuestion.Join join -> join(call, join, now, reply);
      case RoomQuestion.LeaveConference leave ->
          leaveConference(call, leave.conference(), now, reply);
      case RoomQuestion.Enqueue enqueue -> enqueue(call, enqueue, now, reply);
      case RoomQuestion.HowLong how -> howLong(call, how.queue(), now, reply);
      case RoomQuestion.LeaveQueue leave -> leaveQueue(call, leave.queue(), now);
      case RoomQuestion.TakeOut take -> takeOut(call, take, now, reply);
      case RoomQuestion.GiveUp give ->
          queue(give.queue(), 0).takers.removeIf(t -> t.call().equals(call));
      case RoomQuestion.Screened screened -> bridge(call, reply);
      case RoomQuestion.Part part -> part(call, reply);
    }
    return reply;
  }

  // Conferences

  private void join(Sid call, RoomQuestion.Join join, Instant now, Reply reply) {
    DialNoun.Conference noun = join.noun();
    Conference conference =
        conferences.computeIfAbsent(
            noun.name(), name -> new Conference(sids.apply(SidKind.CONFERENCE), name));
    if (conference.participants.size() >= noun.maxParticipants()) {
      answer(reply, call, true, new RoomAnswer.ConferenceFull(conference.sid));
      return;
    }
    if (conference.callback == null && noun.statusCallback() != null) {
      // The first participant that names one decides for all (docs/voice/twiml/conference).
      conference.callback =
          join.document().resolve(noun.statusCallback(), noun.statusCallbackMethod());
      conference.events = noun.statusCallbackEvents();
    }
    Participant participant = new Participant(call, noun);
    conference.participants.add(participant);
    boolean starts =
        !conference.started
            && conference.participants.size() > 1
            && conference.participants.stream().anyMatch(p -> p.noun().startConferenceOnEnter());
    conference.started |= starts;
    answer(reply, call, true, new RoomAnswer.Joined(conference.sid, conference.started));
    if (starts) {
      report(conference, ConferenceEvent.START, "conference-start", participant, null, now, reply);
    }
    report(conference, ConferenceEvent.JOIN, "participant-join", participant, null, now, reply);
    if (starts) {
      for (Participant other : conference.participants) {
        if (!other.call().equals(call)) {
          answer(reply, other.call(), false, new RoomAnswer.Started(conference.sid));
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
    conference.participants.remove(leaver);
    report(conference, ConferenceEvent.LEAVE, "participant-leave", leaver, null, now, reply);
    boolean ends = leaver.noun().endConferenceOnExit() && conference.started;
    if (!ends && !conference.participants.isEmpty()) {
      return;
    }
    for (Participant other : List.copyOf(conference.participants)) {
      conference.participants.remove(other);
      answer(reply, other.call(), false, new RoomAnswer.Over(sid));
      report(conference, ConferenceEvent.LEAVE, "participant-leave", other, null, now, reply);
    }
    conferences.remove(conference.name);
    report(
        conference,
        ConferenceEvent.END,
        "conference-end",
        leaver,
        ends ? "participant-with-end-conference-on-exit-left" : "last-participant-left",
        now,
        reply);
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
            new Callback.ConferenceStatus(
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

  // Queues

  private Queue queue(String name, int maxSize) {
    return queues.computeIfAbsent(
        name, n -> new Queue(sids.apply(SidKind.QUEUE), maxSize == 0 ? DEFAULT_SIZE : maxSize));
  }

  /** docs/voice/twiml/enqueue, "maxQueueSize". */
  private static final int DEFAULT_SIZE = 100;

  private void enqueue(Sid call, RoomQuestion.Enqueue enqueue, Instant now, Reply reply) {
    Queue queue = queue(enqueue.queue(), enqueue.maxSize());
    if (queue.members.size() >= Math.min(queue.maxSize, enqueue.maxSize())) {
      answer(reply, call, true, new RoomAnswer.QueueFull(queue.sid));
      return;
    }
    Member member = new Member(call, now);
    Taker taker = queue.takers.pollFirst();
    if (taker != null) {
      answer(
          reply,
          call,
          true,
          new RoomAnswer.InLine(queue.place(queue.members.size() + 1, now, now)));
      meet(queue, member, taker, now, reply);
      return;
    }
    queue.members.addLast(member);
    answer(reply, call, true, new RoomAnswer.InLine(queue.place(queue.members.size(), now, now)));
  }

  private void howLong(Sid call, Sid sid, Instant now, Reply reply) {
    for (Queue queue : queues.values()) {
      int position = 0;
      for (Member member : queue.members) {
        position++;
        if (queue.sid.equals(sid) && member.call().equals(call)) {
          answer(
              reply, call, true, new RoomAnswer.InLine(queue.place(position, member.since(), now)));
        }
      }
    }
  }

  private void leaveQueue(Sid call, Sid sid, Instant now) {
    for (Queue queue : queues.values()) {
      if (queue.sid.equals(sid)) {
        queue.members.removeIf(member -> {
          boolean leaves = member.call().equals(call);
          if (leaves) {
            queue.leaves(member, now);
          }
          return leaves;
        });
      }
    }
  }

  private void takeOut(Sid call, RoomQuestion.TakeOut take, Instant now, Reply reply) {
    Queue queue = queue(take.queue(), 0);
    Taker taker = new Taker(call, take.screen());
    Member member = queue.members.pollFirst();
    if (member == null) {
      queue.takers.addLast(taker);
      answer(reply, call, true, new RoomAnswer.NobodyWaits());
    } else {
      meet(queue, member, taker, now, reply);
    }
  }

  private void meet(Queue queue, Member member, Taker taker, Instant now, Reply reply) {
    queue.leaves(member, now);
    QueuePlace place = queue.place(1, member.since(), now);
    bridges.put(member.call(), new Bridge(taker.call(), queue.sid, place.seconds()));
    bridges.put(taker.call(), new Bridge(member.call(), queue.sid, place.seconds()));
    answer(reply, taker.call(), false, new RoomAnswer.SomebodyWaits(place, member.call()));
    answer(
        reply, member.call(), false, new RoomAnswer.TakenOut(place, taker.call(), taker.screen()));
  }

  private void bridge(Sid member, Reply reply) {
    Bridge bridge = bridges.get(member);
    if (bridge != null) {
      Sid taker = bridge.other();
      answer(
          reply,
          taker,
          false,
          new RoomAnswer.Bridged(bridge.queue(), member, bridge.queuedSeconds()));
      answer(
          reply,
          member,
          false,
          new RoomAnswer.Bridged(bridge.queue(), taker, bridge.queuedSeconds()));
    }
  }

  private void part(Sid call, Reply reply) {
    Bridge bridge = bridges.remove(call);
    if (bridge != null) {
      bridges.remove(bridge.other());
      answer(reply, bridge.other(), false, new RoomAnswer.Parted(call));
    }
  }

  private static void answer(Reply reply, Sid call, boolean asked, RoomAnswer answer) {
    reply.answers().add(new ToCall(call, asked, answer));
  }

  /** A call is over or was dropped: it is nowhere any more. */
  Reply gone(Sid call, Instant now) {
    Reply reply = Reply.none();
    for (Conference conference : List.copyOf(conferences.values())) {
      leaveConference(call, conference.sid, now, reply);
    }
    for (Queue queue : queues.values()) {
      leaveQueue(call, queue.sid, now);
      queue.takers.removeIf(t -> t.call().equals(call));
    }
    part(call, reply);
    return reply;
  }
}
