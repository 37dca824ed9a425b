package dev.ringback.call;

import dev.ringback.call.CallState.Pending;
import dev.ringback.twiml.Finding;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.Reading;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns an answer to a request for TwiML into verbs, or says why it cannot (docs/voice/twiml). */
final class Documents {
  private static final Set<String> XML = Set.of("text/xml", "application/xml", "text/html");
  private static final Set<String> AUDIO =
      Set.of(
          "audio/mpeg",
          "audio/wav",
          "audio/wave",
          "audio/x-wav",
          "audio/aiff",
          "audio/x-aiff",
          "audio/x-aifc",
          "audio/x-gsm",
          "audio/gsm",
          "audio/ulaw");

  private final Function<String, Reading> reader;

  /**
   * @param reader of TwiML; a pure function, which may remember what it has read
   */
  Documents(Function<String, Reading> reader) {
    this.reader = reader;
  }

  /** Verbs to run, or null when the document failed; either way the turn knows what was found. */
  @Nullable List<Verb> read(Turn turn, Pending pending, Landing landing) {
    return switch (landing) {
      case Landing.Failed failed -> {
        turn.raise(failed.error(), fetching(pending) + ": " + failed.cause(), url(pending));
        yield null;
      }
      case Landing.Answered answered -> read(turn, pending, answered);
    };
  }

  private @Nullable List<Verb> read(Turn turn, Pending pending, Landing.Answered answered) {
    if (!answered.successful()) {
      return fail(
          turn,
          pending,
          TwilioError.HTTP_RETRIEVAL_FAILURE,
          "answered HTTP %d; answer 200 with TwiML".formatted(answered.status()));
    }
    String contentType = answered.contentType();
    if (contentType == null) {
      return fail(
          turn,
          pending,
          TwilioError.HTTP_RETRIEVAL_FAILURE,
          "answered without a Content-Type; set it to text/xml");
    }
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (XML.contains(type)) {
      return twiml(turn, pending, reader.apply(answered.body()));
    }
    if (type.equals("text/plain")) {
      return reader.apply(answered.body()) instanceof Reading.Document document
          ? twiml(turn, pending, document)
          : List.of(new Verb.Say(answered.body().strip(), "man", "en-US", 1), new Verb.Hangup());
    }
    if (AUDIO.contains(type)) {
      return List.of(new Verb.Play(url(pending), 1, null), new Verb.Hangup());
    }
    return fail(
        turn,
        pending,
        TwilioError.INVALID_CONTENT_TYPE,
        "answered with Content-Type '%s'; set it to text/xml".formatted(type));
  }

  private @Nullable List<Verb> twiml(Turn turn, Pending pending, Reading reading) {
    return switch (reading) {
      case Reading.Unreadable unreadable -> {
        Finding problem = unreadable.problem();
        TwilioError error = problem.error();
        yield fail(
            turn,
            pending,
            error == null ? TwilioError.DOCUMENT_PARSE_FAILURE : error,
            "line %d, column %d: %s"
                .formatted(problem.line(), problem.column(), problem.message()));
      }
      case Reading.Document document -> {
        turn.note(
            new Moment.DocumentRead(
                turn.leg().sid(),
                url(pending),
                document.verbs().stream().map(Verb::name).toList(),
                document.findings()));
        for (Finding finding : document.findings()) {
          if (finding.level() == Level.WARNING) {
            report(turn, pending, finding);
          }
        }
        yield document.verbs();
      }
    };
  }

  private static void report(Turn turn, Pending pending, Finding finding) {
    String message =
        "line %d, column %d: %s".formatted(finding.line(), finding.column(), finding.message());
    TwilioError error = finding.error();
    if (error == null) {
      turn.raiseOurs(finding.level(), message);
    } else {
      turn.raise(error, message, url(pending));
    }
  }

  private static @Nullable List<Verb> fail(
      Turn turn, Pending pending, TwilioError error, String what) {
    turn.raise(error, url(pending) + " " + what, url(pending));
    return null;
  }

  private static String fetching(Pending pending) {
    return pending.target().method() + " " + url(pending);
  }

  private static String url(Pending pending) {
    return pending.target().url();
  }
}
