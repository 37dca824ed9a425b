package dev.ringback.metrics;

import dev.ringback.engine.World;
import dev.ringback.wire.Lazy;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The figures of a server, in Prometheus' text format: all worlds together. Their labels are words
 * of the scenario format, HTTP statuses and error codes; never a SID, a number or a token.
 */
public final class Metrics {
  /** As Prometheus asks for it. */
  public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Set<World> worlds = ConcurrentHashMap.newKeySet();
  private final Lazy<PrometheusMeterRegistry> registry = new Lazy<>(this::registry);

  private PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Gauge.builder("ringback.worlds", worlds, Set::size)
        .description("Worlds that run")
        .register(made);
    Gauge.builder(
            "ringback.calls.live",
            worlds,
            all -> all.stream().mapToInt(world -> world.watch().liveCalls()).sum())
        .description("Calls that are not over")
        .register(made);
    Gauge.builder(
            "ringback.loop.queue",
            worlds,
            all -> all.stream().mapToInt(world -> world.watch().waiting()).sum())
        .description("Messages that the loops of the worlds have not dealt with")
        .register(made);
    new JvmMemoryMetrics().bindTo(made);
    return made;
  }

  private static Timer lateness(MeterRegistry registry) {
    return Timer.builder("ringback.timers.lateness")
        .description("How much later than due, on a real clock, a world did what was due")
        .publishPercentiles(0.5, 0.9, 0.99, 0.999) // HdrHistogram, of the last minutes
        .register(registry);
  }

  /** Counts what happens in a world from now on; nothing is loaded before something does. */
  public void watch(World world) {
    worlds.add(world);
    Lazy<JournalMeter> meter = new Lazy<>(() -> new JournalMeter(registry.get()));
    world.journal().subscribe(entry -> meter.get().accept(entry));
    world
        .watch()
        .onAnswer((request, landing, took) -> meter.get().answered(request, landing, took));
    Lazy<Timer> lateness = new Lazy<>(() -> lateness(registry.get()));
    world.watch().onTimer(late -> lateness.get().record(late));
  }

  /** The world has ended: what it has counted stays. */
  public void forget(World world) {
    worlds.remove(world);
  }

  /** The text that Prometheus reads. */
  public String scrape() {
    return registry.get().scrape();
  }
}
