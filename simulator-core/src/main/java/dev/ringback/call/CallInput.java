package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Act;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Leg;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Everything that can happen to a call. */
public sealed interface CallInput {

  /** The call comes in. */
  record Arrived() implements CallInput {}

  /** A request of the call's has ended. */
  record Landed(ExchangeId exchange, RequestKind kind, Target target, Landing landing)
      implements CallInput {}

  /** A timer of that leg's has run out. */
  record Woke(Sid leg, Alarm alarm) implements CallInput {}

  /**
   * The directory answers.
   *
   * @param question the number of the question, as asked
   */
  record Told(int question, DirectoryAnswer answer) implements CallInput {}

  /** Ordered trouble: the file of a recording is lost. */
  record RecordingLost(Sid recording, RecordingStatus status) implements CallInput {}

  /** A person, or a carrier, does something on one of the legs. */
  record Acted(Sid leg, Act act) implements CallInput {}

  /**
   * The REST API gives the call another document, whatever it is doing.
   *
   * @param to null: the document comes with it
   * @param twiml null: the document is at {@code to}
   */
  record Redirected(Sid leg, @Nullable Target to, @Nullable String twiml) implements CallInput {}

  /** The REST API changes what is given; null: as before. */
  record Adjusted(
      Sid leg,
      @Nullable Target fallback,
      @Nullable Target statusCallback,
      @Nullable Duration timeLimit)
      implements CallInput {}

  /** The REST API begins to record the call. */
  record RecordingStarted(Sid leg, Verb.RecordingOptions order) implements CallInput {}

  /**
   * The REST API pauses, resumes or stops a recording.
   *
   * @param skips whether the pause is cut out; otherwise it is silent
   */
  record RecordingChanged(Sid recording, RecordingCommand command, boolean skips)
      implements CallInput {}

  /** What can be done with a recording that runs. */
  enum RecordingCommand {
    PAUSE,
    RESUME,
    STOP
  }

  /** The REST API deletes a recording. */
  record RecordingDeleted(Sid recording) implements CallInput {}

  /**
   * The REST API ends a leg.
   *
   * @param cancel whether with {@code Status=canceled}, which takes only what is not yet answered;
   *     otherwise with {@code Status=completed}
   */
  record EndedByApi(Sid leg, boolean cancel) implements CallInput {}

  // What verbs ask of an input

  /** What the party on that leg does; null: this is something else. */
  default @Nullable Act actOf(Sid leg) {
    return this instanceof Acted acted && acted.leg().equals(leg) ? acted.act() : null;
  }

  /** The keys pressed on that leg; empty: none. */
  default String keysFrom(Leg leg) {
    return actOf(leg.sid()) instanceof Act.Press press ? press.digits() : "";
  }

  /** Whether this is that timer of the leg's. */
  default boolean wakes(Leg leg, Alarm alarm) {
    return this instanceof Woke woke && woke.leg().equals(leg.sid()) && woke.alarm().equals(alarm);
  }

  /** Whether this takes the party of that leg off the line. */
  default boolean leaves(Leg leg) {
    return actOf(leg.sid()) instanceof Act.HangUp
        || (this instanceof EndedByApi ended
            && ended.leg().equals(leg.sid())
            && (!ended.cancel() || !leg.answered()));
  }

  /** The status of the leg whose party this took off the line. */
  default CallStatus statusOfLeft(Leg leg) {
    boolean completed = leg.answered() || (this instanceof EndedByApi ended && !ended.cancel());
    return completed ? CallStatus.COMPLETED : CallStatus.CANCELED;
  }

  /** Why the call's own party is off the line. */
  default String whyLeft() {
    return this instanceof EndedByApi ? "the API ended the call" : "the caller hung up";
  }

  /** Whether this is for a call within another, that of a called leg. */
  default boolean concerns(Sid leg) {
    return switch (this) {
      case Arrived arrived -> true;
      case Landed landed -> landed.exchange().leg().equals(leg);
      case Woke woke -> woke.leg().equals(leg);
      case Acted acted -> acted.leg().equals(leg);
      case EndedByApi ended -> ended.leg().equals(leg);
      case Told told -> false;
      case RecordingLost lost -> false;
      case Redirected redirected -> redirected.leg().equals(leg);
      case Adjusted adjusted -> adjusted.leg().equals(leg);
      case RecordingStarted ordered -> ordered.leg().equals(leg);
      case RecordingChanged changed -> false;
      case RecordingDeleted deleted -> false;
    };
  }
}
