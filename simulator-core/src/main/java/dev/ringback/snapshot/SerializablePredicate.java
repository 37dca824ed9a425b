package dev.ringback.snapshot;

import java.io.Serializable;
import java.util.function.Predicate;

/** A {@link Predicate} that can be part of what is snapshot. */
public interface SerializablePredicate<T> extends Predicate<T>, Serializable {}
