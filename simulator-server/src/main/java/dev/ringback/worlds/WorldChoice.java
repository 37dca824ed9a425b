package dev.ringback.worlds;

import dev.ringback.engine.World;
import io.javalin.http.Context;
import java.util.List;

/** Which world a request means: the one of the account that its path names, or the first. */
public final class WorldChoice {
  /** The name of the account in the pattern of a path. */
  public static final String ACCOUNT = "AccountSid";

  private final Worlds worlds;

  public WorldChoice(Worlds worlds) {
    this.worlds = worlds;
  }

  /** The account SIDs of all worlds; the first is meant when none is named. */
  public List<String> accounts() {
    return worlds.accounts();
  }

  /** Whether worlds may be on other nodes than this one. */
  public boolean isClustered() {
    return worlds.isClustered();
  }

  /** Whether the world that is meant goes on after this process has ended. */
  public boolean isKept(Context context) {
    return worlds.logOf(of(context)) != null;
  }

  /**
   * @throws NoWorld when there is none
   */
  public World of(Context context) {
    String account = context.pathParamMap().get(ACCOUNT);
    return account == null
        ? worlds.first().orElseThrow(NoWorld::yet)
        : worlds.of(account).orElseThrow(() -> NoWorld.of(account));
  }
}
