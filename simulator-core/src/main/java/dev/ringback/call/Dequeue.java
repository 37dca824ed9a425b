package dev.ringback.call;

import dev.ringback.id.Sid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@code <Dial><Queue>}: what is known of it.
 *
 * @param question asked for whoever waits longest
 * @param timeout null once somebody was found
 * @param queue null until somebody was found
 * @param member the leg that was taken out; null: none yet
 * @param queuedSeconds how long it had waited
 * @param since when the two were connected; null: not yet
 * @param timeLimit null until the two are connected
 * @param recording null: none
 */
public record Dequeue(
    int question,
    @Nullable Alarm timeout,
    @Nullable Sid queue,
    @Nullable Sid member,
    long queuedSeconds,
    @Nullable Instant since,
    @Nullable Alarm timeLimit,
    @Nullable Sid recording) {}
