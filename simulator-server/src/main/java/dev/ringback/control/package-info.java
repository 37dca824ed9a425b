/**
 * The control API, {@code /sim/v1}: people and scripts place calls, act in them, move time and read
 * what happened. {@link dev.ringback.control.ControlApi} lists the routes.
 */
@NullMarked
package dev.ringback.control;

import org.jspecify.annotations.NullMarked;
