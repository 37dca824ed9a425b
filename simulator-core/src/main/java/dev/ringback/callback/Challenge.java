package dev.ringback.callback;

import dev.ringback.id.SidMint;
import dev.ringback.twiml.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server asks for with {@code WWW-Authenticate}, and the answer with the user and password
 * of the URL: Basic (RFC 7617) or Digest (RFC 7616), as docs/usage/security has them.
 *
 * @param digest whether it is Digest; otherwise Basic
 * @param parameters of the challenge, by name in lower case
 */
public record Challenge(boolean digest, Map<String, String> parameters) {
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z][\\w-]*)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,]+))");
  private static final HexFormat HEX = HexFormat.of();

  /** Reads the header; empty: neither Basic nor Digest with an algorithm that is known. */
  public static Optional<Challenge> of(String header) {
    String scheme = header.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher matcher = PARAMETER.matcher(header);
    while (matcher.find()) {
      parameters.put(
          matcher.group(1).toLowerCase(Locale.ROOT),
          matcher.group(2) == null
              ? matcher.group(3)
              : matcher.group(2).replaceAll("\\\\(.)", "$1"));
    }
    if (scheme.equals("basic")) {
      return Optional.of(new Challenge(false, parameters));
    }
    boolean usable =
        scheme.equals("digest")
            && parameters.containsKey("nonce")
            && algorithm(parameters) != null
            && (!parameters.containsKey("qop")
                || parameters.get("qop").matches("(?i)(.*,)?\\s*auth\\s*(,.*)?"));
    return usable ? Optional.of(new Challenge(true, parameters)) : Optional.empty();
  }

  private static @Nullable String algorithm(Map<String, String> parameters) {
    return switch (parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT)) {
      case "MD5", "MD5-SESS" -> "MD5";
      case "SHA-256", "SHA-256-SESS" -> "SHA-256";
      default -> null;
    };
  }

  /**
   * The {@code Authorization} header.
   *
   * @param user {@code name:password}, decoded
   * @param url that is requested
   * @param use how often the nonce was used, from 1
   */
  public String answer(String user, HttpMethod method, String url, int use) {
    if (!digest) {
      return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }
    String nonce = parameters.getOrDefault("nonce", "");
    String realm = parameters.getOrDefault("realm", "");
    String[] parts = user.split(":", 2);
    String name = parts[0];
    String uri = requestUri(url);
    String count = "%08x".formatted(use);
    String cnonce = new SidMint(nonce.hashCode(), use).hex32();
    String a1 = hash(user.contains(":") ? name + ":" + realm + ":" + parts[1] : name + ":" + realm);
    if (parameters.getOrDefault("algorithm", "").toUpperCase(Locale.ROOT).endsWith("-SESS")) {
      a1 = hash(a1 + ":" + nonce + ":" + cnonce);
    }
    String a2 = hash(method + ":" + uri);
    boolean qop = parameters.containsKey("qop");
    String response =
        hash(
            qop
                ? String.join(":", a1, nonce, count, cnonce, "auth", a2)
                : String.join(":", a1, nonce, a2));
    StringBuilder header = new StringBuilder("Digest ");
    header.append(
        "username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\""
            .formatted(name, realm, nonce, uri, response));
    if (parameters.containsKey("algorithm")) {
      header.append(", algorithm=").append(parameters.get("algorithm"));
    }
    if (qop) {
      header.append(", qop=auth, nc=%s, cnonce=\"%s\"".formatted(count, cnonce));
    }
    if (parameters.containsKey("opaque")) {
      header.append(", opaque=\"%s\"".formatted(parameters.get("opaque")));
    }
    return header.toString();
  }

  private String hash(String text) {
    try {
      return HEX.formatHex(
          MessageDigest.getInstance(algorithm(parameters))
              .digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5 and SHA-256", e);
    }
  }

  private static String requestUri(String url) {
    WebUrl.Parts parts = WebUrl.Parts.of(url);
    return parts.path() + parts.query();
  }
}
