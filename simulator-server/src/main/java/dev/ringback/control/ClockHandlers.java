package dev.ringback.control;

import dev.ringback.config.ClockSection;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.Holds;
import dev.ringback.worlds.WorldChoice;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Time, and the beginning of it. */
final class ClockHandlers {
  private static final Duration DEFAULT_LEASE = Duration.ofSeconds(30);

  private final WorldChoice choice;

  ClockHandlers(WorldChoice choice) {
    this.choice = choice;
  }

  void showClock(Context context) {
    context.json(Views.clock(choice.of(context).clock().join()));
  }

  void advance(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    body.missing("by");
    Optional<Duration> by = body.duration("by");
    body.done();
    body.check();
    if (!(choice.of(context).settings().clock() instanceof ClockMode.Stepped)) {
      throw Refusal.conflict("only a stepped clock can be advanced", "start with --clock stepped");
    }
    CompletableFuture<?> reached = choice.of(context).advance(by.orElseThrow());
    reached.join();
    showClock(context);
  }

  void run(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    body.missing("speed");
    Optional<Double> speed =
        body.value("speed", ClockSection::parseSpeed, "a number above 0, at most 1000");
    body.done();
    body.check();
    if (!choice.of(context).run(speed.orElseThrow()).join()) {
      throw Refusal.conflict("only a real clock has a speed", "start with --clock real");
    }
    showClock(context);
  }

  void hold(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    body.missing("name");
    Optional<String> name = body.text("name");
    Duration lease = body.duration("lease").orElse(DEFAULT_LEASE);
    body.done();
    body.check();
    requireVirtual(context);
    List<Holds.Hold> holds = choice.of(context).hold(name.orElseThrow(), lease).join();
    context.status(201).json(Map.of("holds", holds.stream().map(Views::hold).toList()));
  }

  void release(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    @Nullable String name = context.queryParam("name");
    if (name == null) {
      body.missing("name");
    }
    String held = body.text("name").orElse(name == null ? "" : name);
    body.done();
    body.check();
    requireVirtual(context);
    if (!choice.of(context).release(held).join()) {
      throw Refusal.notFound("nobody holds the clock by the name '" + held + "'");
    }
    context.status(204);
  }

  private void requireVirtual(Context context) {
    if (!choice.of(context).settings().clock().virtual()) {
      throw Refusal.conflict(
          "a real clock cannot be held", "start with --clock skipping or stepped");
    }
  }

  void reset(Context context) {
    choice.of(context).reset().join();
    context.status(204);
  }
}
