package dev.ringback.meeting;

import dev.ringback.call.MeetingAnswer;
import dev.ringback.call.MeetingQuestion;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.snapshot.SerializableFunction;
import dev.ringback.voice.QueuePlace;
import dev.ringback.voice.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queues of an account: calls wait in them, others take out the one that waits longest, and the
 * two are connected (docs/voice/twiml/enqueue, queue).
 */
final class Queues {
  /** docs/voice/twiml/enqueue, "maxQueueSize". */
  private static final int DEFAULT_SIZE = 100;

  /** Beyond this number, queues that are empty are forgotten, the oldest first. */
  private static final int MAX_QUEUES = 1_000;

  private final SerializableFunction<SidKind, Sid> sids;
  private final Map<String, Queue> queues = new LinkedHashMap<>();

  /** By call, the one it is or will be connected with, and the queue that brought them together. */
  private final Map<Sid, Bridge> bridges = new LinkedHashMap<>();

  /**
   * @param sids makes identifiers
   */
  Queues(SerializableFunction<SidKind, Sid> sids) {
    this.sids = sids;
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

  void enqueue(
      Sid call, int number, MeetingQuestion.Enqueue enqueue, Instant now, MeetingReply reply) {
    boolean isNew = !queues.containsKey(enqueue.queue());
    Queue queue = queue(enqueue.queue(), now);
    if (isNew || enqueue.maxSize() != DEFAULT_SIZE) {
      queue.maxSize = enqueue.maxSize(); // the default does not undo what the API has set
    }
    if (queue.members.size() >= queue.maxSize) {
      reply.answer(call, number, new MeetingAnswer.QueueFull(queue.sid));
      return;
    }
    Member member = new Member(call, now);
    queue.members.addLast(member);
    reply.answer(
        call, number, new MeetingAnswer.InLine(queue.place(queue.members.size(), now, now)));
    Taker taker = queue.takers.pollFirst();
    if (taker != null) {
      takeOut(enqueue.queue(), taker, now, reply);
    }
  }

  void howLong(Sid call, int number, Sid sid, Instant now, MeetingReply reply) {
    for (Queue queue : queues.values()) {
      int position = 0;
      for (Member member : queue.members) {
        position++;
        if (queue.sid.equals(sid) && member.call().equals(call)) {
          reply.answer(
              call, number, new MeetingAnswer.InLine(queue.place(position, member.since(), now)));
        }
      }
    }
  }

  /** Takes out the call that waits longest, now or when one comes. */
  void takeOut(
      Sid call, int number, MeetingQuestion.TakeOut take, Instant now, MeetingReply reply) {
    takeOut(take.queue(), new Taker(call, number, take.screen()), now, reply);
  }

  private void takeOut(String name, Taker taker, Instant now, MeetingReply reply) {
    Queue queue = queue(name, now);
    Member member = queue.members.pollFirst();
    if (member == null) {
      queue.takers.addLast(taker);
      reply.answer(taker.call(), taker.question(), new MeetingAnswer.QueueEmpty());
      return;
    }
    queue.leaves(member, now);
    QueuePlace place = queue.place(1, member.since(), now);
    long seconds = place.seconds();
    bridges.put(member.call(), new Bridge(taker.call(), name, seconds, taker, false));
    bridges.put(taker.call(), new Bridge(member.call(), name, seconds, null, false));
    reply.answer(taker.call(), taker.question(), new MeetingAnswer.CallWaits(place, member.call()));
    reply.tell(member.call(), new MeetingAnswer.TakenOut(place, taker.call(), taker.screen()));
  }

  void bridge(Sid member, Instant now, MeetingReply reply) {
    Bridge bridge = bridges.get(member);
    if (bridge == null || bridge.connected() || bridge.taker() == null) {
      return;
    }
    Sid taker = bridge.other();
    Sid queue = queue(bridge.queue(), now).sid;
    long seconds = bridge.queuedSeconds();
    bridges.put(member, new Bridge(taker, bridge.queue(), seconds, bridge.taker(), true));
    reply.tell(taker, new MeetingAnswer.Bridged(queue, member, seconds));
    reply.tell(member, new MeetingAnswer.Bridged(queue, taker, seconds));
  }

  /** The party that the call is connected with hears what its own does. */
  void say(Sid call, MeetingQuestion.Say say, MeetingReply reply) {
    Bridge bridge = bridges.get(call);
    if (bridge != null) {
      reply.tell(bridge.other(), new MeetingAnswer.Said(say.act()));
    }
  }

  // Leaving

  /** A call leaves the queue it waits in, takes nobody out any more, and parts from the other. */
  void leave(Sid call, Instant now, MeetingReply reply) {
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

  private void part(Sid call, Instant now, MeetingReply reply) {
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
      takeOut(bridge.queue(), taker, now, reply); // the call that waits next
    } else {
      reply.tell(other, new MeetingAnswer.Parted(call));
    }
  }

  // What the REST API sees and does

  /** The newest last. */
  List<QueueView> all() {
    List<QueueView> views = new ArrayList<>();
    queues.forEach((name, queue) -> views.add(queue.view(name)));
    return views;
  }

  /** Makes a queue, or changes one. */
  QueueView configure(@Nullable Sid sid, String name, int maxSize, Instant now) {
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
  void remove(Sid sid) {
    queues.values().removeIf(queue -> queue.sid.equals(sid) && queue.isEmpty());
  }

  /** Whether no call waits in the queue, or for one that will. */
  boolean isEmpty(Sid sid) {
    return queues.values().stream().noneMatch(q -> q.sid.equals(sid) && !q.isEmpty());
  }
}
