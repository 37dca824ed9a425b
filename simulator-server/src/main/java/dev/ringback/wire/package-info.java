/**
 * The way to the app over HTTP: {@link dev.ringback.wire.HttpWire}, and {@link
 * dev.ringback.wire.Dialer}, by which everything that leaves goes.
 */
@NullMarked
package dev.ringback.wire;

import org.jspecify.annotations.NullMarked;
