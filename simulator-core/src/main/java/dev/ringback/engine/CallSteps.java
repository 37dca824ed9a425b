package dev.ringback.engine;

import dev.ringback.call.CallInput;
import dev.ringback.call.Effect;
import dev.ringback.call.Step;
import dev.ringback.call.machine.CallMachine;
import dev.ringback.callback.WebRequest;
import dev.ringback.cast.Reaction;
import dev.ringback.cast.ScriptStep;
import dev.ringback.journal.Fact;
import dev.ringback.twiml.Level;
import dev.ringback.voice.Alert;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call takes an input: it is stepped, the journal is written, the effects are performed. */
final class CallSteps implements CallDoor {
  /** A call that takes more inputs at one instant is going in a circle. */
  static final int MAX_INPUTS_PER_INSTANT = 10_000;

  private final CallMachine machine;
  private final WorldTime time;
  private final JournalWriter journal;
  private final Debugger debugger;
  private final LiveCalls calls;
  private final CallEffects effects;

  CallSteps(
      CallMachine machine,
      WorldTime time,
      JournalWriter journal,
      Debugger debugger,
      LiveCalls calls,
      CallEffects effects) {
    this.machine = machine;
    this.time = time;
    this.journal = journal;
    this.debugger = debugger;
    this.calls = calls;
    this.effects = effects;
  }

  @Override
  public void take(LiveCall call, CallInput input) {
    take(call, input, null);
  }

  @Override
  public void take(LiveCall call, EndedRequest request) {
    take(call, request.landed(), request);
  }

  /**
   * @param request whose end the input is; null: it is something else
   */
  private void take(LiveCall call, CallInput input, @Nullable EndedRequest request) {
    if (call.dropped()) {
      return;
    }
    Instant now = time.now();
    if (call.countInput(now) > MAX_INPUTS_PER_INSTANT) {
      drop(
          call,
          "too-many-inputs: more than %d at one instant; the call is dropped"
              .formatted(MAX_INPUTS_PER_INSTANT));
      return;
    }
    journal.write(call, new Fact.Took(input));
    try {
      Step step = machine.step(call.call, input, now);
      call.call = step.call();
      calls.addChildren(call);
      for (Effect effect : step.effects()) {
        perform(call, effect, now, request);
      }
    } catch (RuntimeException | StackOverflowError e) {
      drop(call, "internal-error: Ringback failed: " + e);
      return;
    }
    if (call.over()) {
      end(call);
    }
  }

  private void perform(LiveCall call, Effect effect, Instant now, @Nullable EndedRequest request) {
    switch (effect) {
      case Effect.Send send -> effects.send(call, send);
      case Effect.Ask ask -> effects.ask(call, ask, now);
      case Effect.Wake wake -> effects.wake(call, wake);
      case Effect.Tell tell -> effects.tell(call, tell, now);
      case Effect.Note note -> journal.write(call, new Fact.Happened(note.moment()));
      case Effect.Raise raise ->
          debugger.raise(
              call,
              raise.alert(),
              request == null ? null : request.request(),
              request == null ? null : request.answer());
    }
  }

  /** Performs what was asked for in another world, and has not happened yet. */
  void perform(LiveCall call, Effect effect, Instant askedAt) {
    perform(call, effect, askedAt, null);
  }

  /** The state that a call of another world was in after that input. */
  Step replay(LiveCall call, CallInput input, Instant at) {
    Step step = machine.step(call.call, input, at);
    call.call = step.call();
    return step;
  }

  @Override
  public void heard(LiveCall call) {
    if (call.over() && !call.dropped()) {
      end(call);
    }
  }

  @Override
  public void raise(LiveCall call, Alert alert, @Nullable WebRequest request) {
    debugger.raise(call, alert, request, null);
  }

  @Override
  public void warn(LiveCall call, String message, WebRequest request) {
    debugger.warn(call, message, request);
  }

  // Ends

  private void end(LiveCall call) {
    List<Reaction> reactions = call.script.reactions();
    for (int i = 0; i < reactions.size(); i++) {
      if (call.reacted.add(i)) {
        journal.write(call, new Fact.NeverHeard(reactions.get(i)));
      }
    }
    for (ScriptStep direction : call.script.directions()) {
      if (call.followed.add(direction)) {
        journal.write(call, new Fact.DirectionRefused(direction, "the call was over"));
      }
    }
    retire(call);
  }

  /** Nothing will happen to it any more; it can still be read, for a while. */
  private void retire(LiveCall call) {
    calls.retire(call);
    effects.leave(call);
    calls.forgetOldest();
  }

  /** Ends a call that cannot go on. */
  private void drop(LiveCall call, String why) {
    debugger.raise(call, Alert.ours(Level.ERROR, why), null, null);
    call.drop(time.now());
    retire(call);
  }
}
