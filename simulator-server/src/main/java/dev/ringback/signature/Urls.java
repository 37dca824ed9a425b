package dev.ringback.signature;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The URLs that may have been signed where an app saw another. */
final class Urls {
  private static final Pattern URL =
      Pattern.compile("(https?)://([^/?#:]+|\\[[^\\]]+\\])(:\\d+)?([^?#]*)(\\?[^#]*)?(#.*)?");

  private static final int MOST = 2_000;

  /** Of so many parameters each order is tried. */
  private static final int MOST_SHUFFLED = 4;

  private Urls() {}

  /** What is not there is empty. */
  private record Parts(String scheme, String host, String port, String path, String query) {
    /** Empty where it is no URL. */
    static Optional<Parts> of(String url) {
      Matcher found = URL.matcher(url);
      return found.matches()
          ? Optional.of(
              new Parts(
                  found.group(1),
                  found.group(2),
                  blank(found.group(3)),
                  found.group(4),
                  blank(found.group(5))))
          : Optional.empty();
    }

    private static String blank(@Nullable String text) {
      return text == null ? "" : text;
    }

    String text() {
      return scheme + "://" + host + port + path + query;
    }
  }

  /** The nearest first. */
  static List<Variant<String>> of(String url, List<String> known) {
    Map<String, Set<Cause>> found = new LinkedHashMap<>();
    found.put(url, Set.of());
    Optional<Parts> whole = Parts.of(url);
    if (whole.isPresent()) {
      Parts seen = whole.get();
      for (Parts scheme : schemes(seen)) {
        for (Parts port : ports(scheme)) {
          for (Parts path : paths(port)) {
            for (Parts query : queries(path)) {
              if (found.size() < MOST) {
                found.putIfAbsent(query.text(), causes(seen, query));
              }
            }
          }
        }
      }
      for (String other : known) {
        Parts.of(other).ifPresent(parts -> found.putIfAbsent(other, causes(seen, parts)));
      }
    }
    List<Variant<String>> variants = new ArrayList<>();
    found.forEach((text, causes) -> variants.add(new Variant<>(text, causes)));
    variants.sort(Comparator.comparingInt(variant -> variant.causes().size()));
    return variants;
  }

  private static Set<Cause> causes(Parts seen, Parts signed) {
    Set<Cause> causes = EnumSet.noneOf(Cause.class);
    if (!seen.scheme().equals(signed.scheme())) {
      causes.add(Cause.SCHEME);
    }
    if (!seen.host().equals(signed.host())) {
      causes.add(Cause.HOST);
    } else if (!seen.port().equals(signed.port())) {
      causes.add(Cause.PORT);
    }
    if (!seen.path().equals(signed.path())) {
      boolean slash = withoutSlash(seen.path()).equals(withoutSlash(signed.path()));
      causes.add(slash ? Cause.SLASH : Cause.PATH);
    }
    if (!seen.query().equals(signed.query())) {
      causes.add(Cause.QUERY);
    }
    return causes;
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static List<Parts> schemes(Parts p) {
    String other = p.scheme().equals("http") ? "https" : "http";
    String host = p.host().toLowerCase(Locale.ROOT);
    return List.of(
        p,
        new Parts(other, p.host(), p.port(), p.path(), p.query()),
        new Parts(p.scheme(), host, p.port(), p.path(), p.query()),
        new Parts(other, host, p.port(), p.path(), p.query()));
  }

  private static List<Parts> ports(Parts p) {
    String usual = p.scheme().equals("http") ? ":80" : ":443";
    return List.of(
        p,
        new Parts(p.scheme(), p.host(), "", p.path(), p.query()),
        new Parts(p.scheme(), p.host(), usual, p.path(), p.query()));
  }

  private static List<Parts> paths(Parts p) {
    String decoded = decoded(p.path().replace("+", "%2B"));
    List<String> paths =
        List.of(
            p.path(),
            p.path().endsWith("/") ? withoutSlash(p.path()) : p.path() + "/",
            decoded,
            decoded.replace(" ", "%20"),
            decoded.replace(" ", "+"));
    return paths.stream()
        .distinct()
        .map(path -> new Parts(p.scheme(), p.host(), p.port(), path, p.query()))
        .toList();
  }

  private static List<Parts> queries(Parts p) {
    if (p.query().length() < 2) {
      return List.of(p);
    }
    String query = p.query().substring(1);
    List<String> pairs = new ArrayList<>(Arrays.asList(query.split("&", -1)));
    List<String> sorted = pairs.stream().sorted().toList();
    String decoded = decoded(query);
    List<String> queries =
        new ArrayList<>(
            List.of(
                p.query(),
                "?" + String.join("&", sorted),
                "?" + String.join("&", pairs.reversed()),
                "?" + decoded,
                "?" + decoded.replace(" ", "%20"),
                "?" + query.replace("+", "%20"),
                "?" + query.replace("%20", "+"),
                "?" + query.replace("&amp;", "&"),
                ""));
    if (pairs.size() <= MOST_SHUFFLED) {
      orders(pairs).forEach(order -> queries.add("?" + String.join("&", order)));
    }
    return queries.stream()
        .distinct()
        .map(other -> new Parts(p.scheme(), p.host(), p.port(), p.path(), other))
        .toList();
  }

  /** All orders of so few. */
  private static List<List<String>> orders(List<String> pairs) {
    if (pairs.isEmpty()) {
      return List.of(List.of());
    }
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      List<String> others = new ArrayList<>(pairs);
      String first = others.remove(i);
      for (List<String> rest : orders(others)) {
        List<String> order = new ArrayList<>(List.of(first));
        order.addAll(rest);
        all.add(order);
      }
    }
    return all;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
