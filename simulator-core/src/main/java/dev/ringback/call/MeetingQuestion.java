package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.twiml.DialNoun;
import dev.ringback.voice.Act;
import dev.ringback.voice.Target;
import org.jspecify.annotations.Nullable;

/** What a call asks of the queues and conferences of its account. */
public sealed interface MeetingQuestion extends DirectoryQuestion {

  /**
   * To join a conference, which is made if there is none of that name.
   *
   * @param document the noun's URLs are relative to
   */
  record Join(DialNoun.Conference noun, Target document) implements MeetingQuestion {}

  /** A place in a queue, which is made if there is none of that name. */
  record Enqueue(String queue, int maxSize) implements MeetingQuestion {}

  /** How the place in the queue is by now. */
  record HowLong(Sid queue) implements MeetingQuestion {}

  /**
   * The call that waits longest in a queue, now or later.
   *
   * @param screen the document that one hears before the two are connected; null: none
   */
  record TakeOut(String queue, @Nullable Target screen) implements MeetingQuestion {}

  /** The call that was taken out has heard the document. */
  record Screened() implements MeetingQuestion {}

  /** Lets the others in a conference, or the one it is connected with, hear it. */
  record Say(Act act) implements MeetingQuestion {}

  /** Leaves wherever it is: a queue, a conference, a connection. There is no answer. */
  record Leave() implements MeetingQuestion {}
}
