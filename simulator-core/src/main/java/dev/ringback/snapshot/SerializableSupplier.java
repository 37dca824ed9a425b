package dev.ringback.snapshot;

import java.io.Serializable;
import java.util.function.Supplier;

/** A {@link Supplier} that can be part of what is snapshot. */
public interface SerializableSupplier<T> extends Supplier<T>, Serializable {}
