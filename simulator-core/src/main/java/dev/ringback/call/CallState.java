package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Noun;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call is doing. Each state holds only what that state knows. */
public sealed interface CallState {

  /** What a document is for. */
  enum DocumentRole {
    /** It says what the call does. */
    CALL,
    /** It is heard while the call waits in a queue. */
    QUEUE,
    /** It is heard until a conference begins. */
    CONFERENCE,
    /** It is played to the party that answers, before the first document. */
    OPENING
  }

  /** Where in a document the call is. */
  record Cursor(Target document, List<Verb> verbs, int index, DocumentRole role) {
    /** The verbs after this one. */
    public List<Verb> rest() {
      return verbs.subList(index + 1, verbs.size());
    }

    public Cursor next() {
      return new Cursor(document, verbs, index + 1, role);
    }

    /** An attribute {@code action} that is not there, or is empty, means the current document. */
    public Target target(@Nullable String action, HttpMethod method) {
      return document.resolve(action == null ? "" : action, method);
    }
  }

  /**
   * A document the call waits for.
   *
   * @param fallback whether it is the fallback's, after which there is no other
   */
  record AwaitedDocument(ExchangeId exchange, Target target, boolean fallback, DocumentRole role) {}

  /** Not begun. */
  record Arriving() implements CallState {}

  /**
   * Calls a party for the REST API.
   *
   * @param timeout when it has rung for too long
   */
  record Outgoing(Alarm timeout) implements CallState {}

  /** Waits for a document. */
  record Fetching(AwaitedDocument pending) implements CallState {}

  /** Runs a verb. */
  sealed interface InVerb extends CallState {
    Cursor cursor();
  }

  /** Runs a Say, Play or Pause, or the apology that ends a failed call. */
  record Speaking(Cursor cursor, Playback playback) implements InVerb {}

  /**
   * Runs a Gather.
   *
   * @param playback null once the prompts are over or cut short
   * @param noKey the time-out; null while prompts play and while the caller speaks
   * @param listening what is being said; null: nothing
   */
  record Gathering(
      Cursor cursor,
      Verb.Gather verb,
      String digits,
      @Nullable Playback playback,
      @Nullable Alarm noKey,
      @Nullable Listening listening)
      implements InVerb {}

  /**
   * Speech a Gather listens to.
   *
   * @param words so far; empty: nothing that can be understood
   * @param confidence from 0 to 1
   * @param over when the speech and the silence after it are over
   * @param partials how many partial results were sent
   * @param results when the next ones are due
   */
  record Listening(
      String words, double confidence, Alarm over, int partials, List<Alarm> results) {}

  /**
   * Runs a Record.
   *
   * @param silence null: silence does not end it
   * @param words that were understood, for the transcription
   */
  record RecordingMessage(
      Cursor cursor,
      Verb.Record verb,
      Sid recording,
      @Nullable Alarm silence,
      Alarm maxLength,
      String words)
      implements InVerb {}

  /** Runs a {@code <Connect><Conversation>}. */
  record InSession(Session session) implements InVerb {
    @Override
    public Cursor cursor() {
      return session.beginning().cursor();
    }
  }

  /**
   * The REST API has redirected the call.
   *
   * @param lastRequest the action request of the verb that ran; its answer is read and not run
   * @param then where the call goes
   */
  record Redirecting(AwaitedDocument lastRequest, CallInput.Redirected then) implements CallState {}

  /** Runs a {@code <Connect><Stream>}, which lasts as long as the call. */
  record Streaming(Cursor cursor, Verb.Connect verb, Noun.Stream noun, Sid stream)
      implements InVerb {}

  /** Runs a {@code <Dial>} that calls parties. */
  record Dialling(Cursor cursor, Verb.Dial verb, Dial dial) implements InVerb {}

  /** Runs a {@code <Dial><Conference>}. */
  record InConference(Cursor cursor, Verb.Dial verb, ConferenceCall conference) implements InVerb {}

  /** Runs a {@code <Dial><Queue>}. */
  record DiallingQueue(Cursor cursor, Verb.Dial verb, Dequeuing dequeuing) implements InVerb {}

  /** Runs an {@code <Enqueue>}. */
  record InQueue(Cursor cursor, Verb.Enqueue verb, Enqueued enqueued) implements InVerb {}

  /**
   * A document has run to its end: that of a called leg, which can be connected now, or one heard
   * while the call waits.
   */
  record Ready() implements CallState {}

  /**
   * A document heard while the call waits says that it waits no longer.
   *
   * @param hangsUp by {@code <Hangup>}; otherwise by {@code <Leave>}
   */
  record Leaving(boolean hangsUp) implements CallState {}

  /**
   * The call is over.
   *
   * @param lastRequest an action request whose answer is read and checked, and not run; null: none
   */
  record Ended(@Nullable AwaitedDocument lastRequest) implements CallState {}
}
