package dev.ringback.call;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** URLs in documents (RFC 3986). */
public final class Urls {
  private static final Pattern ABSOLUTE =
      Pattern.compile(
          "(?i)https?://([^\\s/?#@]*@)?([a-z0-9._~-]+|\\[[0-9a-f:.]+\\])(:\\d{1,5})?([/?#].*)?");
  private static final Pattern USER = Pattern.compile("^([a-z]+://)[^/?#@]*@");
  private static final Pattern PASSWORD = Pattern.compile("^([a-z]+://[^/?#@:]*):[^/?#@]*@");

  private Urls() {}

  /** {@code reference} resolved against {@code base}; empty means the base itself. */
  static String resolve(String base, String reference) {
    if (reference.isEmpty()) {
      return base;
    }
    if (reference.startsWith("#")) {
      int fragment = base.indexOf('#');
      return (fragment < 0 ? base : base.substring(0, fragment)) + reference;
    }
    if (isAbsoluteHttp(reference)) {
      return reference;
    }
    try {
      // java.net.URI drops the last path segment before a bare query; RFC 3986 keeps it.
      if (reference.startsWith("?")) {
        return withoutQuery(base) + reference;
      }
      URI root = new URI(withoutQuery(base));
      if (root.getPath() == null || root.getPath().isEmpty()) {
        root = new URI(withoutQuery(base) + "/");
      }
      return root.resolve(new URI(escaped(reference))).toString();
    } catch (URISyntaxException e) {
      return reference;
    }
  }

  /**
   * Whether it can be requested as it is: http or https, with a host. {@code java.net.URI} would
   * refuse hosts such as {@code my_app}, which networks of containers have.
   */
  public static boolean isAbsoluteHttp(String url) {
    return ABSOLUTE.matcher(url).matches();
  }

  /** What {@code java.net.URI} does not take, and HTTP clients escape by themselves. */
  private static String escaped(String reference) {
    StringBuilder out = new StringBuilder(reference.length() + 8);
    for (int i = 0; i < reference.length(); i++) {
      char c = reference.charAt(i);
      boolean lonePercent = c == '%' && !reference.substring(i).matches("(?s)%[0-9A-Fa-f]{2}.*");
      if (lonePercent || " \"<>\\^`{|}".indexOf(c) >= 0 || c < 0x20 || c == 0x7f) {
        out.append("%%%02X".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** The same URL without a user and a fragment, as others are told of it. */
  static String plain(String url) {
    int fragment = url.indexOf('#');
    return USER.matcher(fragment < 0 ? url : url.substring(0, fragment)).replaceFirst("$1");
  }

  /** The same URL with the password hidden, for people to read. */
  static String masked(String url) {
    return PASSWORD.matcher(url).replaceFirst("$1:***@");
  }

  private static String withoutQuery(String url) {
    int end = url.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = url.indexOf(mark);
      if (at >= 0 && at < end) {
        end = at;
      }
    }
    return url.substring(0, end);
  }
}
