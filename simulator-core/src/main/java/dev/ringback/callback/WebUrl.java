package dev.ringback.callback;

import java.net.URI;
import java.util.Locale;

/**
 * A URL as an HTTP client puts it on the wire. It is brought to that form once, before it is signed
 * and before it is sent, so that the app sees what was signed.
 */
final class WebUrl {
  private WebUrl() {}

  /**
   * Lower-case scheme and host, a path that is at least a slash and has no dot segments, escapes
   * for what has no place in a URL, no fragment. What is no URL stays as it is.
   */
  static String normalized(String url) {
    int fragment = url.indexOf('#');
    String plain = fragment < 0 ? url : url.substring(0, fragment);
    int authority = plain.indexOf("://");
    if (authority < 0) {
      return plain;
    }
    int path = firstOf(plain, authority + 3, "/?");
    int query = plain.indexOf('?', path);
    String root = plain.substring(0, path);
    String rawPath = plain.substring(path, query < 0 ? plain.length() : query);
    String rawQuery = query < 0 ? "" : plain.substring(query);
    int user = root.lastIndexOf('@');
    String head =
        user < 0
            ? root.toLowerCase(Locale.ROOT)
            : root.substring(0, authority).toLowerCase(Locale.ROOT)
                + root.substring(authority, user)
                + root.substring(user).toLowerCase(Locale.ROOT);
    return head + path(escaped(rawPath, " \"<>^`{}|\\")) + escaped(rawQuery, " \"'<>");
  }

  /** The same URL without the user before its host. */
  static String withoutUser(String url) {
    int start = url.indexOf("://") + 3;
    int end = firstOf(url, Math.max(start, 0), "/?#");
    int user = url.substring(0, end).lastIndexOf('@');
    return start < 3 || user < start ? url : url.substring(0, start) + url.substring(user + 1);
  }

  /** The same URL with the password hidden, for people to read. */
  static String masked(String url) {
    int start = url.indexOf("://") + 3;
    int end = firstOf(url, Math.max(start, 0), "/?#");
    int user = url.substring(0, end).lastIndexOf('@');
    int colon = start < 3 ? -1 : url.indexOf(':', start);
    return start < 3 || user < start || colon < 0 || colon > user
        ? url
        : url.substring(0, colon) + ":***" + url.substring(user);
  }

  private static String path(String path) {
    if (path.isEmpty()) {
      return "/";
    }
    if (!path.contains("/.")) {
      return path;
    }
    String normal = URI.create("http://h" + path).normalize().getRawPath();
    while (normal.startsWith("/../") || normal.equals("/..")) {
      normal = normal.equals("/..") ? "/" : normal.substring(3);
    }
    return normal.isEmpty() ? "/" : normal;
  }

  private static int firstOf(String text, int from, String any) {
    for (int i = from; i < text.length(); i++) {
      if (any.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  private static String escaped(String text, String forbidden) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    Percent.encode(text, c -> c > 0x20 && c < 0x7f && forbidden.indexOf(c) < 0, out);
    return out.toString();
  }
}
