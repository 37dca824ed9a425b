package dev.ringback.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a caller can choose at a Gather. */
final class Menu {
  /** A digit that is no part of a number, a time, an amount; or a key in words. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?<![\\d$€£])(?<!\\d[.,:])([0-9*#])(?!\\d|[.,:]\\d|\\s?%)"
              + "|\\b(zero|one|two|three|four|five|six|seven|eight|nine|star|pound|hash)\\b");

  private static final List<String> WORDS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  private static final int MOST_HINTS = 10;
  private static final int MOST_DIGITS = 20;

  private final String prompt;
  private final Map<String, String> attributes;

  /**
   * @param prompt all that is said in the Gather
   * @param attributes of the Gather
   */
  Menu(String prompt, Map<String, String> attributes) {
    this.prompt = prompt;
    this.attributes = attributes;
  }

  private boolean listensTo(String input) {
    return attributes.getOrDefault("input", "dtmf").contains(input);
  }

  /**
   * Each key that is named, and one that is not; all keys where none is named, as in music or
   * another language; numbers where so many digits are asked for.
   */
  List<String> pressed() {
    if (!listensTo("dtmf")) {
      return List.of();
    }
    String numDigits = attributes.getOrDefault("numDigits", "1");
    int digits = numDigits.matches("\\d{1,3}") ? Integer.parseInt(numDigits) : 1;
    return digits == 1 ? keys() : numbers(Math.min(digits, MOST_DIGITS));
  }

  private List<String> keys() {
    Set<String> keys = named(prompt);
    if (keys.isEmpty()) {
      keys.addAll(Arrays.asList("1234567890*".split("")));
    } else {
      for (String other : List.of("8", "7", "5")) {
        if (keys.add(other)) {
          break;
        }
      }
    }
    if (attributes.getOrDefault("finishOnKey", "#").contains("#")) {
      keys.remove("#"); // it ends what is pressed
    }
    return List.copyOf(keys);
  }

  private List<String> numbers(int digits) {
    Set<String> numbers = new LinkedHashSet<>();
    Matcher named = Pattern.compile("(?<!\\d)\\d{" + digits + "}(?!\\d)").matcher(prompt);
    while (named.find()) {
      numbers.add(named.group());
    }
    numbers.add("1234567890".repeat(2).substring(0, digits));
    return List.copyOf(numbers);
  }

  /** Each hint, and something else; without hints, yes. */
  List<String> spoken() {
    if (!listensTo("speech")) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    for (String hint : attributes.getOrDefault("hints", "").split(",", -1)) {
      if (!hint.isBlank() && !hint.contains("$") && words.size() < MOST_HINTS) {
        words.add(hint.strip());
      }
    }
    words.add(words.isEmpty() ? "yes" : "something else");
    return words;
  }

  /** The keys that words name. */
  static Set<String> named(String prompt) {
    Set<String> keys = new LinkedHashSet<>();
    Matcher named = KEY.matcher(prompt.toLowerCase(Locale.ROOT));
    while (named.find()) {
      String key = named.group();
      keys.add(
          switch (key) {
            case "star" -> "*";
            case "pound", "hash" -> "#";
            default -> WORDS.contains(key) ? String.valueOf(WORDS.indexOf(key)) : key;
          });
    }
    return keys;
  }
}
