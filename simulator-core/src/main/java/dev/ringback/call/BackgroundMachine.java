package dev.ringback.call;

import dev.ringback.call.CallFacts.MediaStream;
import dev.ringback.call.CallState.Place;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.Background;
import dev.ringback.twiml.TwilioError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs beside the verbs of a call (docs/voice/twiml/start, stop, stream, recording). */
final class BackgroundMachine {
  private BackgroundMachine() {}

  static void start(Turn turn, Place place, Background noun) {
    switch (noun) {
      case Background.Stream stream -> {
        Sid unused = start(turn, place.document(), stream);
      }
      case Background.CallRecording recording -> {
        turn.answer();
        Sid unused =
            RecordingMachine.start(
                turn,
                RecordingMachine.Order.of(
                    RecordingSource.START_CALL_RECORDING_TWIML,
                    Recording.Scope.CALL,
                    place.document(),
                    recording.order()));
      }
    }
  }

  static Sid start(Turn turn, Target document, Background.Stream stream) {
    turn.answer();
    String callback = stream.statusCallback();
    MediaStream made =
        new MediaStream(
            turn.sid(SidKind.STREAM),
            stream.name(),
            callback == null ? null : document.resolve(callback, stream.statusCallbackMethod()));
    turn.add(made);
    announce(turn, made, true);
    return made.sid();
  }

  static void stop(Turn turn, Place place, Background noun) {
    switch (noun) {
      case Background.Stream named -> {
        List<MediaStream> running =
            turn.streams().stream()
                .filter(s -> named.name() == null || named.name().equals(s.name()))
                .toList();
        if (running.isEmpty()) {
          nothing(turn, place, named.name() == null ? "stream" : "stream " + named.name());
        } else {
          stop(turn, named.name() == null ? running.getLast() : running.getFirst());
        }
      }
      case Background.CallRecording recording -> {
        Recording running = running(turn);
        if (running == null) {
          nothing(turn, place, "recording");
        } else {
          RecordingMachine.stop(turn, running.sid());
        }
      }
    }
  }

  private static @Nullable Recording running(Turn turn) {
    return turn.recordings().stream()
        .filter(r -> r.running() && r.scope() == Recording.Scope.CALL)
        .findFirst()
        .orElse(null);
  }

  private static void nothing(Turn turn, Place place, String what) {
    turn.raise(
        TwilioError.SCHEMA_VALIDATION_WARNING,
        "<Stop>: no " + what + " runs; it is skipped",
        place.document().shown());
  }

  /** The call ends, and with it whatever runs beside it. */
  static void stopAll(Turn turn) {
    for (MediaStream stream : turn.streams()) {
      stop(turn, stream);
    }
    for (Recording recording : turn.recordings()) {
      if (recording.running() && recording.scope() == Recording.Scope.CALL) {
        RecordingMachine.stop(turn, recording.sid());
      }
    }
  }

  /** Another document interrupts {@code <Connect><Stream>}, and its stream is over. */
  static void stopStreams(Turn turn, CallState state) {
    if (state instanceof CallState.Streaming streaming) {
      turn.streams().stream()
          .filter(s -> s.sid().equals(streaming.stream()))
          .findFirst()
          .ifPresent(s -> stop(turn, s));
    }
  }

  static void stop(Turn turn, MediaStream stream) {
    turn.remove(stream);
    announce(turn, stream, false);
  }

  private static void announce(Turn turn, MediaStream stream, boolean running) {
    turn.note(new Moment.StreamChanged(turn.leg().sid(), stream.sid(), running));
    if (stream.callback() != null) {
      turn.send(
          new Callback.StreamStatus(
              turn.nextExchange(),
              stream.callback(),
              turn.account(),
              turn.leg().sid(),
              stream.sid(),
              stream.name(),
              running ? "stream-started" : "stream-stopped",
              turn.now()));
    }
  }
}
