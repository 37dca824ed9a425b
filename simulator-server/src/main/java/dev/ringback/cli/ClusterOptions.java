package dev.ringback.cli;

import dev.ringback.config.KnownAccount;
import dev.ringback.load.CallPlan;
import dev.ringback.load.LoadOrder;
import dev.ringback.load.LoadRun;
import dev.ringback.yaml.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether load is placed by the nodes of a cluster. */
final class ClusterOptions {
  @Option(
      names = "--cluster",
      description =
          "the nodes of a cluster place the calls, each its part; the app is where they reach it")
  boolean cluster;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "with --cluster: one of its nodes; default: the one that runs on this machine")
  @Nullable String server;

  /** A scenario file, and how often it is played beside the others. */
  record Weighted(Path file, int weight) {}

  /** Those that play; empty: this process does. */
  List<RemoteServer> nodes(@Nullable String shard, @Nullable String until) throws BadInput {
    if (!cluster) {
      if (server != null) {
        throw WorldOptions.wrong("--server", "is of --cluster, which is missing");
      }
      return List.of();
    }
    if (shard != null) {
      throw WorldOptions.wrong(
          "--shard", "and --cluster exclude each other: the nodes are the shards");
    }
    if (until != null) {
      throw WorldOptions.wrong(
          "--until", "looks at the answers that one process has: leave --cluster out");
    }
    List<RemoteServer> nodes = new ArrayList<>();
    for (String node : RemoteServer.at(server).nodes()) {
      nodes.add(new RemoteServer(node));
    }
    return nodes;
  }

  /** What the nodes are to play, all parts of it. */
  static LoadOrder order(List<Weighted> played, LoadRun.Plan plan, LoadOrder.Where where)
      throws BadInput, IOException {
    Map<Path, String> names =
        LoadOrder.named(
            plan.plans().stream()
                .map(CallPlan::scenario)
                .flatMap(scenario ->
                    scenario.sources().stream()
                        .filter(source -> !scenario.app().filter(source::equals).isPresent()))
                .toList());
    Map<String, String> files = new LinkedHashMap<>();
    for (Map.Entry<Path, String> source : names.entrySet()) {
      files.put(source.getValue(), Files.readString(source.getKey()));
    }
    List<LoadOrder.Played> plans =
        played.stream()
            .map(one ->
                new LoadOrder.Played(
                    names.getOrDefault(one.file().toAbsolutePath().normalize(), ""), one.weight()))
            .toList();
    KnownAccount account = WorldOptions.accountOfApp();
    return LoadOrder.of(where, files, plans, plan, account);
  }
}
