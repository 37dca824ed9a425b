package dev.ringback.journal;

import dev.ringback.call.CallInput;
import dev.ringback.callback.Form;
import dev.ringback.callback.Param;
import dev.ringback.voice.Landing;
import org.jspecify.annotations.Nullable;

/**
 * Roughly how many bytes of memory things hold that apps and callers can make large. What is kept
 * of the past is bounded by this, so that a world of large documents takes no more than one of
 * small ones.
 */
public final class Footprint {
  /** Of an object with a few fields. */
  public static final int OBJECT = 160;

  private static final int TEXT = 40;

  private Footprint() {}

  /** An entry with what was sent or answered by it. */
  public static long of(JournalEntry entry) {
    Fact fact = entry.fact();
    if (fact instanceof Fact.Requested requested) {
      return OBJECT + of(requested.url()) + of(requested.form());
    }
    if (fact instanceof Fact.Took(CallInput.Landed landed)) {
      return OBJECT + of(landed.landing());
    }
    if (fact instanceof Fact.Concluded concluded) {
      return OBJECT + of(concluded.landing());
    }
    if (fact instanceof Fact.Resent resent) {
      return OBJECT + of(resent.landing());
    }
    if (fact instanceof Fact.Alerted alerted) {
      return OBJECT + of(alerted.alert().message());
    }
    return OBJECT + TEXT;
  }

  /** Names are shared by all forms. */
  public static long of(Form form) {
    long bytes = OBJECT;
    for (Param param : form.params()) {
      bytes += TEXT + of(param.value());
    }
    return bytes;
  }

  public static long of(@Nullable Landing landing) {
    if (!(landing instanceof Landing.Answered answered)) {
      return OBJECT;
    }
    long bytes = OBJECT + of(answered.body());
    for (Landing.Header header : answered.headers()) {
      bytes += TEXT + of(header.value());
    }
    return bytes;
  }

  public static long of(@Nullable String text) {
    return text == null ? 0 : TEXT + text.length();
  }
}
