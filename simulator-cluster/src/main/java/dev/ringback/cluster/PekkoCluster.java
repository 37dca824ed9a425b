package dev.ringback.cluster;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.server.CannotListen;
import dev.ringback.server.ClusterStarter;
import dev.ringback.server.RingbackServer;
import dev.ringback.state.StateProblem;
import dev.ringback.worlds.Worlds;
import java.util.function.LongFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts nodes of a cluster of Apache Pekko. */
public final class PekkoCluster implements ClusterStarter {
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  /** For {@link java.util.ServiceLoader}. */
  public PekkoCluster() {}

  @Override
  public RingbackServer start(ConfigFile config, LongFunction<WorldDraft> drafts, Options options)
      throws CannotListen, StateProblem {
    DRIVER.setLevel(Level.OFF); // what it has to say comes as an exception, too
    Tables.make(options.database());
    return RingbackServer.start(
        config, drafts, new Worlds(), worlds -> new ClusterHosting(worlds, config, options));
  }
}
