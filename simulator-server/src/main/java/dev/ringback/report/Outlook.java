package dev.ringback.report;

import dev.ringback.call.Call;
import dev.ringback.call.CallState;
import dev.ringback.call.Dial;
import dev.ringback.call.Session;
import dev.ringback.call.SessionState;
import java.time.Duration;
import java.util.Optional;

/** What Twilio would do next in a call that is still going on. */
public final class Outlook {
  private Outlook() {}

  /** A sentence without its full stop; empty when nothing will happen any more. */
  public static Optional<String> of(Call call) {
    if (call.over()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (call.state()) {
          case CallState.Arriving s ->
              call.facts().options() == null
                  ? "asks for the first document"
                  : "leaves the queue and rings " + call.facts().leg().to();
          case CallState.Outgoing s -> "asks for the first document when the called party answers";
          case CallState.Fetching s ->
              "runs what %s %s answers; after 15 s without an answer, the fallback"
                  .formatted(s.pending().target().method(), s.pending().target().url());
          case CallState.Speaking s -> "goes on to the next verb when this one is over";
          case CallState.Gathering s ->
              "requests the action when keys are pressed; otherwise the next verb after %s"
                  .formatted(seconds(s.verb().timeout()));
          case CallState.RecordingMessage s ->
              "requests the action after %s of silence, a key, or when the caller hangs up"
                  .formatted(seconds(s.verb().timeout()));
          case CallState.InSession s -> session(s.session());
          case CallState.Streaming s -> "streams until the call ends";
          case CallState.Dialling s -> dial(s);
          case CallState.InConference s ->
              s.conference().waits()
                  ? "waits until the conference begins"
                  : "goes on when the conference is over or the caller leaves it";
          case CallState.DiallingQueue s ->
              s.dequeuing().bridged()
                  ? "goes on when either hangs up"
                  : "connects the caller with the first caller in the queue; not within %s: goes on"
                      .formatted(seconds(s.verb().timeout()));
          case CallState.InQueue s ->
              s.enqueued().bridged()
                  ? "goes on when either hangs up"
                  : "waits in queue '"
                      + s.verb().queue()
                      + "' until a <Dial><Queue> takes the call out";
          case CallState.Redirecting s ->
              "reads the answer to the action request, does not run it, and goes where the API says";
          case CallState.Leaving s -> "leaves what it waits for";
          case CallState.Ready s -> "connects the two parties";
          case CallState.Ended s ->
              s.lastRequest() != null
                  ? "reads the answer to the last request, and does not run it"
                  : "sends the recording's callback when the file is there";
        });
  }

  private static String dial(CallState.Dialling state) {
    return switch (state.dial().phase()) {
      case Dial.Phase.Calling phase ->
          "connects the caller with the first party to answer; none within %s: DialCallStatus=no-answer"
              .formatted(seconds(state.verb().timeout()));
      case Dial.Phase.Screening phase ->
          "connects the two when the called party has heard its document; a hang-up there declines";
      case Dial.Phase.Talking phase -> "goes on when either hangs up";
    };
  }

  private static String session(Session session) {
    boolean outbound = session.workerInitiated();
    return switch (session.state()) {
      case SessionState.LookingUp s -> "looks for the conversation";
      case SessionState.Creating s -> "creates a conversation";
      case SessionState.AwaitingWorker s ->
          "dials the worker who joins; nobody within %s: Result=no-other-participants"
              .formatted(seconds(session.noun().routingAssignmentTimeout()));
      case SessionState.Dialling s -> unanswered(session, outbound);
      case SessionState.Ringing s -> unanswered(session, outbound);
      case SessionState.Whispering s ->
          "connects the two when the document of url is over; a hang-up there declines";
      case SessionState.Talking s -> "requests the action when either hangs up";
    };
  }

  private static String unanswered(Session session, boolean outbound) {
    return outbound
        ? "connects the two when the customer answers; otherwise DialCallStatus=no-answer"
        : "connects the two when the worker answers; not within %s: DialCallStatus=no-answer"
            .formatted(seconds(session.noun().inboundTimeout()));
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
