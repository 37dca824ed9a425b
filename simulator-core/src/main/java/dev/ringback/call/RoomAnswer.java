package dev.ringback.call;

import dev.ringback.id.Sid;
import org.jspecify.annotations.Nullable;

/** What queues and conferences say, asked or not. */
public sealed interface RoomAnswer extends DirectoryAnswer {

  /**
   * The call is in the conference.
   *
   * @param started whether it has begun
   * @param records whether the conference is recorded by this call, if it has begun
   */
  record Joined(Sid conference, boolean started, boolean records) implements RoomAnswer {}

  /** The conference has as many participants as it may. */
  record ConferenceFull(Sid conference) implements RoomAnswer {}

  /**
   * The conference begins.
   *
   * @param records whether it is recorded by this call
   */
  record Started(Sid conference, boolean records) implements RoomAnswer {}

  /** The conference is over for everybody. */
  record Over(Sid conference) implements RoomAnswer {}

  /** The call's place in the queue. */
  record InLine(QueuePlace place) implements RoomAnswer {}

  record QueueFull(Sid queue) implements RoomAnswer {}

  /** Nobody waits in the queue; whoever comes next will be told of. */
  record NobodyWaits() implements RoomAnswer {}

  /**
   * The call is taken out of the queue.
   *
   * @param dequeuing the call that does so
   * @param screen the document to hear first; null: none
   */
  record TakenOut(QueuePlace place, Sid dequeuing, @Nullable Target screen) implements RoomAnswer {}

  /**
   * Somebody waits in the queue, and is about to be connected.
   *
   * @param member the call that waited
   */
  record SomebodyWaits(QueuePlace place, Sid member) implements RoomAnswer {}

  /** The call is connected with the other; both hear of it. */
  record Bridged(Sid queue, Sid other, long queuedSeconds) implements RoomAnswer {}

  /** Somebody who is in the same conference, or connected with the call, does that. */
  record Said(Act act) implements RoomAnswer {}

  /** The other call has gone. */
  record Parted(Sid other) implements RoomAnswer {}
}
