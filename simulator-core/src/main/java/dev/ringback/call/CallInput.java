package dev.ringback.call;

import dev.ringback.id.Sid;

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
   * The REST API ends a leg.
   *
   * @param cancel whether with {@code Status=canceled}, which takes only what is not yet answered;
   *     otherwise with {@code Status=completed}
   */
  record EndedByApi(Sid leg, boolean cancel) implements CallInput {}
}
