package dev.ringback.callback;

import dev.ringback.id.WireData;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cookie of a call's (docs/voice/twiml, "HTTP cookies"; RFC 6265). It lives as long as the call,
 * or until the app removes it, or until it has expired in the world's time. The JDK's own reader
 * knows only the wall's.
 *
 * @param domain in lower case
 * @param hostOnly whether other hosts of the domain do not get it
 * @param secure whether only https gets it
 * @param expires null: with the call
 */
@WireData
public record Cookie(
    String name,
    String value,
    String domain,
    boolean hostOnly,
    String path,
    boolean secure,
    @Nullable Instant expires) {

  /** The cookies after an answer from that URL said {@code Set-Cookie}. */
  public static List<Cookie> after(List<Cookie> before, String url, String setCookie, Instant now) {
    String[] parts = setCookie.split(";", -1);
    int equals = parts[0].indexOf('=');
    if (equals <= 0) {
      return before;
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", 2);
      attributes.put(
          pair[0].strip().toLowerCase(Locale.ROOT), pair.length < 2 ? "" : pair[1].strip());
    }
    WebUrl.Parts from = WebUrl.Parts.of(url);
    String domain =
        attributes.getOrDefault("domain", "").toLowerCase(Locale.ROOT).replaceFirst("^\\.", "");
    boolean hostOnly = domain.isEmpty();
    if (!hostOnly && !isIn(from.host(), domain)) {
      return before;
    }
    String path = attributes.getOrDefault("path", "");
    Cookie cookie =
        new Cookie(
            parts[0].substring(0, equals).strip(),
            parts[0].substring(equals + 1).strip(),
            hostOnly ? from.host() : domain,
            hostOnly,
            path.startsWith("/") ? path : defaultPath(from.path()),
            attributes.containsKey("secure"),
            expires(attributes, now));
    List<Cookie> cookies = new ArrayList<>(before);
    cookies.removeIf(c ->
        c.name().equals(cookie.name())
            && c.domain().equals(cookie.domain())
            && c.path().equals(cookie.path()));
    if (cookie.lives(now)) {
      cookies.add(cookie);
    }
    return List.copyOf(cookies);
  }

  /**
   * {@code Max-Age} goes before {@code Expires}; what cannot be read is as if it were not there.
   */
  private static @Nullable Instant expires(Map<String, String> attributes, Instant now) {
    String maxAge = attributes.getOrDefault("max-age", "");
    if (maxAge.matches("-?\\d{1,9}")) {
      return now.plusSeconds(Long.parseLong(maxAge));
    }
    String date = attributes.getOrDefault("expires", "").replace('-', ' ');
    try {
      return date.isEmpty()
          ? null
          : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private boolean lives(Instant now) {
    return expires == null || expires.isAfter(now);
  }

  private static String defaultPath(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static boolean isIn(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  /** Whether a request to that URL carries it, at that time of the world. */
  public boolean goesTo(String url, Instant now) {
    WebUrl.Parts to = WebUrl.Parts.of(url);
    boolean below =
        to.path().equals(path)
            || (to.path().startsWith(path)
                && (path.endsWith("/") || to.path().charAt(path.length()) == '/'));
    return lives(now)
        && (hostOnly ? to.host().equals(domain) : isIn(to.host(), domain))
        && below
        && (!secure || to.scheme().equals("https"));
  }
}
