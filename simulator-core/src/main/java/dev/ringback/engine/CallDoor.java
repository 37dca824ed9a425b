package dev.ringback.engine;

import dev.ringback.call.CallInput;
import dev.ringback.callback.WebRequest;
import dev.ringback.voice.Alert;
import org.jspecify.annotations.Nullable;

/** The door to the calls of a world, through which everything reaches them. */
interface CallDoor {

  /** A call takes an input. */
  void take(LiveCall call, CallInput input);

  /** A request of the call's has ended, and the call takes that as an input. */
  void take(LiveCall call, EndedRequest request);

  /** A request of the call's has ended of which the call takes no input. */
  void heard(LiveCall call);

  /**
   * Something of the call's has gone wrong.
   *
   * @param request concerned; null: none
   */
  void raise(LiveCall call, Alert alert, @Nullable WebRequest request);

  /** The developer is warned of a request of the call's. */
  void warn(LiveCall call, String message, WebRequest request);
}
