package dev.ringback.twiml;

import java.time.Duration;

/**
 * How long a pause ends speech: docs/voice/twiml/gather, {@code speechTimeout}.
 *
 * @param auto whether Twilio chooses: the first pause, taken as one of a second
 * @param length of the pause
 */
record SpeechTimeout(boolean auto, Duration length) {
  static final SpeechTimeout AUTO = new SpeechTimeout(true, Duration.ofSeconds(1));

  static SpeechTimeout ofSeconds(int seconds) {
    return new SpeechTimeout(false, Duration.ofSeconds(seconds));
  }
}
