package dev.ringback.voice;

import dev.ringback.twiml.TwilioError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a request ended. */
public sealed interface Landing {

  /** What is wrong with it as the answer to a notice, a clause; null: nothing. */
  default @Nullable String problem() {
    return switch (this) {
      case Answered answered when answered.status() < 400 -> null;
      case Answered answered -> "answered HTTP " + answered.status();
      case Failed failed -> failed.cause();
    };
  }

  /**
   * The endpoint answered.
   *
   * @param contentType the header as sent; null: there was none
   * @param body at most a little over 64 kB, more is cut off; empty for an audio file
   * @param headers that decide what comes next: redirects, cookies, challenges, caching; names in
   *     lower case. A call does not see them
   * @param plays how long the audio file in the body lasts; null: it is none, or cannot be read
   */
  record Answered(
      int status,
      @Nullable String contentType,
      String body,
      List<Header> headers,
      @Nullable Duration plays)
      implements Landing {
    /** An answer without a header that matters. */
    public Answered(int status, @Nullable String contentType, String body) {
      this(status, contentType, body, List.of(), null);
    }

    /** The first header of that name, in lower case; null: there is none. */
    public @Nullable String header(String name) {
      return headers.stream()
          .filter(h -> h.name().equals(name))
          .map(Header::value)
          .findFirst()
          .orElse(null);
    }

    /** What the call sees of it: whether an empty body was chunked still matters. */
    public Answered withoutHeaders() {
      List<Header> kept =
          body.isEmpty()
              ? headers.stream().filter(h -> h.name().equals("transfer-encoding")).toList()
              : List.of();
      return kept.equals(headers) ? this : new Answered(status, contentType, body, kept, plays);
    }

    public boolean successful() {
      return status >= 200 && status < 300;
    }
  }

  /** A header of an answer. */
  record Header(String name, String value) {}

  /**
   * No answer came.
   *
   * @param error Twilio's word for it
   * @param cause what happened, in a clause
   * @param retryable whether the connection was not made, so that nothing can have been done
   * @param took how long Twilio would have waited before it gave up, such as 15 s for an answer
   */
  record Failed(TwilioError error, String cause, boolean retryable, Duration took)
      implements Landing {}
}
