package dev.ringback.callback;

import dev.ringback.twiml.TwilioError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Connection overrides: what stands behind the {@code #} of a URL, such as {@code
 * #rc=2&rt=3000&rp=ct,rt} (docs/usage/webhooks/webhooks-connection-overrides).
 *
 * @param connect {@code ct}, default 5 s
 * @param read {@code rt}, default 15 s: for the first byte, and between two packets
 * @param total {@code tt}, default 15 s: for all tries together
 * @param retries {@code rc}, default 1
 * @param policy {@code rp}, default {@code ct}: what is tried again
 */
public record ConnectionOverrides(
    Duration connect, Duration read, Duration total, int retries, Set<RetryPolicy> policy) {

  public static final ConnectionOverrides DEFAULT =
      new ConnectionOverrides(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          1,
          Set.of(RetryPolicy.CT));

  /** What holds where overrides do not: one try, for so long. */
  public static ConnectionOverrides within(Duration total) {
    return new ConnectionOverrides(DEFAULT.connect(), total, total, 0, Set.of());
  }

  /** The keys that change how a request is made. */
  public static final List<String> EFFECTIVE = List.of("ct", "rt", "tt", "rc", "rp");

  /** The keys that are checked, and change nothing: there is one edge, and it asks for names. */
  public static final List<String> INEFFECTIVE = List.of("sni", "e");

  private static final Set<String> EDGES =
      Set.of(
          "ashburn",
          "dublin",
          "frankfurt",
          "roaming",
          "sao-paulo",
          "singapore",
          "sydney",
          "tokyo",
          "umatilla");

  /** What is wrong with a fragment; it is then as if that part were not there. */
  public record Problem(TwilioError error, String message) {}

  /**
   * A fragment, read.
   *
   * @param problems in the order in which they stand
   */
  public record Reading(ConnectionOverrides overrides, List<Problem> problems) {}

  /** Reads the fragment of a URL; a URL without one has the defaults. */
  public static Reading of(String url) {
    int hash = url.indexOf('#');
    if (hash < 0 || hash == url.length() - 1) {
      return new Reading(DEFAULT, List.of());
    }
    List<Problem> problems = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : url.substring(hash + 1).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (pair.isEmpty()) {
        continue;
      }
      if (parts.length == 2 && isKey(parts[0])) {
        values.put(parts[0], parts[1]);
      } else {
        problems.add(
            new Problem(
                TwilioError.SCHEMA_VALIDATION_WARNING,
                "'#%s' is no connection override; there are ct, rt, tt, rc, rp, sni and e"
                    .formatted(pair)));
      }
    }
    ConnectionOverrides overrides =
        new ConnectionOverrides(
            millis(values, "ct", 100, 10_000, DEFAULT.connect(), problems),
            millis(values, "rt", 100, 15_000, DEFAULT.read(), problems),
            millis(values, "tt", 0, 15_000, DEFAULT.total(), problems),
            (int) number(values, "rc", 0, 5, DEFAULT.retries(), problems),
            policy(values, problems));
    String sni = values.get("sni");
    if (sni != null && !sni.matches("[yn]")) {
      problems.add(warning("sni must be y or n, not '" + sni + "'"));
    }
    edges(values, problems);
    return new Reading(overrides, List.copyOf(problems));
  }

  private static boolean isKey(String name) {
    return EFFECTIVE.contains(name) || INEFFECTIVE.contains(name);
  }

  private static Duration millis(
      Map<String, String> values,
      String key,
      int least,
      int most,
      Duration otherwise,
      List<Problem> problems) {
    return Duration.ofMillis(number(values, key, least, most, otherwise.toMillis(), problems));
  }

  private static long number(
      Map<String, String> values,
      String key,
      int least,
      int most,
      long otherwise,
      List<Problem> problems) {
    String value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value.matches("\\d{1,6}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    problems.add(warning("%s must be from %d to %d, not '%s'".formatted(key, least, most, value)));
    return otherwise;
  }

  private static Set<RetryPolicy> policy(Map<String, String> values, List<Problem> problems) {
    String value = values.get("rp");
    if (value == null) {
      return DEFAULT.policy();
    }
    Set<RetryPolicy> policy = EnumSet.noneOf(RetryPolicy.class);
    for (String word : value.split(",", -1)) {
      switch (word) {
        case "ct" -> policy.add(RetryPolicy.CT);
        case "rt" -> policy.add(RetryPolicy.RT);
        case "4xx" -> policy.add(RetryPolicy.STATUS_4XX);
        case "5xx" -> policy.add(RetryPolicy.STATUS_5XX);
        case "all" -> policy.addAll(EnumSet.allOf(RetryPolicy.class));
        default -> {
          problems.add(
              new Problem(
                  TwilioError.HTTP_RETRY_POLICY_INVALID,
                  "rp must be made of 4xx, 5xx, ct, rt and all, with commas between, not '"
                      + value
                      + "'"));
          return DEFAULT.policy();
        }
      }
    }
    return policy;
  }

  private static void edges(Map<String, String> values, List<Problem> problems) {
    String edges = values.get("e");
    if (edges == null) {
      return;
    }
    for (String edge : edges.split(",", -1)) {
      if (!EDGES.contains(edge.toLowerCase(Locale.ROOT))) {
        problems.add(
            new Problem(
                TwilioError.HTTP_EDGE_INVALID,
                "'" + edge + "' is not an edge location of Twilio's"));
      }
    }
  }

  private static Problem warning(String message) {
    return new Problem(TwilioError.SCHEMA_VALIDATION_WARNING, message);
  }
}
