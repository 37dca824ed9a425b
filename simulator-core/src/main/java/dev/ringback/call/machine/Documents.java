package dev.ringback.call.machine;

import dev.ringback.call.Call;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallState.AwaitedDocument;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.Content;
import dev.ringback.call.StepContext;
import dev.ringback.twiml.Finding;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.Reading;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.TwimlReader;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Pace;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns an answer to a request for TwiML into verbs, or says why it cannot (docs/voice/twiml). */
public final class Documents {
  /** So often the same document may come without anything new, before it is called a loop. */
  static final int ROUNDS = 5;

  private final Function<String, Reading> reader;

  /**
   * @param reader of TwiML; a pure function, which may remember what it has read
   */
  public Documents(Function<String, Reading> reader) {
    this.reader = reader;
  }

  /**
   * Verbs to run, or null when the document failed; either way the journal is told what was found.
   */
  @Nullable List<Verb> read(StepContext context, AwaitedDocument pending, Landing landing) {
    return switch (landing) {
      case Landing.Failed failed -> {
        context.raise(
            failed.error(),
            gravity(pending, failed.error()),
            fetching(pending) + ": " + failed.cause(),
            url(pending));
        yield null;
      }
      case Landing.Answered answered -> read(context, pending, answered);
    };
  }

  private @Nullable List<Verb> read(
      StepContext context, AwaitedDocument pending, Landing.Answered answered) {
    if (pending.role() == DocumentRole.CALL && !context.leg().ended()) {
      noticeLoop(context, pending, answered.body());
    }
    return switch (Content.of(answered, reader)) {
      case Content.Twiml twiml -> twiml(context, pending, twiml.reading());
      case Content.Speech speech when speech.text().length() > TwimlReader.MOST_TEXT -> {
        context.raise(
            TwilioError.SAY_TOO_LONG,
            "%s answered plain text of %d characters, more than the %d that are read aloud"
                .formatted(url(pending), speech.text().length(), TwimlReader.MOST_TEXT),
            url(pending));
        yield List.of(new Verb.Hangup());
      }
      case Content.Speech speech -> alone(pending, new Verb.Say(speech.text()));
      case Content.Audio audio ->
          alone(
              pending,
              new Verb.Play(
                  pending.target().url(),
                  1,
                  null,
                  answered.plays() == null ? Pace.UNKNOWN_FILE : answered.plays()));
      case Content.Unusable unusable -> {
        String url = url(pending);
        // The documented sentence of 11200 (docs/usage/troubleshooting/debugging-event-webhooks).
        String subject = answered.successful() ? url : "An attempt to retrieve content from " + url;
        context.raise(unusable.error(), subject + " " + unusable.message(), url);
        yield null;
      }
    };
  }

  /** A document that leads back to itself is noticed long before the call has to end. */
  private static void noticeLoop(StepContext context, AwaitedDocument pending, String body) {
    if (context.comesAgain(pending.target().url(), body) == ROUNDS) {
      context.raiseOurs(
          Level.WARNING,
          "loop: %s has answered the same document %d times, and nobody pressed a key or said a word in between; does it lead back to itself? The call ends after %d documents"
              .formatted(fetching(pending), ROUNDS, Call.MAX_DOCUMENTS),
          url(pending));
    }
  }

  /** After a file or plain text the call hangs up, unless it only waits. */
  private static List<Verb> alone(AwaitedDocument pending, Verb verb) {
    return pending.role() == DocumentRole.CALL ? List.of(verb, new Verb.Hangup()) : List.of(verb);
  }

  private @Nullable List<Verb> twiml(
      StepContext context, AwaitedDocument pending, Reading reading) {
    return switch (reading) {
      case Reading.Unreadable unreadable -> {
        Finding problem = unreadable.problem();
        TwilioError error = problem.error();
        yield fail(
            context,
            pending,
            error == null ? TwilioError.DOCUMENT_PARSE_FAILURE : error,
            "line %d, column %d: %s"
                .formatted(problem.line(), problem.column(), problem.message()));
      }
      case Reading.Document document -> {
        context.note(
            new CallEvent.DocumentRead(
                context.leg().sid(),
                url(pending),
                document.verbs().stream().map(Verb::name).toList(),
                document.findings()));
        for (Finding finding : document.findings()) {
          // What is wrong with a <Conversation> is said by its session.
          if (finding.error() != TwilioError.CONVERSATION_INVALID_ATTRIBUTES) {
            report(context, pending, finding);
          }
        }
        yield document.verbs();
      }
    };
  }

  private static void report(StepContext context, AwaitedDocument pending, Finding finding) {
    String message =
        "line %d, column %d: %s".formatted(finding.line(), finding.column(), finding.message());
    TwilioError error = finding.error();
    if (error == null) {
      context.raiseOurs(finding.level(), message);
    } else {
      context.raise(error, message, url(pending));
    }
  }

  private static @Nullable List<Verb> fail(
      StepContext context, AwaitedDocument pending, TwilioError error, String what) {
    context.raise(error, gravity(pending, error), url(pending) + " " + what, url(pending));
    return null;
  }

  /** A call waits without music as well as with it. */
  private static Level gravity(AwaitedDocument pending, TwilioError error) {
    return pending.role() == DocumentRole.CALL ? error.level() : Level.WARNING;
  }

  private static String fetching(AwaitedDocument pending) {
    return pending.target().method() + " " + url(pending);
  }

  private static String url(AwaitedDocument pending) {
    return pending.target().shown();
  }
}
