package dev.ringback.callback;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code X-Twilio-Signature} (docs/usage/security): HMAC-SHA1 with the auth token over the URL and,
 * for a form, its parameters in the order of their names.
 */
public final class Signature {
  private static final String ALGORITHM = "HmacSHA1";

  private final Mac keyed;

  /**
   * @param authToken the account's primary auth token
   */
  public Signature(String authToken) {
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /**
   * @param url as requested, see {@link #signedUrl}
   * @param params of the form in the body; empty for GET, whose parameters are in the URL
   */
  public String of(String url, List<Param> params) {
    StringBuilder text = new StringBuilder(signedUrl(url));
    params.stream()
        .sorted(Comparator.comparing(Param::name))
        .forEach(p -> text.append(p.name()).append(p.value()));
    byte[] digest = mac().doFinal(text.toString().getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }

  private Mac mac() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's " + ALGORITHM + " can be cloned", e);
    }
  }

  /** The part of a URL that is signed: no fragment, no user, and for https no port. */
  static String signedUrl(String url) {
    int fragment = url.indexOf('#');
    String signed = fragment < 0 ? url : url.substring(0, fragment);
    try {
      URI uri = new URI(signed);
      String authority = uri.getRawAuthority();
      if (authority == null) {
        return signed;
      }
      String plain = authority.substring(authority.lastIndexOf('@') + 1);
      if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getPort() >= 0) {
        plain = plain.substring(0, plain.lastIndexOf(':'));
      }
      int at = signed.indexOf("//") + 2;
      return signed.substring(0, at) + plain + signed.substring(at + authority.length());
    } catch (URISyntaxException e) {
      return signed;
    }
  }
}
