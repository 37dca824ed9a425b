package dev.ringback.call.verb;

import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.call.VerbStep.Next.Action;
import dev.ringback.twiml.DialNoun;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.DialOutcome;
import dev.ringback.voice.RequestKind;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code <Dial>}: which noun it is decides who runs it, {@link DialParties}, {@link DialConference}
 * or {@link DialQueue}; what follows it is the same for all (docs/voice/twiml/dial).
 */
public final class DialVerb {
  private final DialParties parties;
  private final DialConference conferences;
  private final DialQueue queues;

  public DialVerb(DialParties parties, DialConference conferences, DialQueue queues) {
    this.parties = parties;
    this.conferences = conferences;
    this.queues = queues;
  }

  public VerbStep begin(StepContext context, Cursor cursor, Verb.Dial verb) {
    context.starts(verb, callees(verb), null);
    return switch (verb.nouns().getFirst()) {
      case DialNoun.Conference noun -> conferences.begin(context, cursor, verb, noun);
      case DialNoun.Queue noun -> queues.begin(context, cursor, verb, noun);
      case DialNoun.Party party -> parties.begin(context, cursor, verb);
      case DialNoun.Uncallable nobody -> parties.begin(context, cursor, verb);
    };
  }

  private static String callees(Verb.Dial verb) {
    return verb.nouns().stream()
        .map(noun ->
            switch (noun) {
              case DialNoun.Party party -> party.address();
              case DialNoun.Conference conference -> "Conference " + conference.name();
              case DialNoun.Queue queue -> "Queue " + queue.name();
              case DialNoun.Uncallable nobody -> "nobody";
            })
        .collect(Collectors.joining(", "));
  }

  /**
   * The Dial is over: its action is requested, if it has one, or the next verb follows.
   *
   * @param goneBy by which the caller left the line; null: the call goes on
   * @param why a sentence
   */
  static VerbStep over(
      StepContext context,
      Cursor cursor,
      Verb.Dial verb,
      DialOutcome outcome,
      @Nullable CallInput goneBy,
      String why) {
    context.note(new CallEvent.DialEnded(outcome, why));
    Action action =
        verb.action() == null
            ? null
            : new Action(
                RequestKind.DIAL,
                cursor.target(verb.action(), verb.method()),
                new Extra.Dialled(outcome));
    return goneBy == null ? VerbStep.done(action) : VerbStep.left(context, goneBy, action);
  }
}
