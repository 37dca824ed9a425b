package dev.ringback.voice;

import dev.ringback.id.Sid;

/**
 * Where a call is in a queue (docs/voice/twiml/enqueue, "waitUrl").
 *
 * @param position from 1
 * @param seconds in the queue
 * @param averageSeconds of those who left it
 * @param size calls in it now
 */
public record QueuePlace(
    Sid queue, int position, long seconds, long averageSeconds, int size, int maxSize) {}
