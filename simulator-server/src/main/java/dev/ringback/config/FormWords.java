package dev.ringback.config;

import dev.ringback.scenario.ParameterNames;
import dev.ringback.scenario.ParameterValues;
import dev.ringback.voice.RequestKind;
import dev.ringback.words.DidYouMean;
import dev.ringback.yaml.Section;
import java.util.Collection;
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
    values.forEach((name, value) -> {
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
    });
    patterns.forEach((name, pattern) ->
        ParameterValues.of(kind, name)
            .filter(known -> known.stream().noneMatch(Pattern.compile(pattern).asPredicate()))
            .ifPresent(known ->
                form.wrong(
                    name,
                    "/%s/ is found in no value of %s".formatted(pattern, name),
                    "it is one of " + String.join(", ", known))));
  }

  /** Asks whether the nearest known word was meant. */
  public static Optional<String> meant(String word, Collection<String> known) {
    return DidYouMean.to(word, known).map(nearest -> "did you mean '" + nearest + "'?");
  }
}
