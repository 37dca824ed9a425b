package dev.ringback.scenariofile;

import dev.ringback.scenario.Expectation.Window;
import dev.ringback.scenario.Matcher;
import dev.ringback.yaml.Durations;
import dev.ringback.yaml.Section;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Matchers as scenarios write them. */
final class MatcherReader {
  private MatcherReader() {}

  /** Matchers by parameter, in the file's order. */
  static Map<String, Matcher> byName(Section parent, String key) {
    Map<String, Matcher> matchers = new LinkedHashMap<>();
    parent
        .section(key)
        .ifPresent(section -> {
          for (String name : section.keys()) {
            read(section, name).ifPresent(matcher -> matchers.put(name, matcher));
          }
          section.done();
        });
    return matchers;
  }

  /**
   * A plain value, {@code /regex/}, {@code absent}, {@code present}, {@code {between: [a, b]}},
   * {@code {oneOf: [a, b]}}, {@code {contains: text}}, or {@code {equals: absent}} for a value that
   * is one of these words.
   */
  static Optional<Matcher> read(Section section, String key) {
    if (!section.has(key)) {
      return Optional.of(new Matcher.Equal(""));
    }
    if (!section.isText(key)) {
      return section.section(key).flatMap(MatcherReader::directed);
    }
    String text = section.text(key).orElseThrow();
    if (text.equals("absent")) {
      return Optional.of(new Matcher.Absent());
    }
    if (text.equals("present")) {
      return Optional.of(new Matcher.Present());
    }
    if (text.length() > 1 && text.startsWith("/") && text.endsWith("/")) {
      return regex(section, key, text.substring(1, text.length() - 1));
    }
    return Optional.of(new Matcher.Equal(text));
  }

  private static Optional<Matcher> regex(Section section, String key, String pattern) {
    try {
      Pattern.compile(pattern.replaceAll("\\$\\{[\\w.-]+}", "x")); // a variable is a value
      return Optional.of(new Matcher.Regex(pattern));
    } catch (PatternSyntaxException e) {
      return section.wrong(key, "is not a regular expression: " + e.getDescription());
    }
  }

  private static final List<String> FORMS = List.of("equals", "between", "oneOf", "contains");

  private static Optional<Matcher> directed(Section section) {
    List<String> forms = FORMS.stream().filter(section::has).toList();
    section.done();
    if (forms.size() != 1) {
      return forms.isEmpty() && !section.keys().isEmpty()
          ? Optional.empty() // an unknown key, which was said
          : section.wrong("equals", "must be one of " + String.join(", ", FORMS));
    }
    return switch (forms.getFirst()) {
      case "equals" -> section.text("equals").map(Matcher.Equal::new);
      case "contains" -> section.text("contains").map(Matcher.Contains::new);
      case "oneOf" -> {
        List<String> values = section.texts("oneOf");
        for (String value : values) {
          if (value.equals("absent") || value.equals("present") || value.matches("/.+/")) {
            section.wrong("oneOf", "lists values, and '%s' is a matcher".formatted(value));
          }
        }
        yield values.isEmpty()
            ? section.wrong("oneOf", "must be a list of values, such as [busy, no-answer]")
            : Optional.of(new Matcher.OneOf(values));
      }
      default -> between(section);
    };
  }

  private static Optional<Matcher> between(Section section) {
    List<String> ends = section.texts("between");
    try {
      if (ends.size() == 2
          && new BigDecimal(ends.get(0)).compareTo(new BigDecimal(ends.get(1))) <= 0) {
        return Optional.of(
            new Matcher.Between(new BigDecimal(ends.get(0)), new BigDecimal(ends.get(1))));
      }
    } catch (NumberFormatException e) {
      // said below
    }
    return section.wrong("between", "must be two numbers, the smaller first, such as [18, 22]");
  }

  /** How often: a whole number, or a matcher of one. */
  static @Nullable Matcher count(Section section, String key) {
    if (!section.has(key)) {
      return null;
    }
    if (!section.isText(key)) {
      return read(section, key).orElse(null);
    }
    return section
        .text(key, text -> text.matches("\\d{1,6}"), "a whole number, or such as {between: [1, 3]}")
        .map(Matcher.Equal::new)
        .orElse(null);
  }

  /** {@code 20s} or {@code {between: [18s, 22s]}}. */
  static Optional<Window> window(Section section, String key) {
    if (!section.has(key)) {
      return Optional.empty();
    }
    if (section.isText(key)) {
      return section.duration(key).map(at -> new Window(at, at));
    }
    Section between = section.section(key).orElse(null);
    if (between == null) {
      return Optional.empty();
    }
    List<Optional<Duration>> ends =
        between.texts("between").stream().map(Durations::parse).toList();
    between.done();
    return ends.size() == 2
            && ends.get(0).isPresent()
            && ends.get(1).isPresent()
            && ends.get(0).get().compareTo(ends.get(1).get()) <= 0
        ? Optional.of(new Window(ends.get(0).get(), ends.get(1).get()))
        : between.wrong("between", "must be two durations, the smaller first, such as [18s, 22s]");
  }
}
