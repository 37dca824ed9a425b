package dev.ringback.snapshot;

import java.io.Serializable;
import java.util.function.ToLongFunction;

/** A {@link ToLongFunction} that can be part of what is snapshot. */
public interface SerializableToLongFunction<T> extends ToLongFunction<T>, Serializable {}
