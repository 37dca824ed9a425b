package dev.ringback.call;

import dev.ringback.call.CallFacts.MediaStream;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.Background;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs beside the verbs of a call (docs/voice/twiml/start, stop, stream, recording). */
final class StartStop {
  private StartStop() {}

  static VerbStep start(StepContext context, Cursor cursor, Verb.Start verb) {
    context.starts(verb, verb.noun().element(), null);
    switch (verb.noun()) {
      case Background.Stream stream -> start(context, cursor.document(), stream);
      case Background.CallRecording recording -> {
        context.answer();
        Recorder.start(
            context,
            Recorder.Order.of(
                RecordingSource.START_CALL_RECORDING_TWIML,
                Recording.Scope.CALL,
                cursor.document(),
                recording.order()));
      }
    }
    return VerbStep.nextVerb();
  }

  static Sid start(StepContext context, Target document, Background.Stream stream) {
    context.answer();
    String callback = stream.statusCallback();
    MediaStream made =
        new MediaStream(
            context.sid(SidKind.STREAM),
            stream.name(),
            callback == null ? null : document.resolve(callback, stream.statusCallbackMethod()));
    context.add(made);
    announce(context, made, true);
    return made.sid();
  }

  static VerbStep stop(StepContext context, Cursor cursor, Verb.Stop verb) {
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
          stop(context, named.name() == null ? running.getLast() : running.getFirst());
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

  /** The call ends, and with it whatever runs beside it. */
  static void stopAll(StepContext context) {
    for (MediaStream stream : context.streams()) {
      stop(context, stream);
    }
    for (Recording recording : context.recordings()) {
      if (recording.running() && recording.scope() == Recording.Scope.CALL) {
        Recorder.stop(context, recording.sid());
      }
    }
  }

  /** Another document interrupts {@code <Connect><Stream>}, and its stream is over. */
  static void stopStreams(StepContext context, CallState state) {
    if (state instanceof CallState.Streaming streaming) {
      context.streams().stream()
          .filter(s -> s.sid().equals(streaming.stream()))
          .findFirst()
          .ifPresent(s -> stop(context, s));
    }
  }

  static void stop(StepContext context, MediaStream stream) {
    context.remove(stream);
    announce(context, stream, false);
  }

  private static void announce(StepContext context, MediaStream stream, boolean running) {
    context.note(new CallEvent.StreamChanged(context.leg().sid(), stream.sid(), running));
    if (stream.callback() != null) {
      context.send(
          new AppRequest.StreamStatus(
              context.nextExchange(),
              stream.callback(),
              context.account(),
              context.leg().sid(),
              stream.sid(),
              stream.name(),
              running ? "stream-started" : "stream-stopped",
              context.now()));
    }
  }
}
