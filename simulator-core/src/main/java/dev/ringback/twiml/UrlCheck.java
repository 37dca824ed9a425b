package dev.ringback.twiml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with a URL in a document, before anybody requests it. */
final class UrlCheck {
  private static final Pattern SCHEME =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);
  private static final Pattern WITH_HOST =
      Pattern.compile(
          "(?is)https?://([^\\s/?#@]*@)?([a-z0-9._~-]+|\\[[0-9a-f:.]+\\])(:\\d{1,5})?([/?#].*)?");
  private static final Pattern LONE_PERCENT =
      Pattern.compile("%(?![0-9A-Fa-f]{2}).{0,2}", Pattern.DOTALL);

  private UrlCheck() {}

  /** Why no request can be made to it (error 11100); null: one can. Empty means the document. */
  static @Nullable String problem(String url) {
    Matcher scheme = SCHEME.matcher(url);
    if (scheme.matches() && !scheme.group(1).matches("(?i)https?")) {
      return "'%s' has the scheme %s; only http and https are requested"
          .formatted(shortened(url), scheme.group(1));
    }
    if (scheme.matches() && !WITH_HOST.matcher(url).matches()) {
      return "'%s' is no absolute http(s) URL with a host".formatted(shortened(url));
    }
    return null;
  }

  /** What will be sent otherwise than it is written; null: nothing. */
  static @Nullable String remark(String url) {
    Matcher percent = LONE_PERCENT.matcher(url);
    if (percent.find()) {
      return "'%s' in '%s' is no escape, and is sent as it is; write %%25 for a percent sign"
          .formatted(percent.group(), shortened(url));
    }
    return url.chars().anyMatch(c -> c == ' ' || c < 0x20)
        ? "'%s' has white space in it, which is escaped".formatted(shortened(url))
        : null;
  }

  private static String shortened(String url) {
    return url.length() <= 60 ? url : url.substring(0, 60) + "…";
  }
}
