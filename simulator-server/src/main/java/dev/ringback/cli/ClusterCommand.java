package dev.ringback.cli;

import dev.ringback.config.ConfigFile;
import dev.ringback.json.JournalJson;
import dev.ringback.server.CannotListen;
import dev.ringback.server.ClusterStarter;
import dev.ringback.server.RingbackServer;
import dev.ringback.state.StateProblem;
import dev.ringback.yaml.BadInput;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
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
  private static final Pattern ADDRESS =
      Pattern.compile("([^\\s:\\[\\]]+|\\[[0-9A-Fa-f:.]+]):\\d{1,5}");

  @Mixin WorldOptions options = new WorldOptions();

  @Mixin ListenOptions listening = new ListenOptions();

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
    listening.read(config);
    config.port = ListenOptions.port("--port", port, 0);
    int own = ListenOptions.port("--cluster-port", clusterPort, 1);
    if (isEverywhere(config.host)) {
      throw WorldOptions.wrong(
          "--host", "must be where the other nodes reach this one, not " + config.host);
    }
    for (String address : join) {
      if (!ADDRESS.matcher(address).matches()) {
        throw WorldOptions.wrong("--join", "must be HOST:PORT, not '" + address + "'");
      }
      ListenOptions.port(
          "--join", Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)), 1);
    }
    if (!database.startsWith("jdbc:postgresql:")) {
      throw WorldOptions.wrong(
          "--db", "must be a JDBC URL of PostgreSQL, jdbc:postgresql://HOST/DATABASE");
    }
    if (!ListenOptions.hasChosenToken(config)) {
      throw WorldOptions.wrong(
          "account.authToken",
          "the nodes need one token for all, that you choose: set it in ringback.yaml, or TWILIO_AUTH_TOKEN");
    }
    listening.check(config, spec.commandLine().getErr());
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
    CountDownLatch stopped = ListenOptions.stopped(server);
    announce(config, server);
    stopped.await();
    return ExitCode.OK;
  }

  private static boolean isEverywhere(String host) {
    try {
      return InetAddress.getByName(host).isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false; // nobody can listen there, which is said then
    }
  }

  private void announce(ConfigFile config, RingbackServer server) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JournalJson.mapper()
              .writeValueAsString(ServeCommand.view(server.url(), config.world.settings())));
    } else {
      out.println("Ringback is ready at " + server.url() + ", a node of a cluster");
    }
    out.flush();
  }
}
