package dev.ringback.config;

import dev.ringback.scenario.Matcher;
import dev.ringback.scenario.ParameterNames;
import dev.ringback.scenario.ParameterValues;
import dev.ringback.scenario.Variables;
import dev.ringback.voice.RequestKind;
import dev.ringback.words.DidYouMean;
import dev.ringback.yaml.Section;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names and values under {@code form:}; what no request can carry can never be met. */
public final class FormWords {
  private FormWords() {}

  /**
   * Says what is wrong with the words of a form.
   *
   * @param form as it is written
   * @param values that must be equal, by name
   */
  public static void check(Section form, RequestKind kind, Map<String, String> values) {
    check(form, kind, values, Map.of());
  }

  /** The same of matchers; a value with a variable in it is not known yet. */
  public static void checkMatchers(Section form, RequestKind kind, Map<String, Matcher> matchers) {
    Map<String, String> equal = new LinkedHashMap<>();
    Map<String, String> patterns = new LinkedHashMap<>();
    matchers.forEach((name, matcher) -> {
      if (matcher instanceof Matcher.Equal value && Variables.namesIn(value.expected()).isEmpty()) {
        equal.put(name, value.expected());
      } else if (matcher instanceof Matcher.Regex regex
          && Variables.namesIn(regex.pattern()).isEmpty()) {
        patterns.put(name, regex.pattern());
      } else if (matcher instanceof Matcher.Contains contains
          && Variables.namesIn(contains.part()).isEmpty()) {
        patterns.put(name, Pattern.quote(contains.part()));
      } else if (matcher instanceof Matcher.OneOf oneOf) {
        oneOf.values().stream()
            .filter(value -> Variables.namesIn(value).isEmpty())
            .forEach(value -> checkValue(form, kind, name, value));
      }
    });
    check(form, kind, equal, patterns);
  }

  /**
   * @param patterns that must be found in a value, by name
   */
  public static void check(
      Section form, RequestKind kind, Map<String, String> values, Map<String, String> patterns) {
    for (String name : form.keys()) {
      if (!ParameterNames.carries(kind, name)) {
        form.wrong(
            name,
            "no %s request carries '%s'".formatted(kind.wireName(), name),
            meant(name, ParameterNames.of(kind))
                .orElse("parameters of the app's own URLs are expected under query:"));
      }
    }
    values.forEach((name, value) -> checkValue(form, kind, name, value));
    patterns.forEach((name, pattern) ->
        ParameterValues.of(kind, name)
            .filter(known -> known.stream().noneMatch(Pattern.compile(pattern).asPredicate()))
            .ifPresent(known ->
                form.wrong(
                    name,
                    "/%s/ is found in no value of %s".formatted(pattern, name),
                    "it is one of " + String.join(", ", known))));
  }

  private static void checkValue(Section form, RequestKind kind, String name, String value) {
    ParameterValues.of(kind, name)
        .filter(known -> !known.contains(value))
        .ifPresent(known ->
            form.wrong(
                name,
                "%s is never '%s'".formatted(name, value),
                meant(value, known).orElse("it is one of " + String.join(", ", known))));
    ParameterValues.shape(name)
        .filter(shape -> !value.matches(shape.pattern()))
        .ifPresent(
            shape -> form.wrong(name, "must be %s, not '%s'".formatted(shape.mustBe(), value)));
  }

  /** Asks whether the nearest known word was meant. */
  public static Optional<String> meant(String word, Collection<String> known) {
    return DidYouMean.to(word, known).map(nearest -> "did you mean '" + nearest + "'?");
  }
}
