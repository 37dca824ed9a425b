package dev.ringback.engine;

import dev.ringback.id.Sid;
import dev.ringback.voice.AppRequest;
import java.time.Duration;

/**
 * A request that is to be sent, and the trouble that faults make of it.
 *
 * @param lane of requests that leave one after the other
 * @param then hears of its end
 */
record OutgoingRequest(
    Requester by, Sid lane, AppRequest request, EndedRequest.Listener then, Trouble trouble) {

  /**
   * @param lost whether it is lost on the way
   * @param repeats how many times more it is sent
   * @param skew by how much the clock behind its {@code Timestamp} is wrong
   */
  record Trouble(boolean lost, int repeats, Duration skew) {
    static final Trouble NONE = new Trouble(false, 0, Duration.ZERO);
  }

  OutgoingRequest(Requester by, AppRequest request, EndedRequest.Listener then, Trouble trouble) {
    this(by, laneOf(by, request), request, then, trouble);
  }

  /** Requests of a call leave one after the other; those of a conference or the Debugger aside. */
  private static Sid laneOf(Requester by, AppRequest request) {
    boolean aside =
        switch (request.kind()) {
          case CONFERENCE_STATUS, DEBUGGER -> true;
          default -> false;
        };
    Sid call = by.callSid();
    return aside || call == null ? request.id().leg() : call;
  }
}
