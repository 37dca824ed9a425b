package dev.ringback.conversation;

import dev.ringback.snapshot.SerializableFunction;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change that was asked for and not made yet: a pre-webhook may still alter or refuse it.
 *
 * @param <T> what comes of it
 */
public interface Change<T> extends Serializable {

  /** What is asked about before; null: nothing. */
  @Nullable Event before();

  /**
   * Makes the change.
   *
   * @param answer members that the pre-webhooks want otherwise; empty: the change is made as asked
   *     for
   * @throws dev.ringback.account.ApiError when it is not possible, or no more
   */
  T apply(Map<String, String> answer, Instant now);

  /** A change that nobody is asked about. */
  static <T> Change<T> quiet(SerializableFunction<Instant, T> change) {
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
