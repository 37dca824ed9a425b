package dev.ringback.rest;

import java.time.Instant;

/**
 * A second, or a day from its first instant to that of the next.
 *
 * @param until when it is over
 */
record Span(Instant from, Instant until) {}
