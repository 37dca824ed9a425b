package dev.ringback.cli;

import dev.ringback.config.ConfigFile;
import dev.ringback.json.JournalJson;
import dev.ringback.server.CannotListen;
import dev.ringback.server.ClusterStarter;
import dev.ringback.server.RingbackServer;
import dev.ringback.state.StateProblem;
import dev.ringback.yaml.BadInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ringback cluster}. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description =
        "One node of many that are one fake Twilio; docs/CLUSTER.md tells what it needs and promises.")
final class ClusterCommand implements Callable<Integer> {
  private static final int MOST = 65_535;

  @Mixin WorldOptions options = new WorldOptions();

  @Option(names = "--host", paramLabel = "HOST", description = "of this node, default 127.0.0.1")
  @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      required = true,
      description = "for apps and people; 0 picks one")
  int port;

  @Option(
      names = "--cluster-port",
      paramLabel = "PORT",
      required = true,
      description = "for the other nodes")
  int clusterPort;

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      required = true,
      split = ",",
      description = "a node's address and cluster port; who has the first forms the cluster")
  List<String> join = new ArrayList<>();

  @Option(
      names = "--db",
      paramLabel = "JDBC-URL",
      required = true,
      description =
          "of the PostgreSQL that keeps the worlds, such as jdbc:postgresql://db/ringback?user=ringback")
  String database = "";

  @Option(names = "--json", description = "print the address and the account as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  ClusterCommand() {}

  @Override
  public Integer call() throws BadInput, InterruptedException {
    ConfigFile config = options.read();
    if (host != null) {
      config.host = host;
    }
    config.port = port(port, "--port", 0);
    int own = port(clusterPort, "--cluster-port", 1);
    for (String address : join) {
      if (!address.matches("[^\\s:]+:\\d{1,5}|\\[[0-9A-Fa-f:.]+]:\\d{1,5}")) {
        throw WorldOptions.wrong("--join", "must be HOST:PORT, not '" + address + "'");
      }
    }
    if (!database.startsWith("jdbc:postgresql:")) {
      throw WorldOptions.wrong(
          "--db", "must be a JDBC URL of PostgreSQL, jdbc:postgresql://HOST/DATABASE");
    }
    String token = System.getenv("TWILIO_AUTH_TOKEN");
    if (!config.world.hasToken() && (token == null || token.isEmpty())) {
      throw WorldOptions.wrong(
          "account.authToken",
          "the nodes need one token for all, that you choose: set it in ringback.yaml, or TWILIO_AUTH_TOKEN");
    }
    ClusterStarter starter =
        ServiceLoader.load(ClusterStarter.class)
            .findFirst()
            .orElseThrow(() ->
                WorldOptions.wrong(
                    "cluster",
                    "this is Ringback without what a cluster needs; `make cluster` adds it"));
    RingbackServer server;
    try {
      server =
          starter.start(
              config,
              seed -> ServeCommand.another(config, seed),
              new ClusterStarter.Options(own, join, database));
    } catch (CannotListen | StateProblem e) {
      throw WorldOptions.wrong("cluster", String.valueOf(e.getMessage()));
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              server.close();
              stopped.countDown();
              Runtime.getRuntime().halt(ExitCode.OK);
            }));
    announce(config, server);
    stopped.await();
    return ExitCode.OK;
  }

  private static int port(int port, String option, int least) throws BadInput {
    if (port < least || port > MOST) {
      throw WorldOptions.wrong(
          option, "must be from %d to %d, not %d".formatted(least, MOST, port));
    }
    return port;
  }

  private void announce(ConfigFile config, RingbackServer server) {
    var out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("url", server.url());
      view.put("accountSid", config.world.settings().account().value());
      view.put("authToken", config.world.settings().authToken());
      out.println(JournalJson.mapper().writeValueAsString(view));
    } else {
      out.println("Ringback is ready at " + server.url() + ", a node of a cluster");
    }
    out.flush();
  }
}
