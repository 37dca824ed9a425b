package dev.ringback.twiml;

import dev.ringback.id.ClientAddress;
import dev.ringback.id.WireData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whom a {@code <Dial>} calls (docs/voice/twiml/dial, "TwiML nouns"). */
public sealed interface DialNoun {

  /** A party with a phone, which is called by a leg of its own. */
  sealed interface Party extends DialNoun {
    /** What the leg is called by: a number, {@code client:…} or {@code sip:…}. */
    String address();

    LegOptions options();
  }

  /**
   * What an app wants of a leg that is dialled.
   *
   * @param url whose document the called party hears before it is connected; null: none
   * @param method of the request to {@code url}, default POST
   * @param statusCallback of its progress, default {@code completed}
   * @param sendDigits played to the called party when it answers; null: none
   */
  record LegOptions(
      @Nullable String url,
      HttpMethod method,
      Hook<CallProgressEvent> statusCallback,
      @Nullable String sendDigits) {}

  /**
   * {@code <Number>} (docs/voice/twiml/number), or the text of a {@code <Dial>}.
   *
   * @param address in E.164
   */
  record Number(String address, LegOptions options) implements Party {}

  /**
   * {@code <Client>} (docs/voice/twiml/client).
   *
   * @param identity at most 256 characters
   * @param parameters for the client, by name, in the document's order
   */
  record Client(String identity, Map<String, String> parameters, LegOptions options)
      implements Party {
    @Override
    public String address() {
      return ClientAddress.of(identity);
    }
  }

  /**
   * {@code <Sip>} (docs/voice/twiml/sip).
   *
   * @param address {@code sip:…}, headers and all
   * @param username null: none
   * @param password null: none
   */
  record Sip(
      String address, @Nullable String username, @Nullable String password, LegOptions options)
      implements Party {}

  /**
   * A party that cannot be called; no leg is made.
   *
   * @param problem what is wrong, with Twilio's code
   */
  record Uncallable(Finding problem) implements DialNoun {}

  /**
   * {@code <Queue>} (docs/voice/twiml/queue): the call that waits longest.
   *
   * @param url whose document the waiting party hears before it is connected; null: none
   * @param method of the request to {@code url}, default POST
   */
  record Queue(String name, @Nullable String url, HttpMethod method) implements DialNoun {}

  /**
   * {@code <Conference>} (docs/voice/twiml/conference).
   *
   * @param muted default false
   * @param startConferenceOnEnter default true
   * @param endConferenceOnExit default false
   * @param waitUrl heard until the conference begins; null: Twilio's own music; empty: silence
   * @param waitMethod default POST
   * @param maxParticipants default 250
   * @param participantLabel null: none
   * @param statusCallback of its events, default none
   * @param recording what is recorded of it, default nothing; its trim defaults to {@link
   *     Trim#TRIM_SILENCE}
   */
  @WireData
  record Conference(
      String name,
      boolean muted,
      boolean startConferenceOnEnter,
      boolean endConferenceOnExit,
      @Nullable String waitUrl,
      HttpMethod waitMethod,
      int maxParticipants,
      @Nullable String participantLabel,
      Hook<ConferenceEvent> statusCallback,
      Verb.RecordingOptions recording)
      implements DialNoun {}

  /** The parties among nouns, in order. */
  static List<Party> parties(List<DialNoun> nouns) {
    return nouns.stream().filter(Party.class::isInstance).map(Party.class::cast).toList();
  }
}
