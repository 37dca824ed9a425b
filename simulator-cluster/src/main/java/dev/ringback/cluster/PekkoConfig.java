package dev.ringback.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.ringback.server.ClusterStarter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of Pekko's settings is ours; {@code cluster.conf} has those that are always the same. */
final class PekkoConfig {
  private PekkoConfig() {}

  /**
   * @param seeds that are asked to take this node in; who is the first forms the cluster
   * @param role by which the others know where this node answers
   */
  static Config of(String host, ClusterStarter.Options options, List<String> seeds, String role) {
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("pekko.remote.artery.canonical.hostname", host);
    own.put("pekko.remote.artery.canonical.port", options.port());
    own.put(
        "pekko.cluster.seed-nodes",
        seeds.stream().map(seed -> "pekko://ringback@" + seed).toList());
    own.put("pekko.cluster.roles", List.of(role));
    own.put("pekko-persistence-jdbc.shared-databases.slick.db.url", options.database());
    return ConfigFactory.parseMap(own)
        .withFallback(ConfigFactory.parseResources("cluster.conf"))
        .withFallback(ConfigFactory.load())
        .resolve();
  }
}
