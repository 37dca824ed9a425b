package dev.ringback.control;

import dev.ringback.engine.World;
import io.javalin.http.Context;

/** Which world a request means: the one its path names, or the first. */
final class WorldChoice {
  static final String ACCOUNT = "AccountSid";

  private final Worlds worlds;

  WorldChoice(Worlds worlds) {
    this.worlds = worlds;
  }

  World of(Context context) {
    String account = context.pathParamMap().get(ACCOUNT);
    return account == null
        ? worlds
            .first()
            .orElseThrow(() ->
                new Refusal(503, "the server is starting or shutting down", null, "try again"))
        : worlds
            .of(account)
            .orElseThrow(() -> Refusal.notFound("there is no world '" + account + "'"));
  }
}
