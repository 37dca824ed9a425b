package dev.ringback.call;

import dev.ringback.twiml.TwilioError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a request ended. */
public sealed interface Landing {

  /**
   * The endpoint answered.
   *
   * @param contentType the header as sent; null: there was none
   * @param body at most a little over 64 kB, more is cut off
   */
  record Answered(int status, @Nullable String contentType, String body) implements Landing {
    public boolean successful() {
      return status >= 200 && status < 300;
    }
  }

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
