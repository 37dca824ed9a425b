package dev.ringback.call;

import dev.ringback.id.Sid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An {@code <Enqueue>}: what is known of it.
 *
 * @param question asked for a place, or for how it is by now
 * @param queue null until it has a place
 * @param since when it was enqueued
 * @param waiting what is heard meanwhile
 * @param dequeuing the call that took it out; null: none yet
 * @param bridged whether the two are connected
 */
public record Queueing(
    int question,
    @Nullable Sid queue,
    Instant since,
    Waiting waiting,
    @Nullable Sid dequeuing,
    boolean bridged) {
  Queueing hearing(Waiting waiting) {
    return new Queueing(question, queue, since, waiting, dequeuing, bridged);
  }

  Queueing asking(int question) {
    return new Queueing(question, queue, since, waiting, dequeuing, bridged);
  }
}
