package dev.ringback.cast;

import java.time.Duration;

/**
 * How the party that calls behaves.
 *
 * @param speaks for so long after the beep of a Record
 * @param hangsUp whether it hangs up then; otherwise it stays and is silent
 * @param says the words, for a transcription; empty: nothing that can be understood
 */
public record Caller(Duration speaks, boolean hangsUp, String says) {
  /** Without any directions a caller speaks 5 s into a Record and hangs up. */
  public static final Caller DEFAULT = new Caller(Duration.ofSeconds(5), true);

  public Caller(Duration speaks, boolean hangsUp) {
    this(speaks, hangsUp, "");
  }
}
