package dev.ringback.callback;

import dev.ringback.call.Landing;
import java.time.Duration;
import java.util.Optional;

/**
 * The tries of one request: a connection that was not made is tried once more, at once and with the
 * same idempotency token (docs/usage/webhooks/webhooks-connection-overrides, defaults {@code rc=1},
 * {@code rp=ct}).
 *
 * @param attempt from 1
 * @param spent the world's time that the tries before this one took
 */
public record Delivery(WebRequest request, int attempt, Duration spent) {
  /** The first try and one more. */
  static final int MAX_ATTEMPTS = 2;

  public static Delivery first(WebRequest request) {
    return new Delivery(request, 1, Duration.ZERO);
  }

  /** The next try after this one ended like that; empty: it stands. */
  public Optional<Delivery> after(Landing landing) {
    return landing instanceof Landing.Failed failed && failed.retryable() && attempt < MAX_ATTEMPTS
        ? Optional.of(new Delivery(request, attempt + 1, spent.plus(failed.took())))
        : Optional.empty();
  }
}
