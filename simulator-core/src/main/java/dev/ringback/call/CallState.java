package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.twiml.Noun;
import dev.ringback.twiml.Verb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call is doing. Each state holds only what that state knows. */
public sealed interface CallState {

  /** What a document is for. */
  enum Part {
    /** It says what the call does. */
    CALL,
    /** It is heard while the call waits in a queue. */
    QUEUE,
    /** It is heard until a conference begins. */
    CONFERENCE,
    /** It is played to whoever answers, before the first document. */
    OPENING
  }

  /** Where in a document the call is. */
  record Place(Target document, List<Verb> verbs, int index, Part part) {
    /** The verbs after this one. */
    List<Verb> rest() {
      return verbs.subList(index + 1, verbs.size());
    }

    Place next() {
      return new Place(document, verbs, index + 1, part);
    }
  }

  /**
   * A document the call waits for.
   *
   * @param fallback whether it is the fallback's, after which there is no other
   */
  record Pending(ExchangeId exchange, Target target, boolean fallback, Part part) {}

  /** Not begun. */
  record Arriving() implements CallState {}

  /**
   * Calls somebody for the REST API.
   *
   * @param timeout when it has rung for too long
   */
  record Outgoing(Alarm timeout) implements CallState {}

  /** Waits for a document. */
  record Fetching(Pending pending) implements CallState {}

  /** Runs a Say, Play or Pause, or the apology that ends a failed call. */
  record Speaking(Place place, Prompting prompting) implements CallState {}

  /**
   * Runs a Gather.
   *
   * @param prompting null once the prompts are over or cut short
   * @param noKey the time-out; null while prompts play and while somebody speaks
   * @param listening what is being said; null: nothing
   */
  record Gathering(
      Place place,
      Verb.Gather verb,
      String digits,
      @Nullable Prompting prompting,
      @Nullable Alarm noKey,
      @Nullable Listening listening)
      implements CallState {}

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
  record Recording(
      Place place,
      Verb.Record verb,
      Sid recording,
      @Nullable Alarm silence,
      Alarm maxLength,
      String words)
      implements CallState {}

  /** Runs a {@code <Connect><Conversation>}. */
  record InSession(Place place, Verb.Connect verb, Session session) implements CallState {}

  /**
   * The REST API has redirected the call.
   *
   * @param lastWords the action request of the verb that ran; its answer is read and not run
   * @param then where the call goes
   */
  record Redirecting(Pending lastWords, CallInput.Redirected then) implements CallState {}

  /** Runs a {@code <Connect><Stream>}, which lasts as long as the call. */
  record Streaming(Place place, Verb.Connect verb, Noun.Stream noun, Sid stream)
      implements CallState {}

  /** Runs a {@code <Dial>} that calls parties. */
  record Dialling(Place place, Verb.Dial verb, Dial dial) implements CallState {}

  /** Runs a {@code <Dial><Conference>}. */
  record InConference(Place place, Verb.Dial verb, Conferencing conference) implements CallState {}

  /** Runs a {@code <Dial><Queue>}. */
  record Dequeuing(Place place, Verb.Dial verb, Dequeue dequeue) implements CallState {}

  /** Runs an {@code <Enqueue>}. */
  record InQueue(Place place, Verb.Enqueue verb, Queueing queueing) implements CallState {}

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
   * @param lastWords an action request whose answer is read and checked, and not run; null: none
   */
  record Ended(@Nullable Pending lastWords) implements CallState {}
}
