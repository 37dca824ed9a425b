package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.twiml.Finding;
import dev.ringback.voice.DialOutcome;
import dev.ringback.voice.Leg;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.SessionOutcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened in a call, for those who read the journal. */
public sealed interface CallEvent {

  /** A document was read. */
  record DocumentRead(Sid leg, String url, List<String> verbs, List<Finding> findings)
      implements CallEvent {}

  /**
   * No document could be had; what Twilio does instead.
   *
   * @param fallback the URL it asks next; null: the caller hears an error message
   */
  record DocumentFailed(Sid leg, @Nullable String fallback) implements CallEvent {}

  /**
   * A verb begins.
   *
   * @param detail what it says, plays or waits for
   * @param lasts modelled; null when others decide
   */
  record VerbStarted(Sid leg, String verb, String detail, @Nullable Duration lasts)
      implements CallEvent {}

  /** A leg was made, rings, is answered or has ended. */
  record LegChanged(Leg leg) implements CallEvent {}

  /** A session begins. */
  record SessionStarted(Sid service, boolean workerInitiated) implements CallEvent {}

  /** The session knows its conversation. */
  record ConversationChosen(Sid conversation, boolean created, @Nullable String worker)
      implements CallEvent {}

  /** A worker joined the conversation that was waiting for one. */
  record WorkerAssigned(Sid conversation, String worker) implements CallEvent {}

  /** The two parties can talk. */
  record Connected(Sid parent, Sid child) implements CallEvent {}

  /**
   * A Dial is over.
   *
   * @param why a sentence
   */
  record DialEnded(DialOutcome outcome, String why) implements CallEvent {}

  /** The call joined or left a queue or conference, or heard something of it. */
  record MeetingChanged(Sid leg, Sid room, String what) implements CallEvent {}

  /** A media stream started or stopped. */
  record StreamChanged(Sid leg, Sid stream, boolean running) implements CallEvent {}

  /**
   * The session is over.
   *
   * @param why a sentence
   */
  record SessionEnded(SessionOutcome outcome, String why) implements CallEvent {}

  /** A recording started, stopped or is there. */
  record RecordingChanged(Sid recording, RecordingStatus status, int channels, long seconds)
      implements CallEvent {}

  /**
   * The call is over.
   *
   * @param why a sentence
   */
  record CallEnded(Leg leg, String why) implements CallEvent {}
}
