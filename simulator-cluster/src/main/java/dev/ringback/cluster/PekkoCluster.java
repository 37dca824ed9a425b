package dev.ringback.cluster;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.server.CannotListen;
import dev.ringback.server.ClusterStarter;
import dev.ringback.server.RingbackServer;
import dev.ringback.state.StateProblem;
import dev.ringback.worlds.Worlds;
import java.util.function.LongFunction;

/** Starts nodes of a cluster of Apache Pekko. */
public final class PekkoCluster implements ClusterStarter {
  /** For {@link java.util.ServiceLoader}. */
  public PekkoCluster() {}

  @Override
  public RingbackServer start(ConfigFile config, LongFunction<WorldDraft> drafts, Options options)
      throws CannotListen, StateProblem {
    Tables.make(options.database());
    return RingbackServer.start(
        config, drafts, new Worlds(), worlds -> new ClusterHosting(worlds, config, options));
  }
}
