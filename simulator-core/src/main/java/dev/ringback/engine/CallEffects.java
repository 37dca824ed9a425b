package dev.ringback.engine;

import dev.ringback.call.Alarm;
import dev.ringback.call.CallInput;
import dev.ringback.call.Effect;
import dev.ringback.cast.ActPlanner;
import dev.ringback.fault.Fault;
import dev.ringback.voice.Act;
import dev.ringback.voice.Cue;
import java.time.Instant;

/** Performs what steps of calls ask for; each effect answers later, as an input of the call. */
final class CallEffects {
  private final WorldTime time;
  private final CallbackSender callbacks;
  private final CallQuestions questions;
  private final CallParties parties;
  private final CallFaultInjector faults;

  CallEffects(
      WorldTime time,
      CallbackSender callbacks,
      CallQuestions questions,
      CallParties parties,
      CallFaultInjector faults) {
    this.time = time;
    this.callbacks = callbacks;
    this.questions = questions;
    this.parties = parties;
    this.faults = faults;
  }

  void send(LiveCall call, Effect.Send send) {
    callbacks.send(call, send.callback());
  }

  void ask(LiveCall call, Effect.Ask ask, Instant now) {
    questions.ask(call, ask, now);
  }

  void wake(LiveCall call, Effect.Wake wake) {
    if (wake.alarm() instanceof Alarm.RecordingReady ready) {
      for (Fault.RecordingLost lost : faults.strike(call, Fault.RecordingLost.class)) {
        enter(wake.at(), call, new CallInput.RecordingLost(ready.recording(), lost.status()));
      }
    }
    enter(wake.at(), call, new CallInput.Woke(wake.leg(), wake.alarm()));
  }

  /** A party notices something, and may do something about it. */
  void tell(LiveCall call, Effect.Tell tell, Instant now) {
    boolean unreachable =
        tell.cue() instanceof Cue.Dialled && faults.strikes(call, Fault.CarrierFailure.class);
    if (unreachable) {
      enter(now, call, new CallInput.Acted(tell.leg(), new Act.Unreachable()));
      return;
    }
    for (ActPlanner.Planned planned : parties.reaction(call, tell)) {
      enter(now.plus(planned.in()), call, new CallInput.Acted(tell.leg(), planned.act()));
    }
  }

  /** The call is over. */
  void leave(LiveCall call) {
    questions.leave(call);
  }

  void enter(Instant due, LiveCall call, CallInput input) {
    time.agenda().enter(due, call, () -> call.take(input));
  }
}
