package dev.ringback.server;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.state.StateProblem;
import java.util.List;
import java.util.function.LongFunction;

/** Starts a node of a cluster; `simulator-cluster` has one, and brings what that needs. */
public interface ClusterStarter {
  /**
   * How a node finds the others.
   *
   * @param port of this node for the others; its host is that of the server
   * @param seeds addresses of nodes, HOST:PORT; who has the first forms the cluster
   * @param database of all, a JDBC URL of PostgreSQL
   */
  record Options(int port, List<String> seeds, String database) {}

  /**
   * Starts one; gives it when it can serve.
   *
   * @throws CannotListen when a port is taken
   * @throws StateProblem when the database cannot be reached, or the cluster cannot be joined
   */
  RingbackServer start(ConfigFile config, LongFunction<WorldDraft> drafts, Options options)
      throws CannotListen, StateProblem;
}
