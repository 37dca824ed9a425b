package dev.ringback.engine;

import dev.ringback.twiml.Reading;
import dev.ringback.twiml.TwimlReader;
import dev.ringback.twiml.WrongAttribute;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Reads TwiML, and remembers the last documents: apps answer with the same few again and again. */
final class RememberingReader implements Function<String, Reading> {
  private static final int CAPACITY = 256;

  private final WrongAttribute wrongAttribute;
  private final Map<String, Reading> readings =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reading> eldest) {
          return size() > CAPACITY;
        }
      };

  /**
   * @param wrongAttribute what becomes of a blemish of a session's attribute
   */
  RememberingReader(WrongAttribute wrongAttribute) {
    this.wrongAttribute = wrongAttribute;
  }

  @Override
  public Reading apply(String text) {
    return readings.computeIfAbsent(text, t -> TwimlReader.read(t, wrongAttribute));
  }
}
