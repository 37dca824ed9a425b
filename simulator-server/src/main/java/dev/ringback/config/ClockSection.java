package dev.ringback.config;

import dev.ringback.engine.ClockMode;
import dev.ringback.engine.WorldSettings;
import dev.ringback.yaml.Section;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of {@code clock}.
 *
 * @param mode {@code real}, {@code skipping} or {@code stepped}
 * @param speed of a real clock
 * @param start null: as the mode has it
 * @param settle virtual time: quiet on the wall before each skip
 * @param patience virtual time: how long on the wall it waits for a worker that custom routing may
 *     add
 * @param latency virtual time: how long an answer is modelled to take; only scenarios say it
 */
public record ClockSection(
    String mode,
    double speed,
    @Nullable Instant start,
    Duration settle,
    Duration patience,
    Duration latency) {
  static final List<String> MODES = List.of("real", "skipping", "stepped");

  static final ClockSection DEFAULT =
      new ClockSection("real", 1, null, Duration.ZERO, WorldSettings.PATIENCE, Duration.ZERO);

  ClockSection read(Section clock) {
    ClockSection read =
        new ClockSection(
            clock.choice("mode", MODES).orElse(mode),
            clock
                .value("speed", ClockSection::parseSpeed, "a number above 0, at most 1000")
                .orElse(speed),
            clock
                .value("start", ClockSection::parseInstant, "a time such as 2026-01-01T09:00:00Z")
                .orElse(start),
            clock.duration("settle").orElse(settle),
            clock.duration("patience").orElse(patience),
            latency);
    clock.done();
    return read;
  }

  /** A speed as written; empty when it is none. */
  public static Optional<Double> parseSpeed(String text) {
    try {
      double speed = Double.parseDouble(text);
      return speed > 0 && speed <= 1000 ? Optional.of(speed) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> parseInstant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  public ClockSection withMode(String mode) {
    return new ClockSection(mode, speed, start, settle, patience, latency);
  }

  public ClockSection withSpeed(double speed) {
    return new ClockSection(mode, speed, start, settle, patience, latency);
  }

  public ClockSection withPatience(Duration patience) {
    return new ClockSection(mode, speed, start, settle, patience, latency);
  }

  public ClockSection withLatency(Duration latency) {
    return new ClockSection(mode, speed, start, settle, patience, latency);
  }

  public ClockMode clockMode() {
    return switch (mode) {
      case "real" -> new ClockMode.Real(speed);
      case "skipping" -> new ClockMode.Skipping();
      case "stepped" -> new ClockMode.Stepped();
      default -> throw new IllegalArgumentException(mode);
    };
  }
}
