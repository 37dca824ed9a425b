/** Frontline's integration service: its callbacks, made as the Frontline app makes them. */
@NullMarked
package dev.ringback.frontline;

import org.jspecify.annotations.NullMarked;
