package dev.ringback.conversation;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change that was asked for and not made yet: whoever listens before it may still alter or refuse
 * it.
 *
 * @param <T> what comes of it
 */
public interface Change<T> {

  /** What is asked about before; null: nothing. */
  @Nullable Event before();

  /**
   * Makes the change.
   *
   * @param answer members that whoever was asked wants otherwise; empty: as it was asked for
   * @throws dev.ringback.account.ApiError when it is not possible, or no more
   */
  T apply(Map<String, String> answer, Instant now);

  /** A change that nobody is asked about. */
  static <T> Change<T> quiet(java.util.function.Function<Instant, T> change) {
    return new Change<>() {
      @Override
      public @Nullable Event before() {
        return null;
      }

      @Override
      public T apply(Map<String, String> answer, Instant now) {
        return change.apply(now);
      }
    };
  }
}
