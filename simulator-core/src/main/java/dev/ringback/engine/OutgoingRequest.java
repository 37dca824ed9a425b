package dev.ringback.engine;

import dev.ringback.callback.Distortion;
import dev.ringback.id.Sid;
import dev.ringback.voice.AppRequest;

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
   * @param distortion what is wrong in it
   */
  record Trouble(boolean lost, int repeats, Distortion distortion) {
    static final Trouble NONE = new Trouble(false, 0, Distortion.NONE);

    Trouble withLoss() {
      return new Trouble(true, repeats, distortion);
    }

    Trouble withRepeat() {
      return new Trouble(lost, repeats + 1, distortion);
    }

    Trouble with(Distortion other) {
      return new Trouble(lost, repeats, other);
    }
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
