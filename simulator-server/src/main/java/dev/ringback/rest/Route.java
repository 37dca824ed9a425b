package dev.ringback.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path of the API and what answers it.
 *
 * @param audience whose credentials it takes
 * @param pattern below the product's version, with names in braces, such as {@code
 *     /Accounts/{account}/Calls/{sid}}
 */
public record Route(
    Product product, String method, List<String> pattern, Audience audience, Handler handler) {

  /** Whose credentials a route takes. */
  public enum Audience {
    /** The account's and its keys'. */
    USUAL,
    /** The account's only (docs/iam/api-keys). */
    ACCOUNT,
    /** Test credentials, too (docs/iam/test-credentials). */
    TEST
  }

  /** What answers a route. */
  @FunctionalInterface
  public interface Handler {
    Answer answer(RestRequest request);
  }

  static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** What the names of the pattern stand for in that path; empty: it is another path. */
  Optional<Map<String, String>> match(Product product, List<String> path) {
    if (product != this.product || path.size() != pattern.size()) {
      return Optional.empty();
    }
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String expected = pattern.get(i);
      if (expected.startsWith("{")) {
        names.put(expected.substring(1, expected.length() - 1), decoded(path.get(i)));
      } else if (!expected.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment; // a sign of percent that begins nothing
    }
  }
}
