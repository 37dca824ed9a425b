package dev.ringback.runner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words in whose place anything may stand: stand-ins for numbers and secrets that a captured call
 * does not tell. A number counts with whatever stands between its digits, with its country or
 * without.
 */
public final class Wildcards {
  public static final Wildcards NONE = new Wildcards(List.of());

  private static final String BETWEEN_DIGITS = "[\\s().\\-]{0,3}";
  private static final String META = "[\\\\.?*+()\\[\\]{}|^$]";

  private final List<Pattern> words = new ArrayList<>();

  public Wildcards(Collection<String> words) {
    words.forEach(word -> this.words.add(pattern(word)));
  }

  /** A word as it may stand in a text. */
  public static Pattern pattern(String word) {
    if (!word.matches("\\d{7,15}")) {
      return Pattern.compile(Pattern.quote(word));
    }
    String country = word.length() > 10 ? word.substring(0, word.length() - 10) : "";
    String rest = word.substring(country.length());
    return Pattern.compile(
        (country.isEmpty()
                ? ""
                : "(?:" + String.join(BETWEEN_DIGITS, country.split("")) + BETWEEN_DIGITS + ")?")
            + String.join(BETWEEN_DIGITS, rest.split("")));
  }

  /** These and more, which come first. */
  public Wildcards and(Collection<String> more) {
    Wildcards all = new Wildcards(more);
    all.words.addAll(words);
    return all;
  }

  /** Whether one of the words stands in the text. */
  public boolean standIn(String text) {
    return words.stream().anyMatch(word -> word.matcher(text).find());
  }

  /**
   * A regular expression, without its slashes, of all texts that are the same but for the words.
   */
  public String regex(String text) {
    String marked = text;
    for (Pattern word : words) {
      marked = word.matcher(marked).replaceAll("\u0000");
    }
    return Stream.of(marked.split("\u0000", -1))
        .map(part -> part.replaceAll(META, "\\\\$0"))
        .collect(Collectors.joining(".+", "^", "$"));
  }

  /** Whether two texts are the same but for the words in the first. */
  public boolean same(String before, String now) {
    return before.equals(now)
        || (standIn(before)
            && Pattern.compile(regex(before), Pattern.DOTALL).matcher(now).matches());
  }
}
