package dev.ringback.call;

import java.net.URI;
import java.net.URISyntaxException;

/** URLs in documents (RFC 3986). */
public final class Urls {
  private Urls() {}

  /** {@code reference} resolved against {@code base}; empty means the base itself. */
  static String resolve(String base, String reference) {
    if (reference.isEmpty()) {
      return base;
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
      return root.resolve(new URI(reference)).toString();
    } catch (URISyntaxException e) {
      return reference;
    }
  }

  /** Whether it can be requested as it is: http or https, with a host. */
  public static boolean isAbsoluteHttp(String url) {
    try {
      URI uri = new URI(url);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Whether a user stands before the host. */
  static boolean namesUser(String url) {
    int at = url.indexOf('@');
    int start = url.indexOf("://") + 3;
    return at > start
        && start >= 3
        && url.substring(start, at).chars().noneMatch(c -> "/?#".indexOf(c) >= 0);
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
