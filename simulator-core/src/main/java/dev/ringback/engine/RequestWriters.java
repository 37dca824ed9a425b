package dev.ringback.engine;

import dev.ringback.callback.FormWriter;
import dev.ringback.callback.RequestWriter;
import dev.ringback.callback.Signature;

/** How the requests of a world are written and signed. */
final class RequestWriters {
  private RequestWriters() {}

  static RequestWriter of(WorldSettings settings) {
    return new RequestWriter(
        new FormWriter(settings.publicUrl()),
        new Signature(settings.authToken()),
        settings.identity().network().map(),
        settings.behaviour().signedGetParameters());
  }
}
