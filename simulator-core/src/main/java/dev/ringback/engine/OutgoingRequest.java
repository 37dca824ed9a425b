package dev.ringback.engine;

import dev.ringback.call.AppRequest;
import java.time.Duration;

/**
 * A callback to be sent, and the trouble ordered for it.
 *
 * @param then who hears of its end
 * @param lost whether it is lost on the way
 * @param repeats how many times more it is sent
 * @param skew by how much the clock behind its {@code Timestamp} is wrong
 */
record OutgoingRequest(
    AppRequest callback, Requests.Arrivals then, boolean lost, int repeats, Duration skew) {}
