package dev.ringback.twiml;

import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The values an attribute may have.
 *
 * @param description ends the sentence "… must be"
 * @param accepts whether a value as written is one of them
 */
record AttributeType(String description, Predicate<String> accepts) {
  private static final int MAX_DIGITS = 9;

  static final AttributeType TEXT = new AttributeType("text", value -> true);
  static final AttributeType BOOLEAN = oneOf("true", "false");
  static final AttributeType METHOD = oneOf("GET", "POST");

  /** Empty means the current document (docs/voice/twiml/gather, action). */
  static final AttributeType URL_OR_EMPTY =
      new AttributeType(
          "a relative or absolute http(s) URL", value -> value.isEmpty() || isUrl(value));

  static final AttributeType URL =
      new AttributeType("a relative or absolute http(s) URL", AttributeType::isUrl);

  static final AttributeType PLAY_DIGITS =
      new AttributeType(
          "made of 0-9, A-D, #, * and the waits w and W",
          value -> value.matches("[0-9A-Da-d#*wW]+"));

  static AttributeType integer(int least) {
    return new AttributeType(
        "a whole number of at least " + least,
        value ->
            !value.isEmpty()
                && value.length() <= MAX_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(value) >= least);
  }

  static AttributeType sid(SidKind kind) {
    return new AttributeType(
        "a SID: " + kind.prefix() + " and 32 hexadecimal digits",
        value -> Sid.isWellFormed(kind, value));
  }

  static AttributeType oneOf(String... values) {
    List<String> allowed = List.of(values);
    return new AttributeType(either(allowed), allowed::contains);
  }

  static <E extends Enum<E> & WireNamed> AttributeType oneOf(Class<E> type) {
    return oneOf(wireNames(type).toArray(String[]::new));
  }

  /** One or more of the names, each once, with one space between two of them. */
  static <E extends Enum<E> & WireNamed> AttributeType listOf(Class<E> type) {
    List<String> allowed = wireNames(type);
    return new AttributeType(
        "one or more of " + String.join(", ", allowed) + ", one space between two",
        value -> {
          List<String> words = Arrays.asList(value.split(" ", -1));
          return allowed.containsAll(words) && new HashSet<>(words).size() == words.size();
        });
  }

  static AttributeType keys(String alphabet, int most) {
    return new AttributeType(
        (most == 1 ? "one of " : "made of ") + alphabet + ", or empty",
        value -> value.length() <= most && value.chars().allMatch(c -> alphabet.indexOf(c) >= 0));
  }

  private static <E extends Enum<E> & WireNamed> List<String> wireNames(Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      names.add(constant.wireName());
    }
    return names;
  }

  private static String either(List<String> values) {
    return values.stream().limit(values.size() - 1L).collect(Collectors.joining(", "))
        + " or "
        + values.getLast();
  }

  private static boolean isUrl(String value) {
    if (value.isEmpty()) {
      return false;
    }
    try {
      URI uri = new URI(value);
      return !uri.isAbsolute()
          || (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
              && uri.getHost() != null);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
