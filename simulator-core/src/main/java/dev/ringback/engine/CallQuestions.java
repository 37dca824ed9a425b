package dev.ringback.engine;

import dev.ringback.call.CallInput;
import dev.ringback.call.DirectoryAnswer;
import dev.ringback.call.DirectoryQuestion;
import dev.ringback.call.Effect;
import dev.ringback.call.MeetingQuestion;
import dev.ringback.fault.Fault;
import dev.ringback.twiml.TwilioError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What calls ask: queues and conferences answer at once, the directory of conversations now or
 * later; each answer is an input of the call. Faults can answer in their place.
 */
final class CallQuestions {
  private final WorldTime time;
  private final CallMeetings meetings;
  private final SessionDirectory directory;
  private final WaitingForWorker waiting;
  private final CallFaultInjector faults;

  CallQuestions(
      WorldTime time,
      CallMeetings meetings,
      SessionDirectory directory,
      WaitingForWorker waiting,
      CallFaultInjector faults) {
    this.time = time;
    this.meetings = meetings;
    this.directory = directory;
    this.waiting = waiting;
    this.faults = faults;
  }

  void ask(LiveCall call, Effect.Ask ask, Instant now) {
    if (ask.about() instanceof MeetingQuestion question) {
      meetings.ask(call, ask.question(), question, now);
      return;
    }
    DirectoryAnswer trouble = trouble(call, ask.about());
    if (trouble != null) {
      enter(call, new CallInput.Told(ask.question(), trouble), now);
      return;
    }
    directory.ask(call, ask.about(), answer -> answered(call, ask.question(), answer));
  }

  private void enter(LiveCall call, CallInput input, Instant due) {
    time.agenda().enter(due, call, () -> call.take(input));
  }

  private void answered(LiveCall call, int question, DirectoryAnswer answer) {
    if (call.dropped()) {
      return;
    }
    enter(call, new CallInput.Told(question, answer), time.now());
    if (call.call.facts().leg().ended()) {
      return;
    }
    if (answer instanceof DirectoryAnswer.Created created) {
      waiting.add(created.conversation(), call);
    } else if (answer instanceof DirectoryAnswer.Awaiting awaiting) {
      waiting.add(awaiting.conversation(), call);
    }
  }

  /** The answer of a fault; null: none strikes. */
  private @Nullable DirectoryAnswer trouble(LiveCall call, DirectoryQuestion question) {
    return switch (question) {
      case DirectoryQuestion.Create create ->
          faults.strikes(call, Fault.NoConversation.class)
              ? new DirectoryAnswer.NotCreated(
                  TwilioError.CONVERSATION_SERVICE_FAILURE.code(),
                  "the conversation could not be created: a fault")
              : null;
      case DirectoryQuestion.FindPair find -> broken(call);
      case DirectoryQuestion.FindForWorker find -> broken(call);
      case DirectoryQuestion.LogCall log -> null;
      case MeetingQuestion meeting -> null;
    };
  }

  private @Nullable DirectoryAnswer broken(LiveCall call) {
    return faults.strikes(call, Fault.InternalError.class)
        ? new DirectoryAnswer.Broken("something failed within Twilio: a fault")
        : null;
  }

  /** The call is over: it is in no queue and no conference, and waits for no worker. */
  void leave(LiveCall call) {
    meetings.leave(call);
    time.agenda().forget(call);
    waiting.remove(call);
  }
}
