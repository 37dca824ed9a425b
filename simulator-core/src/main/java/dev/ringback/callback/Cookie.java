package dev.ringback.callback;

import java.net.HttpCookie;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A cookie of a call's (docs/voice/twiml, "HTTP cookies"; RFC 6265). It lives as long as the call,
 * unless the app removes it.
 *
 * @param domain in lower case
 * @param hostOnly whether other hosts of the domain do not get it
 * @param secure whether only https gets it
 */
public record Cookie(
    String name, String value, String domain, boolean hostOnly, String path, boolean secure) {

  /** The cookies after an answer from that URL said {@code Set-Cookie}. */
  public static List<Cookie> after(List<Cookie> before, String url, String setCookie) {
    List<HttpCookie> parsed;
    URI from;
    try {
      from = URI.create(url);
      parsed = HttpCookie.parse("Set-Cookie: " + setCookie);
    } catch (IllegalArgumentException e) {
      return before;
    }
    String host = String.valueOf(from.getHost()).toLowerCase(Locale.ROOT);
    List<Cookie> cookies = new ArrayList<>(before);
    for (HttpCookie http : parsed) {
      String domain =
          http.getDomain() == null
              ? ""
              : http.getDomain().toLowerCase(Locale.ROOT).replaceFirst("^\\.", "");
      boolean hostOnly = domain.isEmpty();
      if (!hostOnly && !isIn(host, domain)) {
        continue;
      }
      Cookie cookie =
          new Cookie(
              http.getName(),
              http.getValue(),
              hostOnly ? host : domain,
              hostOnly,
              http.getPath() == null ? defaultPath(from) : http.getPath(),
              http.getSecure());
      cookies.removeIf(c ->
          c.name().equals(cookie.name())
              && c.domain().equals(cookie.domain())
              && c.path().equals(cookie.path()));
      if (http.getMaxAge() != 0) {
        cookies.add(cookie);
      }
    }
    return List.copyOf(cookies);
  }

  private static String defaultPath(URI from) {
    String path = from.getRawPath();
    int slash = path == null ? -1 : path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static boolean isIn(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  /** Whether a request to that URL carries it. */
  public boolean goesTo(String url) {
    URI to;
    try {
      to = URI.create(url);
    } catch (IllegalArgumentException e) {
      return false;
    }
    String host = String.valueOf(to.getHost()).toLowerCase(Locale.ROOT);
    String target = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
    boolean below =
        target.equals(path)
            || (target.startsWith(path)
                && (path.endsWith("/") || target.charAt(path.length()) == '/'));
    return (hostOnly ? host.equals(domain) : isIn(host, domain))
        && below
        && (!secure || "https".equals(to.getScheme()));
  }
}
