package dev.ringback.call.verb;

import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.twiml.DialNoun;
import dev.ringback.twiml.Verb;
import java.util.stream.Collectors;

/**
 * {@code <Dial>}: which noun it is decides who runs it, {@link DialParties}, {@link DialConference}
 * or {@link DialQueue}; {@link DialEnd} is the same for all (docs/voice/twiml/dial).
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
}
