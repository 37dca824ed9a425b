package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.twiml.DialNoun;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@code <Dial><Conference>}: what is known of it.
 *
 * @param question asked to join
 * @param conference null until it is joined
 * @param joined null until it is joined
 * @param waiting what is heard until the conference begins; null: it has begun
 * @param timeLimit null until it is joined
 * @param recording of the conference by this call; null: none
 */
public record Conferencing(
    DialNoun.Conference noun,
    int question,
    @Nullable Sid conference,
    @Nullable Instant joined,
    @Nullable Waiting waiting,
    @Nullable Alarm timeLimit,
    @Nullable Sid recording) {
  Conferencing hearing(@Nullable Waiting waiting) {
    return new Conferencing(noun, question, conference, joined, waiting, timeLimit, recording);
  }

  Conferencing recordedAs(@Nullable Sid recording) {
    return new Conferencing(noun, question, conference, joined, waiting, timeLimit, recording);
  }
}
