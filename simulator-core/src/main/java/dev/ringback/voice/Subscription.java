package dev.ringback.voice;

import dev.ringback.twiml.Hook;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A callback and the events it is told of, its URL resolved.
 *
 * @param target null: there is no callback
 */
public record Subscription<E extends Enum<E>>(@Nullable Target target, Set<E> events) {

  /** No callback. */
  public static <E extends Enum<E>> Subscription<E> none() {
    return new Subscription<E>(null, Set.of());
  }

  /** The callback that a document names. */
  public static <E extends Enum<E>> Subscription<E> of(Hook<E> hook, Target document) {
    return new Subscription<>(document.resolve(hook), hook.events());
  }

  /** The callback, if it is told of that event; null: it is not. */
  public @Nullable Target of(E event) {
    return events.contains(event) ? target : null;
  }
}
