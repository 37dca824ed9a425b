package dev.ringback.twiml;

import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a {@code <Connect>} connects to. */
public sealed interface Noun {

  /**
   * {@code <Conversation>}: its attributes in the order of the page's table, and {@code method},
   * which the official libraries have.
   *
   * @param serviceInstanceSid required
   * @param inboundAutocreation default true
   * @param routingAssignmentTimeout how long to wait for a worker, default 5 s
   * @param inboundTimeout how long the worker's phone rings, default 60 s
   * @param recording {@code record}, default {@link RecordMode#DO_NOT_RECORD}, with {@code trim},
   *     default {@link Trim#DO_NOT_TRIM}, and {@code recordingStatusCallback}, an absolute URL,
   *     told of {@code completed absent} by default
   * @param statusCallback a relative or absolute URL, told of {@code call-completed} by default
   * @param url a relative or absolute URL whose document the called party hears first
   * @param method of the request to {@code url}, default POST
   */
  @WireData
  record Conversation(
      Sid serviceInstanceSid,
      boolean inboundAutocreation,
      Duration routingAssignmentTimeout,
      Duration inboundTimeout,
      Verb.RecordingOptions recording,
      Hook<SessionEvent> statusCallback,
      @Nullable String url,
      HttpMethod method)
      implements Noun {}

  /** {@code <Connect><Stream>}: blocks until the call ends. */
  record Stream(Background.Stream stream) implements Noun {}

  /** A {@code <Conversation>} that cannot be executed; the session ends with 32501. */
  record InvalidConversation(Finding problem) implements Noun {}
}
