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
 * @param waited seconds until it was taken out; null: it still waits
 * @param waiting what is heard meanwhile
 * @param dequeuing the call that took it out; null: none yet
 * @param bridged whether the two are connected
 */
public record Queueing(
    int question,
    @Nullable Sid queue,
    Instant since,
    @Nullable Long waited,
    Waiting waiting,
    @Nullable Sid dequeuing,
    boolean bridged) {
  Queueing hearing(Waiting waiting) {
    return new Queueing(question, queue, since, waited, waiting, dequeuing, bridged);
  }

  Queueing asking(int question) {
    return new Queueing(question, queue, since, waited, waiting, dequeuing, bridged);
  }

  Queueing at(Sid queue) {
    return new Queueing(question, queue, since, waited, waiting, dequeuing, bridged);
  }

  Queueing takenOut(Sid dequeuing, long waited) {
    return new Queueing(question, queue, since, waited, waiting, dequeuing, false);
  }

  Queueing connected() {
    return new Queueing(question, queue, since, waited, Waiting.NOTHING, dequeuing, true);
  }
}
