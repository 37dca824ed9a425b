/**
 * The parts put together: {@link dev.ringback.server.RingbackServer} is {@code ringback serve},
 * {@link dev.ringback.server.RestApiServer} lets apps reach the worlds of single commands.
 */
@NullMarked
package dev.ringback.server;

import org.jspecify.annotations.NullMarked;
