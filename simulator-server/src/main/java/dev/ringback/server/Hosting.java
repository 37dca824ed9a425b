package dev.ringback.server;

import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.state.StateProblem;
import dev.ringback.worlds.Worlds;
import io.javalin.config.RoutesConfig;
import java.util.Optional;
import org.eclipse.jetty.server.Server;

/** Where the worlds of a server are, and what keeps them. */
public interface Hosting {
  /** In this process, and as long as it lives. */
  static Hosting inMemory(Worlds worlds) {
    return (server, configured) -> worlds.start(configured);
  }

  /** Adds routes before all others. */
  default void routes(RoutesConfig routes) {}

  /**
   * Starts the worlds that are kept, and the first one if there is none; the server listens.
   *
   * @param server of this process
   * @param configured the settings of the first world
   * @return the first world; empty: it is not in this process
   * @throws StateProblem when what is kept cannot go on
   */
  Optional<World> begin(Server server, WorldSettings configured) throws StateProblem;

  /** Why worlds cannot go on at present; empty: they can. */
  default Optional<String> failure() {
    return Optional.empty();
  }

  /** The server takes no more requests, and the worlds still live. */
  default void end() {}

  /** The worlds are closed. */
  default void close() {}
}
