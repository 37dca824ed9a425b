package dev.ringback.scenario;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a value must be. */
public sealed interface Matcher {

  /**
   * @param value null: the parameter is not there
   */
  boolean matches(@Nullable String value);

  /** As the scenario writes it. */
  String text();

  record Equal(String expected) implements Matcher {
    @Override
    public boolean matches(@Nullable String value) {
      return expected.equals(value);
    }

    @Override
    public String text() {
      return expected;
    }
  }

  /** The pattern is found in the value. */
  record Regex(String pattern) implements Matcher {
    @Override
    public boolean matches(@Nullable String value) {
      return value != null && Pattern.compile(pattern).matcher(value).find();
    }

    @Override
    public String text() {
      return "/" + pattern + "/";
    }
  }

  record Absent() implements Matcher {
    @Override
    public boolean matches(@Nullable String value) {
      return value == null;
    }

    @Override
    public String text() {
      return "absent";
    }
  }

  record Present() implements Matcher {
    @Override
    public boolean matches(@Nullable String value) {
      return value != null;
    }

    @Override
    public String text() {
      return "present";
    }
  }

  /** A number from {@code least} to {@code most}, both included. */
  record Between(BigDecimal least, BigDecimal most) implements Matcher {
    @Override
    public boolean matches(@Nullable String value) {
      if (value == null) {
        return false;
      }
      try {
        BigDecimal number = new BigDecimal(value);
        return number.compareTo(least) >= 0 && number.compareTo(most) <= 0;
      } catch (NumberFormatException e) {
        return false;
      }
    }

    @Override
    public String text() {
      return "between " + least + " and " + most;
    }
  }
}
