package dev.ringback.call.verb;

import dev.ringback.call.CallFacts.MediaStream;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.Recorder;
import dev.ringback.call.StepContext;
import dev.ringback.call.Streams;
import dev.ringback.call.VerbStep;
import dev.ringback.twiml.Background;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RecordingSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code <Start>} and {@code <Stop>}: what runs beside the verbs that follow
 * (docs/voice/twiml/start, stop, stream, recording).
 */
public final class StartStop {
  private StartStop() {}

  public static VerbStep start(StepContext context, Cursor cursor, Verb.Start verb) {
    context.starts(verb, verb.noun().element(), null);
    switch (verb.noun()) {
      case Background.Stream stream -> Streams.start(context, cursor.document(), stream);
      case Background.CallRecording recording -> {
        context.answer();
        Recorder.start(
            context,
            Recording.Plan.of(
                RecordingSource.START_CALL_RECORDING_TWIML,
                Recording.Scope.CALL,
                cursor.document(),
                recording.options()));
      }
    }
    return VerbStep.nextVerb();
  }

  public static VerbStep stop(StepContext context, Cursor cursor, Verb.Stop verb) {
    context.starts(verb, verb.noun().element(), null);
    switch (verb.noun()) {
      case Background.Stream named -> {
        List<MediaStream> running =
            context.streams().stream()
                .filter(s -> named.name() == null || named.name().equals(s.name()))
                .toList();
        if (running.isEmpty()) {
          nothing(context, cursor, named.name() == null ? "stream" : "stream " + named.name());
        } else {
          Streams.stop(context, named.name() == null ? running.getLast() : running.getFirst());
        }
      }
      case Background.CallRecording recording -> {
        Recording running = running(context);
        if (running == null) {
          nothing(context, cursor, "recording");
        } else {
          Recorder.stop(context, running.sid());
        }
      }
    }
    return VerbStep.nextVerb();
  }

  private static @Nullable Recording running(StepContext context) {
    return context.recordings().stream()
        .filter(r -> r.running() && r.scope() == Recording.Scope.CALL)
        .findFirst()
        .orElse(null);
  }

  private static void nothing(StepContext context, Cursor cursor, String what) {
    context.raise(
        TwilioError.SCHEMA_VALIDATION_WARNING,
        "<Stop>: no " + what + " runs; it is skipped",
        cursor.document().shown());
  }
}
