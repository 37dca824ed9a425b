package dev.ringback.engine;

import dev.ringback.voice.AppRequest;

/** The way to the app, for those that ask something of it. */
interface CallbackSender {

  /**
   * Sends a request.
   *
   * @param by whose it is
   * @param then hears of its end
   */
  void send(Requester by, AppRequest request, EndedRequest.Listener then);

  /** Sends a request, of whose end its requester hears. */
  default void send(Requester by, AppRequest request) {
    send(by, request, by::ended);
  }
}
