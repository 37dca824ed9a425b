package dev.ringback.scenario;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values by name; {@code ${name}} in a text stands for one. */
public final class Variables {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][\\w.-]*)}");

  private final Map<String, String> values;

  private Variables(Map<String, String> values) {
    this.values = values;
  }

  public static Variables none() {
    return new Variables(new HashMap<>());
  }

  public static Variables of(Map<String, String> values) {
    return new Variables(Map.copyOf(values));
  }

  /** The names that stand in a text, in their order. */
  public static Set<String> namesIn(String text) {
    Set<String> names = new LinkedHashSet<>();
    Matcher placeholders = PLACEHOLDER.matcher(text);
    while (placeholders.find()) {
      names.add(placeholders.group(1));
    }
    return names;
  }

  void put(String name, String value) {
    values.put(name, value);
  }

  /** The text with the values that are known; a name without a value stays as it is written. */
  public String in(String text) {
    return in(text, UnaryOperator.identity());
  }

  /** The same of a regular expression, in which a value means itself. */
  String quotedIn(String pattern) {
    return in(pattern, Pattern::quote);
  }

  private String in(String text, UnaryOperator<String> form) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(placeholder -> {
          String value = values.get(placeholder.group(1));
          return Matcher.quoteReplacement(value == null ? placeholder.group() : form.apply(value));
        });
  }
}
