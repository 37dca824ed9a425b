package dev.ringback.cluster;

import dev.ringback.control.ControlApi;
import dev.ringback.engine.Egress;
import dev.ringback.engine.WorldSettings;
import dev.ringback.json.JournalJson;
import dev.ringback.load.LoadOrder;
import dev.ringback.load.LoadResult;
import dev.ringback.load.LoadRun;
import dev.ringback.load.Snapshot;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Parts of a run of load that this node plays for {@code ringback load --cluster}, in worlds of
 * this process that no cluster keeps. One that nobody asks about any more ends.
 */
final class LoadRoutes {
  static final String PATH = "/sim/v1/cluster/load";

  /** After that somebody who ordered it is gone. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(30);

  /** At a time, on one node. */
  private static final int MOST = 8;

  /** Where load may go beside this machine; nowhere, as long as the node is not ready. */
  private volatile Egress egress = new Egress(Egress.Rule.SEALED, Set.of(), 0);

  private final Map<String, Part> parts = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  /** One of them. */
  private static final class Part {
    private final LoadRun run;
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
    private volatile @Nullable Snapshot now;
    private volatile long asked = System.nanoTime();

    Part(LoadRun run) {
      this.run = run;
    }

    void play(Path folder) {
      try {
        result.complete(run.run(this::tick));
      } catch (InterruptedException | RuntimeException e) {
        result.completeExceptionally(e);
      } finally {
        remove(folder);
      }
    }

    private void tick(Snapshot snapshot) {
      now = snapshot;
      if (System.nanoTime() - asked > FORGOTTEN.toNanos()) {
        run.stop();
      }
    }
  }

  /** What the node's own configuration lets requests do holds for load, too. */
  void within(WorldSettings configured) {
    egress = Egress.ofAnother(configured);
  }

  void routes(RoutesConfig routes) {
    routes.post(PATH, this::begin);
    routes.get(PATH + "/{id}", this::show);
    routes.delete(PATH + "/{id}", this::end);
  }

  private void begin(Context context) throws BadInput, IOException {
    ControlApi.requireJson(context);
    LoadOrder order;
    try {
      order = JournalJson.mapper().readValue(context.bodyAsBytes(), LoadOrder.class);
    } catch (JacksonException e) {
      throw new BadInput(
          new Problem(
              null,
              0,
              "",
              "what `ringback load --cluster` orders: " + e.getOriginalMessage(),
              null));
    }
    parts.values().removeIf(part -> part.result.isDone() && isForgotten(part));
    if (parts.size() >= MOST) {
      refuse(context, 409, "this node plays %d parts of load already".formatted(MOST));
      return;
    }
    Path folder = Files.createTempDirectory("ringback-load");
    Part part;
    try {
      part = new Part(order.within(egress).in(folder));
    } catch (BadInput | IOException | RuntimeException e) {
      remove(folder);
      throw e;
    }
    String id = Long.toString(last.incrementAndGet());
    parts.put(id, part);
    Thread.ofPlatform().daemon().name("load-" + id).start(() -> part.play(folder));
    context.status(201).json(Map.of("id", id));
  }

  private static boolean isForgotten(Part part) {
    return System.nanoTime() - part.asked > FORGOTTEN.toNanos();
  }

  /** How far it is, a second later or when it is over: then what became of it, once. */
  private void show(Context context) throws InterruptedException {
    String id = context.pathParam("id");
    Part part = parts.get(id);
    if (part == null) {
      refuse(context, 404, "this node plays no load of that name");
      return;
    }
    part.asked = System.nanoTime();
    try {
      LoadResult result = part.result.get(1, TimeUnit.SECONDS);
      parts.remove(id);
      answer(context, Map.of("result", result));
    } catch (TimeoutException e) {
      Snapshot now = part.now;
      answer(context, now == null ? Map.of() : Map.of("now", now));
    } catch (ExecutionException e) {
      parts.remove(id);
      refuse(context, 500, "the load could not be played: " + e.getCause());
    }
  }

  private void end(Context context) {
    Part part = parts.get(context.pathParam("id"));
    if (part == null) {
      refuse(context, 404, "this node plays no load of that name");
      return;
    }
    part.run.stop();
    context.status(204);
  }

  private static void answer(Context context, Map<String, Object> body) {
    context.contentType("application/json").result(JournalJson.mapper().writeValueAsString(body));
  }

  private static void refuse(Context context, int status, String message) {
    context.status(status).json(Map.of("error", Map.of("message", message)));
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
