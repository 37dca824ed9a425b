package dev.ringback.call;

import dev.ringback.id.Sid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@code <Dial><Queue>}: what is known of it, and its phase.
 *
 * @param question asked for the call that waits longest
 * @param queue null until a call was found in it
 */
public record Dequeuing(int question, @Nullable Sid queue, Phase phase) {

  /** What the Dial waits for. */
  public sealed interface Phase {

    /** A call in the queue. */
    record Waiting(Alarm timeout) implements Phase {}

    /**
     * The call that was taken out hears the document of {@code url}.
     *
     * @param queuedSeconds how long it had waited
     */
    record Screening(Sid member, long queuedSeconds) implements Phase {}

    /**
     * The two talk.
     *
     * @param recording null: none
     */
    record Talking(
        Sid member, long queuedSeconds, Instant since, Alarm timeLimit, @Nullable Sid recording)
        implements Phase {}
  }

  /** The call that was taken out; null: none yet. */
  public @Nullable Sid member() {
    return switch (phase) {
      case Phase.Waiting waiting -> null;
      case Phase.Screening screening -> screening.member();
      case Phase.Talking talking -> talking.member();
    };
  }

  /** Whether the two are connected. */
  public boolean bridged() {
    return phase instanceof Phase.Talking;
  }

  public Dequeuing in(Phase phase) {
    return new Dequeuing(question, queue, phase);
  }
}
