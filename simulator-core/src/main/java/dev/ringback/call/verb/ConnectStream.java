package dev.ringback.call.verb;

import dev.ringback.call.CallInput;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.Streaming;
import dev.ringback.call.StepContext;
import dev.ringback.call.Streams;
import dev.ringback.call.VerbStep;
import dev.ringback.call.VerbStep.Next.Action;
import dev.ringback.twiml.Noun;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.RequestKind;

/**
 * {@code <Connect><Stream>}: nobody closes the stream, so only the end of the call ends it
 * (docs/voice/twiml/stream).
 */
public final class ConnectStream {
  private ConnectStream() {}

  public static VerbStep begin(
      StepContext context, Cursor cursor, Verb.Connect verb, Noun.Stream noun) {
    context.answer();
    context.starts(verb, "Stream " + noun.stream().url(), null);
    return VerbStep.goesOn(
        new Streaming(
            cursor, verb, noun, Streams.start(context, cursor.document(), noun.stream())));
  }

  public static VerbStep step(StepContext context, Streaming state, CallInput input) {
    if (!input.leaves(context.leg())) {
      return VerbStep.goesOn(state);
    }
    Verb.Connect verb = state.verb();
    Action action =
        verb.action() == null
            ? null
            : new Action(
                RequestKind.ACTION,
                state.cursor().target(verb.action(), verb.method()),
                new Extra.None());
    return VerbStep.left(context, input, action);
  }
}
