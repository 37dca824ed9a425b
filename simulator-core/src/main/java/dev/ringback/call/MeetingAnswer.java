package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.voice.Act;
import dev.ringback.voice.QueuePlace;
import dev.ringback.voice.Target;
import org.jspecify.annotations.Nullable;

/** What queues and conferences say, asked or not. */
public sealed interface MeetingAnswer extends DirectoryAnswer {

  /** Of a conference, to its participants. */
  sealed interface OfConference extends MeetingAnswer {}

  /** Of a queue, to a call that waits in it. */
  sealed interface ToWaiting extends MeetingAnswer {}

  /** Of a queue, to a call that takes another out. */
  sealed interface ToDequeuing extends MeetingAnswer {}

  /**
   * The call is in the conference.
   *
   * @param started whether it has begun
   * @param records whether the conference is recorded by this call, if it has begun
   */
  record Joined(Sid conference, boolean started, boolean records) implements OfConference {}

  /** The conference has as many participants as it may. */
  record ConferenceFull(Sid conference) implements OfConference {}

  /**
   * The conference begins.
   *
   * @param records whether it is recorded by this call
   */
  record Started(Sid conference, boolean records) implements OfConference {}

  /** The conference is over for everybody. */
  record Over(Sid conference) implements OfConference {}

  /** The call's place in the queue. */
  record InLine(QueuePlace place) implements ToWaiting {}

  record QueueFull(Sid queue) implements ToWaiting {}

  /** No call waits in the queue; the next that comes will be told of. */
  record QueueEmpty() implements ToDequeuing {}

  /**
   * The call is taken out of the queue.
   *
   * @param dequeuing the call that does so
   * @param screen the document to hear first; null: none
   */
  record TakenOut(QueuePlace place, Sid dequeuing, @Nullable Target screen) implements ToWaiting {}

  /**
   * A call waits in the queue, and is about to be connected.
   *
   * @param member the call that waited
   */
  record CallWaits(QueuePlace place, Sid member) implements ToDequeuing {}

  /** The call is connected with the other; both hear of it. */
  record Bridged(Sid queue, Sid other, long queuedSeconds) implements MeetingAnswer {}

  /** The party of a call in the same conference, or connected with this one, does that. */
  record Said(Act act) implements MeetingAnswer {}

  /** The other call has gone. */
  record Parted(Sid other) implements MeetingAnswer {}
}
