/** The way to the app over HTTP: {@link dev.ringback.wire.HttpWire}. */
@NullMarked
package dev.ringback.wire;

import org.jspecify.annotations.NullMarked;
