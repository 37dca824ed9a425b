package dev.ringback.call.verb;

import dev.ringback.call.Call;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.Step;
import dev.ringback.call.StepContext;
import java.time.Instant;

/**
 * Runs documents within a verb: the one that a called party hears before it is connected, and the
 * one that a call hears while it waits.
 */
public interface NestedDocuments {

  /** A step of a called leg, which is a call of its own until it is connected. */
  Step step(Call called, CallInput input, Instant now);

  /** Plays digits to a called leg that has answered. */
  Step sendDigits(Call called, String digits, Instant now);

  /** A step of a document that is heard while the call waits. */
  CallState step(StepContext context, CallState state, CallInput input);
}
