package dev.ringback.engine;

import dev.ringback.call.CallInput;
import dev.ringback.call.MeetingQuestion;
import dev.ringback.meeting.MeetingReply;
import dev.ringback.meeting.Meetings;
import dev.ringback.voice.AppRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Calls in queues and conferences: answers reach the calls they are for as inputs, callbacks leave
 * in the name of the call that caused them.
 */
final class CallMeetings {
  private final Meetings meetings;
  private final LiveCalls calls;
  private final WorldTime time;
  private final CallbackSender callbacks;

  CallMeetings(Meetings meetings, LiveCalls calls, WorldTime time, CallbackSender callbacks) {
    this.meetings = meetings;
    this.calls = calls;
    this.time = time;
    this.callbacks = callbacks;
  }

  /** The queues and conferences themselves. */
  Meetings meetings() {
    return meetings;
  }

  void ask(LiveCall call, int number, MeetingQuestion question, Instant now) {
    MeetingReply reply = meetings.ask(call.callSid(), number, question, now);
    answer(reply);
    for (AppRequest callback : reply.callbacks()) {
      callbacks.send(call, callback);
    }
  }

  /** The call is over. */
  void leave(LiveCall call) {
    MeetingReply reply = meetings.gone(call.callSid(), time.now());
    answer(reply);
    send(reply, firstOf(reply, true));
  }

  /** The REST API has commanded something. */
  void commanded(MeetingReply reply) {
    answer(reply);
    send(reply, firstOf(reply, false));
  }

  private void answer(MeetingReply reply) {
    for (MeetingReply.ToCall told : reply.answers()) {
      LiveCall call = calls.ofLeg(told.call());
      if (call != null && !call.over()) {
        CallInput input = new CallInput.Told(told.question(), told.answer());
        time.agenda().enter(time.now(), call, () -> call.take(input));
      }
    }
  }

  private @Nullable LiveCall firstOf(MeetingReply reply, boolean live) {
    return reply.answers().stream()
        .map(told -> calls.ofLeg(told.call()))
        .filter(call -> call != null && !(live && call.over()))
        .findFirst()
        .orElse(null);
  }

  private void send(MeetingReply reply, @Nullable LiveCall by) {
    if (by != null) {
      for (AppRequest callback : reply.callbacks()) {
        callbacks.send(by, callback);
      }
    }
  }
}
