package dev.ringback.wire;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Made when it is first asked for: a client with its trust store takes longer than the rest of a
 * start.
 */
public final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T made;

  public Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    T known = made;
    return known != null ? known : make();
  }

  private synchronized T make() {
    T known = made;
    if (known == null) {
      known = maker.get();
      made = known;
    }
    return known;
  }

  /** Nothing happens where nobody has asked for it. */
  public void ifMade(Consumer<T> action) {
    T known = made;
    if (known != null) {
      action.accept(known);
    }
  }
}
