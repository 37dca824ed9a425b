package dev.ringback.capture;

import dev.ringback.callback.Form;
import dev.ringback.callback.Param;
import dev.ringback.runner.Wildcards;
import dev.ringback.voice.Landing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts numbers that nobody has in the place of people's, however they are written, and words in the
 * place of secrets that stand in URLs and parameters: the same for the same everywhere. Tokens and
 * signatures are not kept at all.
 */
final class StandIns {
  private static final Pattern NUMBER =
      Pattern.compile("(?:\\+|%2[Bb])([1-9](?:[\\s().\\-]{0,3}\\d){6,14})(?!\\d)");

  private static final String SECRET_NAME =
      "[\\w.-]*(?:token|tok\\b|secret|passw|pwd|api_?key|auth|sig|key|jwt|session|credential)[\\w.-]*";

  private static final Pattern SECRET =
      Pattern.compile(
          "[?&;](?:amp;)?(" + SECRET_NAME + ")=([^&#\"'<>\\s]{3,})", Pattern.CASE_INSENSITIVE);

  private static final Pattern NAME = Pattern.compile(SECRET_NAME, Pattern.CASE_INSENSITIVE);
  private static final Pattern USER = Pattern.compile("://([^/@\\s\"'<>]+:[^/@\\s\"'<>]+)@");
  private static final Pattern JWT = Pattern.compile("eyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*");

  /** By digits: the digits that are to stand there. */
  private final Map<String, String> numbers = new LinkedHashMap<>();

  /** By secret: the word that is to stand there. */
  private final Map<String, String> secrets = new LinkedHashMap<>();

  /**
   * @param words that stand in the place of others
   */
  record Replaced(List<Captured> captured, List<String> words) {}

  static Replaced in(List<Captured> captured) {
    StandIns standIns = new StandIns();
    captured.forEach(standIns::learn);
    List<String> words = new ArrayList<>(standIns.numbers.values());
    words.addAll(standIns.secrets.values());
    return new Replaced(captured.stream().map(standIns::replaced).toList(), List.copyOf(words));
  }

  private void learn(Captured captured) {
    learn(captured.request().path());
    learn(body(captured));
    for (Param param : captured.form().params()) {
      if (!param.name().equals("CallToken")) {
        learn(param.value());
        if (isOfTheApp(param) && NAME.matcher(param.name()).matches()) {
          secret(param.value());
        }
      }
    }
  }

  /** A parameter that Twilio does not know: it begins with no capital, or is in no list of ours. */
  private static boolean isOfTheApp(Param param) {
    return !CapturedReader.isTwilios(param.name()) && param.value().length() > 2;
  }

  private void learn(String text) {
    NUMBER
        .matcher(text)
        .results()
        .map(number -> number.group(1).replaceAll("\\D", ""))
        .filter(digits -> digits.length() >= 7 && digits.length() <= 15)
        .forEach(digits -> numbers.computeIfAbsent(digits, this::number));
    SECRET.matcher(text).results().map(found -> found.group(2)).forEach(this::secret);
    USER.matcher(text).results().map(found -> found.group(1)).forEach(this::secret);
    JWT.matcher(text).results().map(MatchResult::group).forEach(this::secret);
  }

  private void secret(String value) {
    if (!value.startsWith("{") && !value.matches("(?i)true|false|\\d{1,2}")) {
      secrets.computeIfAbsent(
          value, s -> s.contains(":") ? "user:secret" + secrets.size() : "secret" + secrets.size());
    }
  }

  /** In North America of the range that is kept for fiction; elsewhere of the same country. */
  private String number(String digits) {
    int number = 100 + numbers.size();
    if (digits.startsWith("1") && digits.length() == 11) {
      return "1202555%04d".formatted(number);
    }
    String rest = "%%0%dd".formatted(digits.length() - 2).formatted(5_550_000 + number);
    return digits.substring(0, 2) + rest.substring(rest.length() - (digits.length() - 2));
  }

  private Captured replaced(Captured captured) {
    Form form =
        new Form(
            captured.form().params().stream()
                .map(param ->
                    new Param(
                        param.name(),
                        param.name().equals("CallToken") ? "token" : replaced(param.value())))
                .toList());
    Captured.Line line =
        new Captured.Line(
            captured.request().method(),
            captured.request().base(),
            replaced(captured.request().path()));
    return new Captured(
        captured.at(), line, captured.headers(), form, replaced(captured.landing()));
  }

  private Landing replaced(Landing landing) {
    if (!(landing instanceof Landing.Answered answered)) {
      return landing;
    }
    return new Landing.Answered(
        answered.status(),
        answered.contentType(),
        replaced(answered.body()),
        answered.headers().stream()
            .map(header -> new Landing.Header(header.name(), replaced(header.value())))
            .toList(),
        answered.plays());
  }

  private static String body(Captured captured) {
    return captured.landing() instanceof Landing.Answered answered ? answered.body() : "";
  }

  private String replaced(String text) {
    String replaced = text;
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      replaced = replaced.replace(secret.getKey(), secret.getValue());
    }
    for (Map.Entry<String, String> number : numbers.entrySet()) {
      replaced =
          Wildcards.pattern(number.getKey())
              .matcher(replaced)
              .replaceAll(
                  found -> Matcher.quoteReplacement(digits(found.group(), number.getValue())));
    }
    return replaced;
  }

  /** The digits of another number in the places of these, the last in the last. */
  private static String digits(String written, String number) {
    StringBuilder digits = new StringBuilder(written);
    int next = number.length();
    for (int i = digits.length() - 1; i >= 0 && next > 0; i--) {
      if (Character.isDigit(digits.charAt(i))) {
        digits.setCharAt(i, number.charAt(--next));
      }
    }
    return digits.toString();
  }
}
