package dev.ringback.meeting;

import dev.ringback.call.MeetingAnswer;
import dev.ringback.id.Sid;
import dev.ringback.voice.AppRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * What comes of a question, or of a command of the REST API: answers to calls, asked or not, and
 * callbacks to the app.
 */
public record MeetingReply(List<ToCall> answers, List<AppRequest> callbacks) {

  /**
   * @param question that it answers; 0: none
   */
  public record ToCall(Sid call, int question, MeetingAnswer answer) {}

  static MeetingReply none() {
    return new MeetingReply(new ArrayList<>(), new ArrayList<>());
  }

  void answer(Sid call, int question, MeetingAnswer answer) {
    answers.add(new ToCall(call, question, answer));
  }

  /** Tells a call something that it has not asked. */
  void tell(Sid call, MeetingAnswer answer) {
    answer(call, 0, answer);
  }
}
