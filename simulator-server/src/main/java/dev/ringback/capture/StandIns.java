package dev.ringback.capture;

import dev.ringback.callback.Form;
import dev.ringback.callback.Param;
import dev.ringback.voice.Landing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Puts numbers that nobody has in the place of people's, and words in the place of secrets that
 * stand in URLs, the same for the same everywhere. Tokens and signatures are not kept at all.
 */
final class StandIns {
  private static final Pattern NUMBER = Pattern.compile("(?:\\+|%2[Bb])([1-9]\\d{6,14})(?!\\d)");
  private static final Pattern SECRET =
      Pattern.compile(
          "[?&;]([\\w.-]*(?:token|secret|passw|apikey|api_key|auth|sig|key)[\\w.-]*)=([^&#\"'<>\\s]{3,})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern USER = Pattern.compile("://([^/@\\s\"'<>]+:[^/@\\s\"'<>]+)@");

  /** By what stands there: what is to stand there. */
  private final Map<String, String> words = new LinkedHashMap<>();

  private int numbers;
  private int secrets;

  static List<Captured> in(List<Captured> captured) {
    StandIns standIns = new StandIns();
    captured.forEach(standIns::learn);
    return captured.stream().map(standIns::replaced).toList();
  }

  private void learn(Captured captured) {
    Stream.concat(
            Stream.of(captured.request().path(), body(captured)),
            captured.form().params().stream()
                .filter(param -> !param.name().equals("CallToken"))
                .map(Param::value))
        .forEach(this::learn);
  }

  private void learn(String text) {
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      words.computeIfAbsent(number.group(1), this::number);
    }
    Matcher secret = SECRET.matcher(text);
    while (secret.find()) {
      if (!secret.group(2).startsWith("{")) {
        words.computeIfAbsent(secret.group(2), s -> "secret" + ++secrets);
      }
    }
    Matcher user = USER.matcher(text);
    while (user.find()) {
      words.computeIfAbsent(user.group(1), u -> "user:secret" + ++secrets);
    }
  }

  /** In North America of the range that is kept for fiction; elsewhere of the same country. */
  private String number(String digits) {
    int number = 100 + numbers++;
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
    for (Map.Entry<String, String> word : words.entrySet()) {
      replaced = replaced.replace(word.getKey(), word.getValue());
    }
    return replaced;
  }
}
