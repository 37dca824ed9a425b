package dev.ringback.snapshot;

import java.io.Serializable;
import java.util.function.Consumer;

/** A {@link Consumer} that can be part of what is snapshot. */
public interface SerializableConsumer<T> extends Consumer<T>, Serializable {}
