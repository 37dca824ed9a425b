package dev.ringback.callback;

import java.util.Locale;

/**
 * A URL as it goes over the wire. It is brought to that form once, before it is signed and before
 * it is sent, so that the app sees what was signed.
 */
final class WebUrl {
  private WebUrl() {}

  /**
   * Lower-case scheme and host, a path that is at least a slash, no fragment. Path and query are
   * the app's own, byte by byte: an apostrophe or a {@code |} stays bare, and only what would break
   * a line of HTTP is escaped, spaces, controls and what is not ASCII. What is no URL stays as it
   * is.
   */
  static String normalized(String url) {
    int fragment = url.indexOf('#');
    String plain = fragment < 0 ? url : url.substring(0, fragment);
    int authority = plain.indexOf("://");
    if (authority < 0) {
      return plain;
    }
    int path = firstOf(plain, authority + 3, "/?");
    String root = plain.substring(0, path);
    String rest = plain.substring(path);
    int user = root.lastIndexOf('@');
    String head =
        user < 0
            ? root.toLowerCase(Locale.ROOT)
            : root.substring(0, authority).toLowerCase(Locale.ROOT)
                + root.substring(authority, user)
                + root.substring(user).toLowerCase(Locale.ROOT);
    return head + (rest.startsWith("/") ? "" : "/") + escaped(rest);
  }

  /** The same URL without the user before its host. */
  static String withoutUser(String url) {
    int start = url.indexOf("://") + 3;
    int end = firstOf(url, Math.max(start, 0), "/?#");
    int user = url.substring(0, end).lastIndexOf('@');
    return start < 3 || user < start ? url : url.substring(0, start) + url.substring(user + 1);
  }

  /**
   * What a URL is made of, as text: {@code java.net.URI} refuses hosts and characters that HTTP
   * clients take.
   *
   * @param scheme in lower case
   * @param user with its password, still encoded; empty: none
   * @param host in lower case
   * @param port with its colon; empty: none
   * @param path at least a slash
   * @param query with its question mark; empty: none
   */
  record Parts(String scheme, String user, String host, String port, String path, String query) {
    static Parts of(String url) {
      int fragment = url.indexOf('#');
      String plain = fragment < 0 ? url : url.substring(0, fragment);
      int scheme = Math.max(0, plain.indexOf("://"));
      int start = Math.min(plain.length(), scheme + 3);
      int path = firstOf(plain, start, "/?");
      int query = firstOf(plain, path, "?");
      String authority = plain.substring(start, path);
      int at = authority.lastIndexOf('@');
      String host = authority.substring(at + 1).toLowerCase(Locale.ROOT);
      int colon = host.lastIndexOf(':');
      boolean port = colon > host.lastIndexOf(']');
      return new Parts(
          plain.substring(0, scheme).toLowerCase(Locale.ROOT),
          at < 0 ? "" : authority.substring(0, at),
          port ? host.substring(0, colon) : host,
          port ? host.substring(colon) : "",
          path == query ? "/" : plain.substring(path, query),
          plain.substring(query));
    }
  }

  private static int firstOf(String text, int from, String any) {
    for (int i = from; i < text.length(); i++) {
      if (any.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    Percent.encode(text, c -> c > 0x20 && c < 0x7f, out);
    return out.toString();
  }
}
