package dev.ringback.cli;

import dev.ringback.json.JournalJson;
import dev.ringback.load.LoadOrder;
import dev.ringback.load.LoadResult;
import dev.ringback.load.Snapshot;
import dev.ringback.yaml.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Load that the nodes of a cluster place, each its part; their figures are added up. */
final class ClusterLoad {
  private final List<RemoteServer> nodes;
  private final LoadOrder order;

  // Guarded by this.
  private final TreeMap<Integer, String> running = new TreeMap<>();
  private final TreeMap<Integer, Snapshot> latest = new TreeMap<>();
  private final List<String> lost = new ArrayList<>();
  private @Nullable LoadResult sum;

  /**
   * @param order all parts of it
   */
  ClusterLoad(List<RemoteServer> nodes, LoadOrder order) {
    this.nodes = nodes;
    this.order = order;
  }

  /**
   * Waits until all parts are over.
   *
   * @throws BadInput when a node refuses its part, or none has told what became of it
   */
  LoadResult run(Consumer<Snapshot> view) throws BadInput, InterruptedException {
    try {
      for (int i = 0; i < nodes.size(); i++) {
        String id = nodes.get(i).beginLoad(order.part(i + 1, nodes.size()));
        synchronized (this) {
          running.put(i, id);
        }
      }
    } catch (BadInput e) {
      stop();
      throw e;
    }
    List<Thread> following = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      int node = i;
      following.add(Thread.ofVirtual().name("load-" + node).start(() -> follow(node, view)));
    }
    for (Thread thread : following) {
      thread.join();
    }
    synchronized (this) {
      if (sum == null) {
        throw WorldOptions.wrong("--cluster", "no node has told what became of its calls");
      }
      return sum;
    }
  }

  /** Which parts are missing in the sum, and why: a sentence each. */
  synchronized List<String> lost() {
    return List.copyOf(lost);
  }

  /** No more calls are placed; the figures are those so far. */
  void stop() {
    List<Integer> all;
    synchronized (this) {
      all = List.copyOf(running.keySet());
    }
    for (int node : all) {
      try {
        nodes.get(node).endLoad(id(node));
      } catch (BadInput e) {
        // Whoever follows it hears the same.
      }
    }
  }

  private synchronized String id(int node) {
    return running.getOrDefault(node, "");
  }

  private void follow(int node, Consumer<Snapshot> view) {
    try {
      while (true) {
        JsonNode told = nodes.get(node).load(id(node));
        if (told.has("result")) {
          ended(node, JournalJson.mapper().treeToValue(told.get("result"), LoadResult.class));
          return;
        }
        if (told.has("now")) {
          tell(node, JournalJson.mapper().treeToValue(told.get("now"), Snapshot.class), view);
        }
      }
    } catch (BadInput | JacksonException e) {
      synchronized (this) {
        running.remove(node);
        lost.add(
            "the calls of node %d of %d are not counted: %s"
                .formatted(node + 1, nodes.size(), e.getMessage()));
      }
    }
  }

  private synchronized void ended(int node, LoadResult result) {
    running.remove(node);
    sum = sum == null ? result : sum.plus(result);
  }

  private synchronized void tell(int node, Snapshot now, Consumer<Snapshot> view) {
    latest.put(node, now);
    if (latest.firstKey() == node) { // once a second
      latest.values().stream().reduce(Snapshot::plus).ifPresent(view);
    }
  }
}
