package dev.ringback.rest;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host of Twilio's and what it serves. */
public enum Product {
  /** {@code api.twilio.com}: the API of 2010. */
  API("api", "/2010-04-01"),
  CONVERSATIONS("conversations", "/v1"),
  FRONTLINE("frontline-api", "/v1"),
  MONITOR("monitor", "/v1"),
  /** A host that is Twilio's and not emulated. */
  OTHER("", "");

  /** With an edge and a region a host has up to five labels, and the first is the product's. */
  private static final Pattern HOST =
      Pattern.compile("([a-z0-9-]+)(\\.[a-z0-9-]+){0,2}\\.twilio\\.com(:\\d+)?");

  /** The root of the DNS, spelled out. */
  private static final Pattern ROOT_DOT = Pattern.compile("\\.(?=$|:)");

  private final String label;
  private final String version;

  Product(String label, String version) {
    this.label = label;
    this.version = version;
  }

  /** The first label of its host; below it as a path the same is served. */
  public String label() {
    return label;
  }

  /** What its paths begin with, such as {@code /v1}. */
  public String version() {
    return version;
  }

  /**
   * Where a request goes.
   *
   * @param path from the version on
   * @param base what its own URLs begin with, before the version; of this server: a path
   */
  public record Address(Product product, String path, String base) {

    /** The same as seen from outside. */
    Address at(String publicUrl) {
      return base.startsWith("https://") ? this : new Address(product, path, publicUrl + base);
    }
  }

  /** Whether a host is one of Twilio's, whatever it serves; the port does not matter. */
  public static boolean isTwilio(String host) {
    return HOST.matcher(host).matches();
  }

  /** The place that a request means; empty: it is not for Twilio's API. */
  static Optional<Address> of(String host, String path) {
    String name = ROOT_DOT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
    Matcher twilio = HOST.matcher(name);
    if (twilio.matches()) {
      Product product = OTHER;
      for (Product each : values()) {
        if (each.label.equals(twilio.group(1))) {
          product = each;
        }
      }
      return Optional.of(new Address(product, path, "https://" + name));
    }
    if (isBelow(path, API.version)) {
      return Optional.of(new Address(API, path, ""));
    }
    for (Product each : values()) {
      String prefix = "/" + each.label;
      if (each != OTHER && isBelow(path, prefix + each.version)) {
        return Optional.of(new Address(each, path.substring(prefix.length()), prefix));
      }
    }
    return Optional.empty();
  }

  private static boolean isBelow(String path, String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/");
  }
}
