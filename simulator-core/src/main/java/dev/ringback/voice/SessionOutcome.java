package dev.ringback.voice;

import dev.ringback.id.Sid;
import org.jspecify.annotations.Nullable;

/**
 * What a session tells the action URL, in the order of the page's list of properties.
 *
 * @param dialCallStatus null when no leg was dialled
 * @param dialCallSid null when no leg was dialled
 * @param dialCallDuration seconds; null when the leg was not answered
 * @param recording null when the {@code record} attribute made none
 */
public record SessionOutcome(
    Result result,
    boolean workerInitiated,
    @Nullable DialCallStatus dialCallStatus,
    @Nullable Sid dialCallSid,
    @Nullable Long dialCallDuration,
    @Nullable RecordingFacts recording) {

  /** Of a session that dialled nobody. */
  public static SessionOutcome undialled(Result result, boolean workerInitiated) {
    return new SessionOutcome(result, workerInitiated, null, null, null, null);
  }

  /**
   * What an action request says of a recording.
   *
   * @param seconds the length of the file
   */
  public record RecordingFacts(Sid sid, long seconds) {}
}
