package dev.ringback.twiml;

import dev.ringback.id.ClientAddress;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values an attribute may have, and what they are once read: a duration, a method, a set of
 * events.
 *
 * @param description ends the sentence "… must be"
 * @param reader the value of a text; null: the text is not one of the attribute's values
 * @param normal a text with a blemish as it was meant, white space and letter case above all
 */
record AttributeType<T>(String description, Reader<T> reader, UnaryOperator<String> normal) {
  /** Reads the text of an attribute. */
  interface Reader<T> {
    /** The value; null: the text is not one of the attribute's values. */
    @Nullable T read(String text);
  }

  AttributeType(String description, Reader<T> reader) {
    this(description, reader, String::strip);
  }

  /** Texts that stay texts. */
  private static AttributeType<String> text(String description, Predicate<String> accepts) {
    return text(description, accepts, String::strip);
  }

  private static AttributeType<String> text(
      String description, Predicate<String> accepts, UnaryOperator<String> normal) {
    return new AttributeType<>(description, text -> accepts.test(text) ? text : null, normal);
  }

  private static final int MAX_DIGITS = 9;

  static final AttributeType<String> TEXT = text("text", value -> true);
  static final AttributeType<Boolean> BOOLEAN = oneOf("true", "false").as(Boolean::valueOf);
  static final AttributeType<HttpMethod> METHOD = oneOf("GET", "POST").as(HttpMethod::valueOf);

  /**
   * Empty means the current document (docs/voice/twiml/gather, action). What is no URL is error
   * 11100 when it is requested, and the fallback's turn.
   */
  static final AttributeType<String> URL_OR_EMPTY =
      text("a relative or absolute http(s) URL, or empty", value -> true);

  /** Of what is asked only while people wait: what is no URL has a code of its own. */
  static final AttributeType<String> WAIT_URL =
      text(
          "a relative or absolute http(s) URL, or empty", value -> value.isEmpty() || isUrl(value));

  static final AttributeType<String> URL =
      text("a relative or absolute http(s) URL", AttributeType::isUrl);

  static final AttributeType<String> PLAY_DIGITS =
      text(
          "made of 0-9, A-D, #, * and the waits w and W",
          value -> value.matches("[0-9A-Da-d#*wW]+"));

  /** docs/voice/twiml/say/text-speech: the basic voices, and those of Amazon and Google. */
  static final AttributeType<String> VOICE =
      text(
          "man, woman, alice, or the name of a Polly. or Google. voice",
          value -> value.matches("man|woman|alice|(Polly|Google|ElevenLabs)\\.[\\w.-]+"));

  static final AttributeType<String> LANGUAGE =
      text(
          "a language tag such as en-US",
          value -> value.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"));

  /** Dictionary, 13512: {@code en} is invalid, {@code en-US} is valid. */
  static final AttributeType<String> LANGUAGE_AND_REGION =
      text(
          "a language tag with a region, such as en-US",
          value -> value.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})+|multi"));

  static final AttributeType<SpeechTimeout> SPEECH_TIMEOUT =
      new AttributeType<>(
          "auto, or a whole number of at least 1",
          text ->
              text.equals("auto")
                  ? SpeechTimeout.AUTO
                  : map(integer(text, 1, Integer.MAX_VALUE), SpeechTimeout::ofSeconds));

  /** docs/voice/twiml/gather, "hints": at most 500 phrases of at most 100 characters. */
  static final AttributeType<String> HINTS =
      text(
          "at most 500 phrases of at most 100 characters, with commas between",
          value -> {
            String[] phrases = value.split(",", -1);
            return phrases.length <= 500
                && Arrays.stream(phrases).allMatch(p -> p.strip().length() <= 100);
          });

  static final AttributeType<String> SPEECH_MODEL =
      text(
          "default, numbers_and_commands, phone_call, experimental_conversations,"
              + " experimental_utterances, or a googlev2_ or deepgram_ model",
          value ->
              value.matches(
                  "default|numbers_and_commands|phone_call|experimental_(conversations|utterances)"
                      + "|(googlev2|deepgram)_[\\w-]+"));

  static final AttributeType<String> SEND_DIGITS =
      text("made of 0-9, A-D, #, * and the waits w and W", value -> value.matches("[0-9A-D#*wW]+"));

