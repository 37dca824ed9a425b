package dev.ringback.wire;

import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** URLs as they are written. */
public final class ExactUrl {
  private ExactUrl() {}

  /**
   * The URL with its path and query as they are. OkHttp's parser escapes what browsers would, such
   * as an apostrophe in a query; its builder holds them raw, behind accessors that Kotlin keeps to
   * its module.
   *
   * @throws IllegalArgumentException when it is no URL, or would break the line of HTTP
   */
  public static HttpUrl of(String url) {
    boolean breaks = url.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f || c == '#');
    int start = url.indexOf("://") + 3;
    if (breaks || start < 3) {
      throw new IllegalArgumentException(url);
    }
    int path = start;
    while (path < url.length() && url.charAt(path) != '/' && url.charAt(path) != '?') {
      path++;
    }
    int query = url.indexOf('?', path);
    HttpUrl.Builder builder = HttpUrl.get(url.substring(0, path)).newBuilder();
    String segments = url.substring(path, query < 0 ? url.length() : query);
    builder.getEncodedPathSegments$okhttp().set(0, segments.isEmpty() ? "" : segments.substring(1));
    if (query >= 0) {
      List<@Nullable String> whole = new ArrayList<>();
      whole.add(url.substring(query + 1)); // a name without a value is written as it is
      whole.add(null);
      builder.setEncodedQueryNamesAndValues$okhttp(whole);
    }
    return builder.build();
  }
}
