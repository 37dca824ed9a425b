package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.twiml.Verb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call is doing. Each state holds only what that state knows. */
public sealed interface CallState {

  /** Where in a document the call is. */
  record Place(Target document, List<Verb> verbs, int index) {
    /** The verbs after this one. */
    List<Verb> rest() {
      return verbs.subList(index + 1, verbs.size());
    }

    Place next() {
      return new Place(document, verbs, index + 1);
    }
  }

  /**
   * A document the call waits for.
   *
   * @param fallback whether it is the fallback's, after which there is no other
   */
  record Pending(ExchangeId exchange, Target target, boolean fallback) {}

  /** Not begun. */
  record Arriving() implements CallState {}

  /** Waits for a document. */
  record Fetching(Pending pending) implements CallState {}

  /** Runs a Say, Play or Pause, or the apology that ends a failed call. */
  record Speaking(Place place, Alarm over) implements CallState {}

  /**
   * Runs a Gather.
   *
   * @param prompting the end of the prompts; null once they are over or cut short
   * @param noKey the time-out; null while prompts play
   */
  record Gathering(
      Place place,
      Verb.Gather verb,
      String digits,
      @Nullable Alarm prompting,
      @Nullable Alarm noKey)
      implements CallState {}

  /**
   * Runs a Record.
   *
   * @param silence null: silence does not end it
   */
  record Recording(
      Place place, Verb.Record verb, Sid recording, @Nullable Alarm silence, Alarm maxLength)
      implements CallState {}

  /** Runs a {@code <Connect><Conversation>}. */
  record InSession(Place place, Verb.Connect verb, Session session) implements CallState {}

  /** A called leg whose document has run to its end; the two parties can be connected. */
  record Ready() implements CallState {}

  /**
   * The call is over.
   *
   * @param lastWords an action request whose answer is read and checked, and not run; null: none
   */
  record Ended(@Nullable Pending lastWords) implements CallState {}
}
