package dev.ringback.call;

import dev.ringback.twiml.WireNamed;
import dev.ringback.twiml.WrongAttribute;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.Result;
import java.time.Duration;

/**
 * The switches for what Twilio's pages leave open; each default is our best guess.
 *
 * @param signedGetParameters how Twilio's own parameters of a GET stand in what is signed
 */
public record Behaviour(
    Sessions sessions,
    DialledLegs dialledLegs,
    Recordings recordings,
    SignedGetParameters signedGetParameters) {

  /**
   * @param connectActionDefault what a {@code <Connect>} without {@code action} and without verbs
   *     after it does
   * @param wrongAttribute what becomes of a session's attribute with a blemish
   * @param redirectAsksAction whether the {@code action} of a {@code <Connect>} is requested when
   *     the REST API redirects the call
   * @param conversationWithoutWorker the result when the conversation found has no worker
   * @param callerGoneUndialled the result when the caller hangs up before anybody was dialled
   * @param countUnsubscribedEvents whether {@code SequenceNumber} counts events that are not sent
   */
  public record Sessions(
      ConnectActionDefault connectActionDefault,
      WrongAttribute wrongAttribute,
      boolean redirectAsksAction,
      Result conversationWithoutWorker,
      Result callerGoneUndialled,
      boolean countUnsubscribedEvents) {}

  /**
   * @param outboundTimeout how long a customer's phone rings when a worker calls
   * @param declinedAfterUrl {@code DialCallStatus} when the called party hangs up in the document
   *     of {@code url}
   * @param failedUrl {@code DialCallStatus} when the document of {@code url} cannot be had
   * @param callerGone {@code DialCallStatus} when the caller hangs up before the answer
   */
  public record DialledLegs(
      Duration outboundTimeout,
      DialCallStatus declinedAfterUrl,
      DialCallStatus failedUrl,
      DialCallStatus callerGone) {}

  /**
   * @param relativeRecordingStatusCallback whether a relative {@code recordingStatusCallback} is
   *     resolved with a warning; otherwise it is error 32501
   * @param recordingSource {@code RecordingSource} of a session's recording
   * @param recordingProcessing from the end of a recording until its file is there
   */
  public record Recordings(
      boolean relativeRecordingStatusCallback,
      RecordingSource recordingSource,
      Duration recordingProcessing) {}

  /** What the {@code action} attribute of {@code <Connect>} defaults to. */
  public enum ConnectActionDefault {
    /** The page's Warning: "Without an action URL and without subsequent TwiML …". */
    END_CALL,
    /** The page's table: "current document URL". */
    CURRENT_DOCUMENT
  }

  /** Twilio's own parameters of a GET in the text that is signed; the wire has them escaped. */
  public enum SignedGetParameters implements WireNamed {
    AS_SENT("as-sent"),
    /** {@code @} and {@code :} bare, as Twilio has been seen to sign them. */
    BARE("bare");

    private final String wireName;

    SignedGetParameters(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  public static final Behaviour DEFAULT =
      new Behaviour(
          new Sessions(
              ConnectActionDefault.END_CALL,
              WrongAttribute.NORMALISE,
              true,
              Result.NO_OTHER_PARTICIPANTS,
              Result.NO_OTHER_PARTICIPANTS,
              false),
          new DialledLegs(
              Duration.ofSeconds(60),
              DialCallStatus.NO_ANSWER,
              DialCallStatus.FAILED,
              DialCallStatus.CANCELED),
          new Recordings(true, RecordingSource.DIAL_VERB, Duration.ofSeconds(1)),
          SignedGetParameters.AS_SENT);
}
