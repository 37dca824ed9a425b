package dev.ringback.voice;

import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import dev.ringback.voice.SessionOutcome.RecordingFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a Dial tells its action URL (docs/voice/twiml/dial, "action").
 *
 * @param leg the one that was answered, or the last one that was tried; null: none was made
 * @param seconds null when the leg was not answered
 * @param bridged whether the two were connected; null for queues and conferences
 * @param recording null when nothing was recorded
 * @param queue what a queue adds; null: it was none
 * @param sipCallId of a SIP leg; null: it was none
 * @param sipResponseCode of a SIP leg; null: it was none
 */
@WireData
public record DialOutcome(
    DialCallStatus status,
    @Nullable Sid leg,
    @Nullable Long seconds,
    @Nullable Boolean bridged,
    @Nullable RecordingFacts recording,
    AppRequest.Extra.@Nullable Queued queue,
    @Nullable String sipCallId,
    @Nullable Integer sipResponseCode) {

  /** Of a Dial that has nothing to tell but its status. */
  public static DialOutcome of(DialCallStatus status) {
    return new DialOutcome(status, null, null, null, null, null, null, null);
  }
}
