package dev.ringback.config;

import dev.ringback.account.Addresses;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import dev.ringback.voice.Urls;
import dev.ringback.yaml.Section;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values that several sections have: phone numbers, SIDs, URLs with their methods, counts. */
public final class Values {
  static final String ABSOLUTE_URL = "an absolute http(s) URL";

  private Values() {}

  public static Optional<String> number(Section section, String key) {
    return section.text(
        key, Addresses::isE164, "a number in E.164, such as +15017122661 (quote it in YAML)");
  }

  static Optional<Target> target(Section section, String urlKey, String methodKey) {
    HttpMethod method = method(section, methodKey).orElse(HttpMethod.POST);
    return section
        .text(urlKey, Urls::isAbsoluteHttp, ABSOLUTE_URL)
        .map(url -> new Target(url, method));
  }

  public static Optional<HttpMethod> method(Section section, String key) {
    return section.choice(key, List.of("GET", "POST")).map(HttpMethod::valueOf);
  }

  static @Nullable String url(Section section, String key) {
    return section.text(key, Urls::isAbsoluteHttp, ABSOLUTE_URL).orElse(null);
  }

  static Optional<Sid> sid(Section section, String key, SidKind kind) {
    return section
        .text(
            key,
            text -> Sid.isWellFormed(kind, text),
            "a SID: " + kind.prefix() + " and 32 hexadecimal digits")
        .map(Sid::new);
  }

  static Optional<Integer> count(Section section, String key, int most) {
    return section.value(key, text -> positive(text, most), "a whole number from 1 to " + most);
  }

  private static Optional<Integer> positive(String text, int most) {
    return text.matches("[1-9]\\d{0,5}") && Integer.parseInt(text) <= most
        ? Optional.of(Integer.valueOf(text))
        : Optional.empty();
  }

  /** A URL to put a path behind. */
  public static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
