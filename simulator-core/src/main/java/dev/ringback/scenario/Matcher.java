package dev.ringback.scenario;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a value must be. */
public sealed interface Matcher {

  /**
   * @param value null: the parameter is not there
   */
  boolean matches(@Nullable String value);

  /** As the scenario writes it. */
  String text();

  /** The same with values in the place of variables such as {@code ${name}}. */
  default Matcher with(Variables values) {
    return this;
  }

  record Equal(String expected) implements Matcher {
    @Override
    public boolean matches(@Nullable String value) {
      return expected.equals(value);
    }

    @Override
    public String text() {
      return expected;
    }

    @Override
    public Matcher with(Variables values) {
      return new Equal(values.in(expected));
    }
  }

  /** One of several values. */
  record OneOf(List<String> values) implements Matcher {
    @Override
    public boolean matches(@Nullable String value) {
      return value != null && values.contains(value);
    }

    @Override
    public String text() {
      return "one of " + String.join(", ", values);
    }

    @Override
    public Matcher with(Variables known) {
      return new OneOf(values.stream().map(known::in).toList());
    }
  }

  /** A value with that text somewhere in it. */
  record Contains(String part) implements Matcher {
    @Override
    public boolean matches(@Nullable String value) {
      return value != null && value.contains(part);
    }

    @Override
    public String text() {
      return "something that contains '" + part + "'";
    }

    @Override
    public Matcher with(Variables values) {
      return new Contains(values.in(part));
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

    @Override
    public Matcher with(Variables values) {
      return new Regex(values.quotedIn(pattern));
    }
  }

  /**
   * A path as Twilio's pages write it, such as {@code /…/Calls/{Sid}.json}: whatever stands in
   * braces is one segment, or the part of one.
   */
  record PathTemplate(String template) implements Matcher {
    private static final Pattern NAME = Pattern.compile("(?<!\\$)\\{\\w+}");

    @Override
    public boolean matches(@Nullable String value) {
      String pattern =
          Stream.of(NAME.split(template, -1)).map(Pattern::quote).collect(joining("[^/.]+"));
      return value != null && Pattern.matches(pattern, value);
    }

    @Override
    public String text() {
      return template;
    }

    @Override
    public Matcher with(Variables values) {
      return new PathTemplate(values.in(template));
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

  /** Matchers by name, in a line. */
  static String text(Map<String, Matcher> matchers) {
    List<String> texts = new ArrayList<>();
    matchers.forEach((name, matcher) -> texts.add(name + ": " + matcher.text()));
    return "{" + String.join(", ", texts) + "}";
  }

  /** Matchers by name, with values in the place of variables. */
  static Map<String, Matcher> with(Variables values, Map<String, Matcher> matchers) {
    Map<String, Matcher> same = new LinkedHashMap<>();
    matchers.forEach((name, matcher) -> same.put(name, matcher.with(values)));
    return same;
  }
}
