package dev.ringback.twiml;

import dev.ringback.id.WireData;
import java.time.Duration;
import java.util.List;
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
   * @param breaks the pauses of SSML's {@code <break>} in it, all together
   */
  record Say(String text, String voice, String language, int loop, Duration breaks)
      implements Prompt {
    /** Plain words in the default voice. */
    public Say(String text) {
      this(text, "man", "en-US", 1, Duration.ZERO);
    }
  }

  /**
   * {@code <Play>} (docs/voice/twiml/play).
   *
   * @param url of the file, as written; empty when {@code digits} are played
   * @param loop how often, default 1; 0 means until the call ends, at most 1000 times
   * @param digits DTMF to play instead of a file; {@code w} waits half a second, {@code W} one
   * @param length of the file where it is known already; null: the file is fetched
   */
  record Play(String url, int loop, @Nullable String digits, @Nullable Duration length)
      implements Prompt {}

  /**
   * {@code <Pause>} (docs/voice/twiml/pause).
   *
   * @param length default one second
   */
  record Pause(Duration length) implements Prompt {}

  /** What may stand inside a {@code <Gather>}. */
  sealed interface Prompt extends Verb permits Say, Play, Pause {}

  /**
   * {@code <Gather>} (docs/voice/twiml/gather).
   *
   * @param action default: the current document
   * @param method default POST
   * @param keys whether keys are taken, default true
   * @param speech null: speech is not taken, as is the default
   * @param timeout after the last prompt or key, default 5 s
   * @param finishOnKey ends the input, default {@code #}; empty: no key does
   * @param numDigits how many keys end the input; null: any number
   * @param actionOnEmptyResult whether the action is requested without input, default false
   */
  @WireData
  record Gather(
      @Nullable String action,
      HttpMethod method,
      boolean keys,
      @Nullable Speech speech,
      Duration timeout,
      String finishOnKey,
      @Nullable Integer numDigits,
      boolean actionOnEmptyResult,
      List<Prompt> prompts)
      implements Verb {}

  /**
   * What a {@code <Gather>} with {@code input="speech"} says of it.
   *
   * @param timeout silence after which the speech is over; default: the Gather's timeout, and a
   *     second for {@code auto}
   * @param longest {@code maxSpeechTime}, default 60 s
   * @param language default {@code en-US}
   * @param hints default none
   * @param profanityFilter default true
   * @param model default {@code default}
   * @param enhanced default false
   * @param partialResultCallback default none
   * @param partialResultCallbackMethod default POST
   * @param bargeIn whether speech stops the prompt, default true; otherwise it is not heard before
   *     the prompt's end
   */
  @WireData
  record Speech(
      Duration timeout,
      Duration longest,
      String language,
      String hints,
      boolean profanityFilter,
      String model,
      boolean enhanced,
      @Nullable String partialResultCallback,
      HttpMethod partialResultCallbackMethod,
      boolean bargeIn) {}

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
   * @param recordingStatusCallback of its events, default {@code completed}
   * @param transcribe default false
   * @param transcribeCallback null: nobody is told
   */
  @WireData
  record Record(
      @Nullable String action,
      HttpMethod method,
      Duration timeout,
      String finishOnKey,
      Duration maxLength,
      boolean playBeep,
      Trim trim,
      Hook<RecordingEvent> recordingStatusCallback,
      boolean transcribe,
      @Nullable String transcribeCallback)
      implements Verb {}

  /**
   * {@code <Dial>} (docs/voice/twiml/dial).
   *
   * @param action null: the next verb follows
   * @param method default POST
   * @param timeout how long the called parties' phones ring, default 30 s
   * @param timeLimit of the connected call, default 14400 s
   * @param callerId null: the caller's own
   * @param hangupOnStar whether the caller's {@code *} ends the dialled call, default false
   * @param answerOnBridge whether the caller hears the real ringing, and is answered with the
   *     called party; default false
   * @param ringTone default {@code automatic}
   * @param recording what is recorded
   * @param sequential whether parties are called one after the other, default false
   * @param nouns at least one
   */
  @WireData
  record Dial(
      @Nullable String action,
      HttpMethod method,
      Duration timeout,
      Duration timeLimit,
      @Nullable String callerId,
      boolean hangupOnStar,
      boolean answerOnBridge,
      String ringTone,
      RecordingOptions recording,
      boolean sequential,
      List<DialNoun> nouns)
      implements Verb {}

  /**
   * What a verb wants recorded.
   *
   * @param mode default {@link RecordMode#DO_NOT_RECORD}
   * @param trim default {@link Trim#DO_NOT_TRIM}
   * @param track default {@link RecordingTrack#BOTH}
   * @param callback of its events, default {@code completed}
   */
  record RecordingOptions(
      RecordMode mode, Trim trim, RecordingTrack track, Hook<RecordingEvent> callback) {}

  /**
   * {@code <Enqueue>} (docs/voice/twiml/enqueue).
   *
   * @param queue its name, at most 64 characters
   * @param action null: the next verb follows
   * @param method default POST
   * @param waitUrl what the caller hears; null: Twilio's own music; empty: silence
   * @param waitUrlMethod default POST
   * @param maxQueueSize default 100
   */
  record Enqueue(
      String queue,
      @Nullable String action,
      HttpMethod method,
      @Nullable String waitUrl,
      HttpMethod waitUrlMethod,
      int maxQueueSize)
      implements Verb {}

  /** {@code <Leave>} (docs/voice/twiml/leave): leaves the queue from its wait document. */
  record Leave() implements Verb {}

  /** {@code <Refer>} (docs/voice/twiml/refer): allowed on SIP legs only. */
  record Refer() implements Verb {}

  /** {@code <Start>} (docs/voice/twiml/start): runs beside the verbs that follow. */
  record Start(Background noun) implements Verb {}

  /** {@code <Stop>} (docs/voice/twiml/stop): ends what a Start began. */
  record Stop(Background noun) implements Verb {}

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
   * {@code <Connect>} (docs/voice/twiml/connect).
   *
   * @param action null: the attribute is not there; the page then speaks of the current document
   * @param method default POST
   */
  record Connect(@Nullable String action, HttpMethod method, Noun noun) implements Verb {}
}
