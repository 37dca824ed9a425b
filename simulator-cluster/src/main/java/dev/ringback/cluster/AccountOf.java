package dev.ringback.cluster;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which account a request is for: the one that its path names, or that signs in. */
final class AccountOf {
  private static final Pattern IN_PATH = Pattern.compile("/(AC[0-9a-f]{32})(?=[/.]|$)");
  private static final Pattern LOGIN = Pattern.compile("(AC|SK)[0-9a-f]{32}");
  private static final String BASIC = "Basic ";

  private AccountOf() {}

  /** Empty: it names none. */
  static Optional<String> path(Context context) {
    Matcher path = IN_PATH.matcher(context.path());
    return path.find() ? Optional.of(path.group(1)) : Optional.empty();
  }

  /**
   * The account or key that signs in; empty: nobody does, or it is the control API, which asks for
   * nobody's name.
   */
  static Optional<String> login(Context context) {
    String header = context.header("Authorization");
    if (header == null
        || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())
        || context.path().startsWith("/sim/")) {
      return Optional.empty();
    }
    try {
      String login =
          new String(
              Base64.getDecoder().decode(header.substring(BASIC.length()).strip()),
              StandardCharsets.UTF_8);
      int end = login.indexOf(':');
      String user = end < 0 ? login : login.substring(0, end);
      return LOGIN.matcher(user).matches() ? Optional.of(user) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // who answers will say so
    }
  }
}
