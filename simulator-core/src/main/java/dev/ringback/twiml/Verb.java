package dev.ringback.twiml;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A verb of a document, in the order of Twilio's list of voice verbs. URLs are as written. */
public sealed interface Verb {

  /** The element's name, as Twilio spells it. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * {@code <Say>} (docs/voice/twiml/say).
   *
   * @param text what is spoken, markup of SSML removed
   * @param voice default {@code man}
   * @param language BCP 47, default {@code en-US}
   * @param loop how often, default 1; 0 means until the call ends, at most 1000 times
   */
  record Say(String text, String voice, String language, int loop) implements Prompt {}

  /**
   * {@code <Play>} (docs/voice/twiml/play).
   *
   * @param url of the file, as written; empty when {@code digits} are played
   * @param loop how often, default 1; 0 means until the call ends, at most 1000 times
   * @param digits DTMF to play instead of a file; {@code w} waits half a second, {@code W} one
   */
  record Play(String url, int loop, @Nullable String digits) implements Prompt {}

  /**
   * {@code <Pause>} (docs/voice/twiml/pause).
   *
   * @param length default one second
   */
  record Pause(Duration length) implements Prompt {}

  /** What may stand inside a {@code <Gather>}. */
  sealed interface Prompt extends Verb permits Say, Play, Pause {}

  /**
   * {@code <Gather>} (docs/voice/twiml/gather), as far as keys go.
   *
   * @param action default: the current document
   * @param method default POST
   * @param timeout after the last prompt or key, default 5 s
   * @param finishOnKey ends the input, default {@code #}; empty: no key does
   * @param numDigits how many keys end the input; null: any number
   * @param actionOnEmptyResult whether the action is requested without input, default false
   */
  record Gather(
      @Nullable String action,
      HttpMethod method,
      Duration timeout,
      String finishOnKey,
      @Nullable Integer numDigits,
      boolean actionOnEmptyResult,
      List<Prompt> prompts)
      implements Verb {}

  /**
   * {@code <Record>} (docs/voice/twiml/record).
   *
   * @param action default: the current document
   * @param method default POST
   * @param timeout silence that ends the recording, default 5 s; zero: silence never does
   * @param finishOnKey keys that end it, default all of {@code 1234567890*#}; empty: none
   * @param maxLength default 3600 s
   * @param playBeep default true
   * @param trim default {@link Trim#TRIM_SILENCE}
   * @param recordingStatusCallback where its events go
   * @param recordingStatusCallbackMethod default POST
   * @param recordingStatusCallbackEvents default {@code completed}
   */
  record Record(
      @Nullable String action,
      HttpMethod method,
      Duration timeout,
      String finishOnKey,
      Duration maxLength,
      boolean playBeep,
      Trim trim,
      @Nullable String recordingStatusCallback,
      HttpMethod recordingStatusCallbackMethod,
      Set<RecordingEvent> recordingStatusCallbackEvents)
      implements Verb {}

  /**
   * {@code <Redirect>} (docs/voice/twiml/redirect).
   *
   * @param method default POST
   */
  record Redirect(String url, HttpMethod method) implements Verb {}

  /**
   * {@code <Reject>} (docs/voice/twiml/reject).
   *
   * @param busy whether the reason is {@code busy}; default false: {@code rejected}
   */
  record Reject(boolean busy) implements Verb {}

  /** A verb of Twilio's that Ringback does not run yet; the reader has said so. */
  record NotEmulated(String element) implements Verb {
    @Override
    public String name() {
      return element;
    }
  }

  /** {@code <Hangup>} (docs/voice/twiml/hangup). */
  record Hangup() implements Verb {}

  /**
   * {@code <Connect>} (docs/voice/twiml/connect) around a {@code <Conversation>}.
   *
   * @param action null: the attribute is not there; the page then speaks of the current document
   * @param method default POST
   */
  record Connect(@Nullable String action, HttpMethod method, Noun noun) implements Verb {}
}
