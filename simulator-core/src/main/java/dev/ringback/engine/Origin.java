package dev.ringback.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The request from outside that a thread fulfils: what it does to a world in its name is written
 * down as that request's, so that it can be done again.
 */
public final class Origin {
  private static final ThreadLocal<@Nullable Origin> CURRENT = new ThreadLocal<>();

  private final boolean changes;
  private final Supplier<Long> numbers;
  private @Nullable Long number;

  /**
   * @param changes whether it is there to change something: then even what it only looks at is
   *     written down, because what it does may follow from that
   * @param numbers gives its number when it first does something that is written down
   */
  public Origin(boolean changes, Supplier<Long> numbers) {
    this.changes = changes;
    this.numbers = numbers;
  }

  /** From now on the present thread acts in the name of this request; null: of none. */
  public static void enter(@Nullable Origin origin) {
    if (origin == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(origin);
    }
  }

  static @Nullable Origin current() {
    return CURRENT.get();
  }

  boolean changes() {
    return changes;
  }

  /** From above 0. */
  synchronized long number() {
    Long known = number;
    if (known == null) {
      known = numbers.get();
      number = known;
    }
    return known;
  }

  /** Whether it has done something that was written down. */
  public synchronized boolean isNumbered() {
    return number != null;
  }
}
