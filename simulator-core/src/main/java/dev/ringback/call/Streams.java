package dev.ringback.call;

import dev.ringback.call.CallFacts.MediaStream;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.Background;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.Target;

/**
 * The life of a media stream, which runs beside the verbs of a call (docs/voice/twiml/stream). No
 * WebSocket is opened; its status callback is told.
 */
public final class Streams {
  private Streams() {}

  public static Sid start(StepContext context, Target document, Background.Stream stream) {
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

  /** The call ends, and with it its streams. */
  static void stopAll(StepContext context) {
    context.streams().forEach(stream -> stop(context, stream));
  }

  /** Another document interrupts {@code <Connect><Stream>}, and its stream is over. */
  public static void stopOf(StepContext context, CallState state) {
    if (state instanceof CallState.Streaming streaming) {
      context.streams().stream()
          .filter(s -> s.sid().equals(streaming.stream()))
          .findFirst()
          .ifPresent(s -> stop(context, s));
    }
  }

  public static void stop(StepContext context, MediaStream stream) {
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
