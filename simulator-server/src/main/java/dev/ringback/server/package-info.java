/** The parts put together: {@link dev.ringback.server.RingbackServer}. */
@NullMarked
package dev.ringback.server;

import org.jspecify.annotations.NullMarked;
