package dev.ringback.voice;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** URLs in documents (RFC 3986). */
public final class Urls {
  private static final Pattern ABSOLUTE =
      Pattern.compile(
          "(?i)https?://([^\\s/?#@]*@)?([a-z0-9._~-]+|\\[[0-9a-f:.]+\\])(:\\d{1,5})?([/?#].*)?");
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:");
  private static final Pattern USER = Pattern.compile("^([a-z]+://)[^/?#@]*@");
  private static final Pattern PASSWORD = Pattern.compile("^([a-z]+://[^/?#@:]*):[^/?#@]*@");

  private Urls() {}

  /**
   * {@code reference} resolved against {@code base}, section 5.2; empty means the base itself. Only
   * dot segments of the path are touched, no other byte. {@code java.net.URI} would escape, refuse,
   * and drop the last segment before a bare query.
   */
  static String resolve(String base, String reference) {
    if (reference.isEmpty()) {
      return base;
    }
    int scheme = base.indexOf("://");
    if (scheme < 0 || SCHEME.matcher(reference).lookingAt()) {
      return reference;
    }
    if (reference.startsWith("#")) {
      return base.substring(0, firstOf(base, 0, "#")) + reference;
    }
    if (reference.startsWith("//")) {
      return base.substring(0, scheme + 1) + reference;
    }
    int start = firstOf(base, scheme + 3, "/?#");
    String authority = base.substring(0, start);
    String path = base.substring(start, firstOf(base, start, "?#"));
    if (reference.startsWith("?")) {
      return authority + path + reference;
    }
    int end = firstOf(reference, 0, "?#");
    String way = reference.substring(0, end);
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    String merged = way.startsWith("/") ? way : (folder.isEmpty() ? "/" : folder) + way;
    return authority + withoutDots(merged) + reference.substring(end);
  }

  /**
   * Whether it can be requested as it is: http or https, with a host. {@code java.net.URI} would
   * refuse hosts such as {@code my_app}, which networks of containers have.
   */
  public static boolean isAbsoluteHttp(String url) {
    return ABSOLUTE.matcher(url).matches();
  }

  /** Section 5.2.4. */
  private static String withoutDots(String path) {
    if (!path.contains("/.")) {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      switch (segments[i]) {
        case "." -> {
          if (last) {
            kept.addLast("");
          }
        }
        case ".." -> {
          kept.pollLast();
          if (last) {
            kept.addLast("");
          }
        }
        default -> kept.addLast(segments[i]);
      }
    }
    return "/" + String.join("/", kept);
  }

  /** The same URL without a user and a fragment, as others are told of it. */
  public static String plain(String url) {
    int fragment = url.indexOf('#');
    return USER.matcher(fragment < 0 ? url : url.substring(0, fragment)).replaceFirst("$1");
  }

  /** The same URL with the password hidden, for people to read. */
  public static String masked(String url) {
    return PASSWORD.matcher(url).replaceFirst("$1:***@");
  }

  private static int firstOf(String text, int from, String any) {
    for (int i = from; i < text.length(); i++) {
      if (any.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }
}