  static final AttributeType<String> CALLER_ID =
      text(
          "a number in E.164, such as +15017122661, or client: and an identity",
          value ->
              PhoneText.e164(value).matches("\\+[1-9]\\d{1,14}")
                  || (ClientAddress.is(value) && ClientAddress.identity(value).matches("\\S+"))
                  || value.matches("sip:\\S+"));

  /** docs/voice/twiml/dial, "ringTone". */
  static final AttributeType<String> RING_TONE =
      text(
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

  static final AttributeType<String> WEBSOCKET =
      text("a wss:// URL", value -> value.matches("wss://[^\\s/?#]+[^\\s#]*"));

  static AttributeType<Integer> integer(int least) {
    return new AttributeType<>(
        "a whole number of at least %d, in %d digits or fewer".formatted(least, MAX_DIGITS),
        text -> integer(text, least, Integer.MAX_VALUE));
  }

  static AttributeType<Integer> integer(int least, int most) {
    return new AttributeType<>(
        "a whole number from " + least + " to " + most, text -> integer(text, least, most));
  }

  static AttributeType<Duration> seconds(int least) {
    return integer(least).as(Duration::ofSeconds);
  }

  static AttributeType<Duration> seconds(int least, int most) {
    return integer(least, most).as(Duration::ofSeconds);
  }

  private static @Nullable Integer integer(String text, int least, int most) {
    if (text.isEmpty()
        || text.length() > MAX_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    int value = Integer.parseInt(text);
    return value >= least && value <= most ? value : null;
  }

  static AttributeType<String> shorterThan(int length) {
    return text("text of fewer than " + length + " characters", value -> value.length() < length);
  }

  static AttributeType<Sid> sid(SidKind kind) {
    return new AttributeType<>(
        "a SID: " + kind.prefix() + " and 32 hexadecimal digits",
        text -> Sid.isWellFormed(kind, text) ? new Sid(text) : null);
  }

  static AttributeType<String> oneOf(String... values) {
    List<String> allowed = List.of(values);
    return text(either(allowed), allowed::contains, value -> caseOf(value.strip(), allowed));
  }

  /** The allowed word that differs in letter case only; otherwise the word itself. */
  private static String caseOf(String word, List<String> allowed) {
    return allowed.stream().filter(word::equalsIgnoreCase).findFirst().orElse(word);
  }

  static <E extends Enum<E> & WireNamed> AttributeType<E> oneOf(Class<E> type) {
    return oneOf(wireNames(type).toArray(String[]::new))
        .as(name -> WireNamed.find(type, name).orElseThrow());
  }

  /** One or more of the names, each once, with one space between two of them. */
  static <E extends Enum<E> & WireNamed> AttributeType<Set<E>> listOf(Class<E> type) {
    return listOf(type, "");
  }

  /**
   * @param prefix that a name may have been written without
   */
  static <E extends Enum<E> & WireNamed> AttributeType<Set<E>> listOf(
      Class<E> type, String prefix) {
    List<String> allowed = wireNames(type);
    return new AttributeType<>(
        "one or more of " + String.join(", ", allowed) + ", white space between two",
        text -> {
          Set<E> constants = EnumSet.noneOf(type);
          for (String word : text.split(" ", -1)) {
            E constant = WireNamed.find(type, word).orElse(null);
            if (constant == null || !constants.add(constant)) {
              return null;
            }
          }
          return Collections.unmodifiableSet(constants);
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
    return equals(URL) || equals(URL_OR_EMPTY) || equals(WAIT_URL);
  }

  static AttributeType<String> keys(String alphabet, int most) {
    return text(
        (most == 1 ? "one of " : "made of ") + alphabet + ", or empty",
        value -> value.length() <= most && value.chars().allMatch(c -> alphabet.indexOf(c) >= 0));
  }

  /** The same texts, each read on to another value. */
  private <U> AttributeType<U> as(Function<T, U> further) {
    return new AttributeType<>(description, text -> map(reader.read(text), further), normal);
  }

  private static <A, B> @Nullable B map(@Nullable A value, Function<A, B> further) {
    return value == null ? null : further.apply(value);
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
