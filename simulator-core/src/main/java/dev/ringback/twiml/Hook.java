package dev.ringback.twiml;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A callback that a document or a request names: the URL, the method, and the events it is told of.
 *
 * @param url as written; null: none
 * @param method default POST
 * @param events each attribute has its own default
 */
public record Hook<E extends Enum<E>>(@Nullable String url, HttpMethod method, Set<E> events) {

  /** No callback. */
  public static <E extends Enum<E>> Hook<E> none() {
    return new Hook<E>(null, HttpMethod.POST, Set.of());
  }

  /** Whether it is told of that event. */
  public boolean wants(E event) {
    return url != null && events.contains(event);
  }
}
