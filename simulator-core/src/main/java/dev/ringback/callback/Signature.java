package dev.ringback.callback;

import dev.ringback.voice.RequestKind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * {@code X-Twilio-Signature} (docs/usage/security): HMAC-SHA1 with the auth token over the URL and,
 * for a form, its parameters in the order of their names.
 */
public final class Signature {
  private static final String ALGORITHM = "HmacSHA1";
  private static final Comparator<Param> IN_ORDER =
      Comparator.comparing(Param::name).thenComparing(Param::value);

  private final SecretKeySpec key;

  /** Made at the first request: the JDK's providers are not asked before. */
  private @Nullable Mac keyed;

  /**
   * @param authToken the account's primary auth token
   */
  public Signature(String authToken) {
    key = new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /**
   * Of a request for TwiML.
   *
   * @param url as requested, see {@link #signedUrl}
   * @param params of the form in the body; empty for GET, whose parameters are in the URL
   */
  public String of(String url, List<Param> params) {
    return of(RequestKind.VOICE, url, params);
  }

  /** Of any request. */
  public String of(RequestKind kind, String url, List<Param> params) {
    StringBuilder text = new StringBuilder(1024).append(signedUrl(kind, url));
    List<Param> sorted = new ArrayList<>(params);
    sorted.sort(IN_ORDER);
    Param last = null;
    for (Param param : sorted) {
      if (!param.equals(last)) { // of a name that is repeated each value is signed once
        text.append(param.name()).append(param.value());
      }
      last = param;
    }
    return of(text.toString());
  }

  /** One that no request has, for a fault: it looks right, and is wrong for whatever it is on. */
  String ofNothing() {
    return of("");
  }

  private synchronized String of(String text) {
    try {
      Mac mac = keyed;
      if (mac == null) {
        mac = Mac.getInstance(ALGORITHM);
        mac.init(key);
        keyed = mac;
      }
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /**
   * The part of a URL that is signed: no fragment, no user, and for https no port unless it is a
   * callback, which was seen to keep it (twilio-node, issue 411).
   */
  static String signedUrl(RequestKind kind, String url) {
    int fragment = url.indexOf('#');
    String signed = fragment < 0 ? url : url.substring(0, fragment);
    int start = signed.indexOf("://") + 3;
    if (start < 3) {
      return signed;
    }
    int end = start;
    while (end < signed.length() && "/?".indexOf(signed.charAt(end)) < 0) {
      end++;
    }
    String authority = signed.substring(start, end);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int port = host.lastIndexOf(':');
    if (port > host.lastIndexOf(']') && signed.startsWith("https:") && !kind.signsPort()) {
      host = host.substring(0, port);
    }
    return signed.substring(0, start) + host + signed.substring(end);
  }
}
