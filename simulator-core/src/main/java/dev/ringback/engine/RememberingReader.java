package dev.ringback.engine;

import dev.ringback.journal.Footprint;
import dev.ringback.twiml.Reading;
import dev.ringback.twiml.TwimlReader;
import dev.ringback.twiml.WrongAttribute;
import java.util.function.Function;

/** Reads TwiML, and remembers the last documents: apps answer with the same few again and again. */
final class RememberingReader implements Function<String, Reading> {
  /** Bytes: a document takes some ten times its text. */
  private static final long CAPACITY = 16L * 1024 * 1024;

  private static final int READ = 10;

  private final WrongAttribute wrongAttribute;
  private final RecentlyUsed<Reading> readings =
      new RecentlyUsed<>(CAPACITY, kept -> READ * Footprint.of(kept.getKey()));

  /**
   * @param wrongAttribute what becomes of a blemish of a session's attribute
   */
  RememberingReader(WrongAttribute wrongAttribute) {
    this.wrongAttribute = wrongAttribute;
  }

  @Override
  public Reading apply(String text) {
    return readings.get(text, t -> TwimlReader.read(t, wrongAttribute));
  }
}
