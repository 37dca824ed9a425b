package dev.ringback.snapshot;

import java.io.Serializable;
import java.util.function.Function;

/** A {@link Function} that can be part of what is snapshot. */
public interface SerializableFunction<T, R> extends Function<T, R>, Serializable {}
