package dev.ringback.scenario;

import dev.ringback.twiml.TwimlElements.Element;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of a document, as a scenario names it: {@code Say.language}, or {@code
 * Say[2].language} of the second Say. {@code Say.text} is the text.
 *
 * @param number from 1
 */
public record ElementName(String element, int number, String attribute) {
  private static final Pattern NAME = Pattern.compile("(\\w+)(?:\\[(\\d{1,4})])?\\.([\\w-]+)");
  private static final String TEXT = "text";

  /** What is not written so is the name of nothing. */
  public static ElementName of(String text) {
    Matcher name = NAME.matcher(text);
    return name.matches()
        ? new ElementName(
            name.group(1),
            name.group(2) == null ? 1 : Integer.parseInt(name.group(2)),
            name.group(3))
        : new ElementName(text, 1, "");
  }

  /** As it is written; the first element's has no number. */
  public String text() {
    return element + (number == 1 ? "" : "[" + number + "]") + "." + attribute;
  }

  /** Whether TwiML has it. */
  public boolean isKnown() {
    return attribute.equals(TEXT)
        ? Vocabulary.verbs().contains(element)
            || Vocabulary.attributes().stream().anyMatch(name -> name.startsWith(element + "."))
        : Vocabulary.attributes().contains(element + "." + attribute);
  }

  /**
   * The value; null: there is none. Without a number, of the first element that has the attribute.
   */
  @Nullable String in(List<Element> elements) {
    List<Element> named = elements.stream().filter(e -> e.name().equals(element)).toList();
    List<Element> meant =
        number == 1 ? named : named.size() < number ? List.of() : List.of(named.get(number - 1));
    return meant.stream()
        .map(e -> attribute.equals(TEXT) ? e.text() : e.attributes().get(attribute))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
