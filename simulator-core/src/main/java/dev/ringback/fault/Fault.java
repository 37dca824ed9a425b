package dev.ringback.fault;

import dev.ringback.voice.RecordingStatus;
import java.time.Duration;

/** What can go wrong at Twilio, on the way, or at a carrier. */
public sealed interface Fault {

  /** Trouble with a request. */
  sealed interface OfRequest extends Fault {}

  /** Trouble that what a call waits for can have, too: TwiML, and files to play. */
  sealed interface OfAnyRequest extends OfRequest {}

  /**
   * It leaves late; what comes after it does not wait.
   *
   * @param by how late
   */
  record Slow(Duration by) implements OfAnyRequest {}

  /** It leaves, and is lost on the way. */
  record Dropped() implements OfAnyRequest {}

  /** It arrives twice, with the same idempotency token. */
  record Duplicated() implements OfRequest {}

  /** The one after it arrives before it. */
  record Reordered() implements OfRequest {}

  /** Twilio fails to send it (32502 for a session's status callback). */
  record NeverSent() implements OfRequest {}

  /**
   * The clock behind its {@code Timestamp} is wrong.
   *
   * @param by negative: it is slow
   */
  record ClockSkew(Duration by) implements OfRequest {}

  /** Its {@code X-Twilio-Signature} is not Twilio's, as if somebody else had sent it. */
  record WrongSignature() implements OfAnyRequest {}

  /**
   * A recording has no file.
   *
   * @param status {@code failed} or {@code absent}
   */
  record RecordingLost(RecordingStatus status) implements Fault {}

  /** A session cannot create its conversation: {@code failed-create-conversation}. */
  record NoConversation() implements Fault {}

  /** A session fails within Twilio: {@code internal-error}. */
  record InternalError() implements Fault {}

  /** The carrier finds no way to a called party: {@code DialCallStatus=failed}. */
  record CarrierFailure() implements Fault {}
}
