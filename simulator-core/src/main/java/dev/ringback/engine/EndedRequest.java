package dev.ringback.engine;

import dev.ringback.call.CallInput;
import dev.ringback.callback.WebRequest;
import dev.ringback.voice.Landing;
import java.io.Serializable;

/**
 * A request that has ended, redirects and retries included.
 *
 * @param request of the last try
 * @param landed how it ended, as the call takes it
 * @param answer to the last try, with its headers, as the Debugger shows it
 */
record EndedRequest(WebRequest request, CallInput.Landed landed, Landing answer) {

  /** Who hears of the end. */
  interface Listener extends Serializable {
    void ended(EndedRequest request);
  }
}
