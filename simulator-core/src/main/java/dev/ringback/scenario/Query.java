package dev.ringback.scenario;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters that stand in a URL. */
final class Query {
  private Query() {}

  /** By name, decoded; the first of equal names counts. */
  static Map<String, String> of(String url) {
    int start = url.indexOf('?');
    Map<String, String> parameters = new LinkedHashMap<>();
    if (start < 0) {
      return parameters;
    }
    int end = url.indexOf('#', start);
    for (String pair : url.substring(start + 1, end < 0 ? url.length() : end).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!name.isEmpty()) {
        parameters.putIfAbsent(
            decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a percent sign that begins no escape
    }
  }
}
