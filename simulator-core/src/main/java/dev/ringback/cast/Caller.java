package dev.ringback.cast;

import java.time.Duration;

/**
 * How the party that calls behaves.
 *
 * @param speaks for so long after the beep of a Record
 * @param hangsUp whether it hangs up then; otherwise it stays and is silent
 */
public record Caller(Duration speaks, boolean hangsUp) {
  /** Without any directions a caller speaks 5 s into a Record and stays. */
  public static final Caller DEFAULT = new Caller(Duration.ofSeconds(5), false);
}
