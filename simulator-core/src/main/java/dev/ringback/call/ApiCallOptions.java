package dev.ringback.call;

import dev.ringback.id.WireData;
import dev.ringback.twiml.CallProgressEvent;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Target;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call of the REST API is to do (docs/voice/api/call-resource, "create a Call"). Its URLs
 * are those of its line.
 *
 * @param twiml instead of a request for the first document; null: it is requested
 * @param timeout how long it rings, default 60 s
 * @param timeLimit how long it may last; null: without end
 * @param sendDigits keys that are played to the party that answers; null: none
 * @param recording what is recorded
 * @param events told to the line's status callback, default {@code completed}
 * @param detection of answering machines; null: none
 */
@WireData
public record ApiCallOptions(
    @Nullable String twiml,
    Duration timeout,
    @Nullable Duration timeLimit,
    @Nullable String sendDigits,
    Verb.RecordingOptions recording,
    Set<CallProgressEvent> events,
    @Nullable Detection detection) {

  /**
   * Answering machine detection; parties answer as humans.
   *
   * @param callback told in the background; null: the document waits for what is detected
   */
  public record Detection(@Nullable Target callback) {}
}
