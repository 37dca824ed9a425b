package dev.ringback.twiml;

import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The values an attribute may have.
 *
 * @param description ends the sentence "… must be"
 * @param accepts whether a value as written is one of them
 * @param normal a value with a blemish as it was meant, white space and letter case above all
 */
record AttributeType(String description, Predicate<String> accepts, UnaryOperator<String> normal) {
  AttributeType(String description, Predicate<String> accepts) {
    this(description, accepts, String::strip);
  }

  private static final int MAX_DIGITS = 9;

  static final AttributeType TEXT = new AttributeType("text", value -> true);
  static final AttributeType BOOLEAN = oneOf("true", "false");
  static final AttributeType METHOD = oneOf("GET", "POST");

  /**
   * Empty means the current document (docs/voice/twiml/gather, action). What is no URL is error
   * 11100 when it is requested, and the fallback's turn.
   */
  static final AttributeType URL_OR_EMPTY =
      new AttributeType("a relative or absolute http(s) URL, or empty", value -> true);

  static final AttributeType URL =
      new AttributeType("a relative or absolute http(s) URL", AttributeType::isUrl);

  static final AttributeType PLAY_DIGITS =
      new AttributeType(
          "made of 0-9, A-D, #, * and the waits w and W",
          value -> value.matches("[0-9A-Da-d#*wW]+"));

  /** docs/voice/twiml/say/text-speech: the basic voices, and those of Amazon and Google. */
  static final AttributeType VOICE =
      new AttributeType(
          "man, woman, alice, or the name of a Polly. or Google. voice",
          value -> value.matches("man|woman|alice|(Polly|Google|ElevenLabs)\\.[\\w.-]+"));

  static final AttributeType LANGUAGE =
      new AttributeType(
          "a language tag such as en-US",
          value -> value.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"));

  /** Dictionary, 13512: {@code en} is invalid, {@code en-US} is valid. */
  static final AttributeType LANGUAGE_AND_REGION =
      new AttributeType(
          "a language tag with a region, such as en-US",
          value -> value.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})+|multi"));

  static final AttributeType AUTO_OR_SECONDS =
      new AttributeType(
          "auto, or a whole number of at least 1",
          value -> value.equals("auto") || isInteger(value, 1, Integer.MAX_VALUE));

  /** docs/voice/twiml/gather, "hints": at most 500 phrases of at most 100 characters. */
  static final AttributeType HINTS =
      new AttributeType(
          "at most 500 phrases of at most 100 characters, with commas between",
          value -> {
            String[] phrases = value.split(",", -1);
            return phrases.length <= 500
                && Arrays.stream(phrases).allMatch(p -> p.strip().length() <= 100);
          });

  static final AttributeType SPEECH_MODEL =
      new AttributeType(
          "default, numbers_and_commands, phone_call, experimental_conversations,"
              + " experimental_utterances, or a googlev2_ or deepgram_ model",
          value ->
              value.matches(
                  "default|numbers_and_commands|phone_call|experimental_(conversations|utterances)"
                      + "|(googlev2|deepgram)_[\\w-]+"));

  static final AttributeType SEND_DIGITS =
      new AttributeType(
          "made of 0-9, A-D, #, * and the waits w and W", value -> value.matches("[0-9A-D#*wW]+"));

  static final AttributeType CALLER_ID =
      new AttributeType(
          "a number in E.164, such as +15017122661, or client: and an identity",
          value ->
              PhoneText.e164(value).matches("\\+[1-9]\\d{1,14}")
                  || value.matches("client:\\S+|sip:\\S+"));

  /** docs/voice/twiml/dial, "ringTone". */
  static final AttributeType RING_TONE =
      new AttributeType(
          "automatic, or a country of docs/voice/twiml/dial such as us",
          Set.of(
                  "automatic",
                  "at",
                  "au",
                  "bg",
                  "br",
                  "be",
                  "ch",
                  "cl",
                  "cn",
                  "cz",
                  "de",
                  "dk",
                  "ee",
                  "es",
                  "fi",
                  "fr",
                  "gr",
                  "hu",
                  "il",
                  "in",
                  "it",
                  "lt",
                  "jp",
                  "mx",
                  "my",
                  "nl",
                  "no",
                  "nz",
                  "ph",
                  "pl",
                  "pt",
                  "ru",
                  "se",
                  "sg",
                  "th",
                  "uk",
                  "us",
                  "us-old",
                  "tw",
                  "ve",
                  "za")
              ::contains);

  static final AttributeType WEBSOCKET =
      new AttributeType("a wss:// URL", value -> value.matches("wss://[^\\s/?#]+[^\\s#]*"));

  static AttributeType integer(int least) {
    return new AttributeType(
        "a whole number of at least %d, in %d digits or fewer".formatted(least, MAX_DIGITS),
        value -> isInteger(value, least, Integer.MAX_VALUE));
  }

  static AttributeType integer(int least, int most) {
    return new AttributeType(
        "a whole number from " + least + " to " + most, value -> isInteger(value, least, most));
  }

  private static boolean isInteger(String value, int least, int most) {
    return !value.isEmpty()
        && value.length() <= MAX_DIGITS
        && value.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(value) >= least
        && Integer.parseInt(value) <= most;
  }

  static AttributeType shorterThan(int length) {
    return new AttributeType(
        "text of fewer than " + length + " characters", value -> value.length() < length);
  }

  static AttributeType sid(SidKind kind) {
    return new AttributeType(
        "a SID: " + kind.prefix() + " and 32 hexadecimal digits",
        value -> Sid.isWellFormed(kind, value));
  }

  static AttributeType oneOf(String... values) {
    List<String> allowed = List.of(values);
    return new AttributeType(
        either(allowed), allowed::contains, value -> caseOf(value.strip(), allowed));
  }

  /** The allowed word that differs in letter case only; otherwise the word itself. */
  private static String caseOf(String word, List<String> allowed) {
    return allowed.stream().filter(word::equalsIgnoreCase).findFirst().orElse(word);
  }

  static <E extends Enum<E> & WireNamed> AttributeType oneOf(Class<E> type) {
    return oneOf(wireNames(type).toArray(String[]::new));
  }

  /** One or more of the names, each once, with one space between two of them. */
  static <E extends Enum<E> & WireNamed> AttributeType listOf(Class<E> type) {
    return listOf(type, "");
  }

  /**
   * @param prefix that a name may have been written without
   */
  static <E extends Enum<E> & WireNamed> AttributeType listOf(Class<E> type, String prefix) {
    List<String> allowed = wireNames(type);
    return new AttributeType(
        "one or more of " + String.join(", ", allowed) + ", white space between two",
        value -> {
          List<String> words = Arrays.asList(value.split(" ", -1));
          return allowed.containsAll(words) && new HashSet<>(words).size() == words.size();
        },
        value ->
            Arrays.stream(value.strip().split("\\s+"))
                .map(word -> caseOf(word, allowed))
                .map(word -> allowed.contains(word) ? word : caseOf(prefix + word, allowed))
                .distinct()
                .collect(Collectors.joining(" ")));
  }

  /** Whether the value is an address that is requested. */
  boolean isUrl() {
    return equals(URL) || equals(URL_OR_EMPTY);
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
    return !value.isBlank() && value.equals(value.strip()) && UrlCheck.problem(value) == null;
  }
}
