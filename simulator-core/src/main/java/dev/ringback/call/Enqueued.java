package dev.ringback.call;

import dev.ringback.id.Sid;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An {@code <Enqueue>}: what is known of it, and its phase.
 *
 * @param since when it was enqueued
 */
public record Enqueued(Instant since, Phase phase) {

  /** What the call waits for. */
  public sealed interface Phase {

    /** A place in the queue. */
    record Asking(int question) implements Phase {}

    /**
     * Its turn; it hears the document of {@code waitUrl}.
     *
     * @param question asked for its place, as it is by now
     */
    record Waiting(Sid queue, int question, WaitDocument document) implements Phase {}

    /**
     * The connection: it was taken out, and hears the document of {@code <Queue url>}.
     *
     * @param dequeuing the call that took it out
     * @param waited seconds
     */
    record TakenOut(Sid queue, Sid dequeuing, long waited, WaitDocument document)
        implements Phase {}

    /** The end: the two are connected. */
    record Bridged(Sid queue, Sid dequeuing, long waited) implements Phase {}
  }

  /** The queue it has a place in, or had; null: none yet. */
  public @Nullable Sid queue() {
    return switch (phase) {
      case Phase.Asking asking -> null;
      case Phase.Waiting waiting -> waiting.queue();
      case Phase.TakenOut out -> out.queue();
      case Phase.Bridged bridged -> bridged.queue();
    };
  }

  /** Seconds in the queue, until it was taken out or until now. */
  public long waited(Instant now) {
    return switch (phase) {
      case Phase.TakenOut out -> out.waited();
      case Phase.Bridged bridged -> bridged.waited();
      case Phase.Asking asking -> secondsUntil(now);
      case Phase.Waiting waiting -> secondsUntil(now);
    };
  }

  private long secondsUntil(Instant now) {
    return Duration.between(since, now).toSeconds();
  }

  /** Whether the two are connected. */
  public boolean bridged() {
    return phase instanceof Phase.Bridged;
  }

  public Enqueued in(Phase phase) {
    return new Enqueued(since, phase);
  }
}
