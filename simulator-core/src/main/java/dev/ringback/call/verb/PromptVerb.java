package dev.ringback.call.verb;

import dev.ringback.call.CallInput;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.Speaking;
import dev.ringback.call.Playback;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.twiml.Verb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code <Say>}, {@code <Play>} or {@code <Pause>} as a verb of its own. */
public final class PromptVerb {
  private PromptVerb() {}

  public static VerbStep begin(StepContext context, Cursor cursor, Verb.Prompt prompt) {
    if (!(prompt instanceof Verb.Pause)) {
      context.answer();
    }
    return goesOn(cursor, Prompts.begin(context, cursor.document(), List.of(prompt)));
  }

  public static VerbStep step(StepContext context, Speaking state, CallInput input) {
    if (input.leaves(context.leg())) {
      return VerbStep.left(context, input);
    }
    Cursor cursor = state.cursor();
    return goesOn(
        cursor, Prompts.step(context, state.playback(), input, Prompts.Setting.of(cursor)));
  }

  private static VerbStep goesOn(Cursor cursor, @Nullable Playback playback) {
    return playback == null ? VerbStep.nextVerb() : VerbStep.goesOn(new Speaking(cursor, playback));
  }
}
