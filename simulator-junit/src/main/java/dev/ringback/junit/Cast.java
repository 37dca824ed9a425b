package dev.ringback.junit;

import java.util.Map;

/** How a party behaves when it is called; see {@link Casts}. */
public final class Cast {
  private final Object said;

  Cast(Object said) {
    this.said = said;
  }

  /** As the control API takes it. */
  Object said() {
    return said;
  }

  static Cast of(String name, Map<String, Object> how) {
    return new Cast(how.isEmpty() ? name : Map.of(name, how));
  }

  @Override
  public String toString() {
    return said.toString();
  }
}
