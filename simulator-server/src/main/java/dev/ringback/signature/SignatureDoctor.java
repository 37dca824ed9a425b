package dev.ringback.signature;

import dev.ringback.callback.Param;
import dev.ringback.callback.Signature;
import dev.ringback.voice.RequestKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a signature was made of: the URL, the parameters and the token that an app saw, each
 * varied as proxies, frameworks and people vary them, until they give the signature that came.
 */
public final class SignatureDoctor {
  /** So many causes at once are tried; more are no diagnosis. */
  private static final int MOST_CAUSES = 3;

  private final List<Token> tokens;

  /**
   * A token that may have signed.
   *
   * @param name for people; it is shown instead of the token
   */
  public record Token(String name, String value) {}

  /**
   * What would have matched.
   *
   * @param causes none: the signature is right as it is
   * @param url that was signed
   * @param params that were signed
   * @param token that signed
   */
  public record Diagnosis(List<Cause> causes, String url, List<Param> params, Token token) {
    /** Whether the signature is right for what the app saw. */
    public boolean matches() {
      return causes.isEmpty();
    }
  }

  /**
   * @param tokens the first is the one that the app validates with
   */
  public SignatureDoctor(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /**
   * The diagnosis with the fewest causes; empty: nothing gives that signature.
   *
   * @param known requests that were signed lately; one of them may be this one
   */
  public Optional<Diagnosis> examine(SeenRequest seen, List<SignedRequest> known) {
    List<Variant<String>> urls =
        Urls.of(seen.url(), known.stream().map(SignedRequest::url).toList());
    List<Variant<List<Param>>> params = Bodies.of(seen, known);
    for (int most = 0; most <= MOST_CAUSES; most++) {
      for (Token token : tokens) {
        int ofToken = token.equals(tokens.getFirst()) ? 0 : 1;
        for (Variant<String> url : urls) {
          for (Variant<List<Param>> body : params) {
            int causes = ofToken + url.causes().size() + body.causes().size();
            if (causes == most && gives(seen.signature(), token, url, body)) {
              return Optional.of(diagnosis(token, ofToken > 0, url, body));
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The parameters of a form, as it came. */
  public static List<Param> form(String body) {
    return Bodies.form(body);
  }

  /** A token as it was given; and without the quotes or blanks that files leave around it. */
  public static List<Token> tokens(String name, String value) {
    String bare = value.strip().replaceAll("^[\"']|[\"']$", "");
    return bare.equals(value) || bare.isEmpty()
        ? List.of(new Token(name, value))
        : List.of(
            new Token(name, value), new Token(name + ", without what stands around it", bare));
  }

  /**
   * What an app saw, as somebody pasted it: with quotes or the header's name around the signature,
   * and a JSON body, which is no parameter where its hash is in the URL.
   */
  public static SeenRequest seen(String url, String body, String signature) {
    String bare =
        signature
            .strip()
            .replaceFirst("(?i)^x-twilio-signature\\s*:\\s*", "")
            .replaceAll("^[\"']|[\"']$", "");
    boolean hashed = url.contains("bodySHA256=" + BodyHash.of(body));
    return new SeenRequest(url.strip(), hashed ? List.of() : form(body), bare);
  }

  private static boolean gives(
      String signature, Token token, Variant<String> url, Variant<List<Param>> body) {
    Signature signer = new Signature(token.value());
    // A callback keeps the port of https, the others do not.
    return List.of(RequestKind.VOICE, RequestKind.SESSION_STATUS).stream()
        .anyMatch(kind ->
            MessageDigest.isEqual(
                signer.of(kind, url.value(), body.value()).getBytes(StandardCharsets.UTF_8),
                signature.strip().getBytes(StandardCharsets.UTF_8)));
  }

  private static Diagnosis diagnosis(
      Token token, boolean otherToken, Variant<String> url, Variant<List<Param>> body) {
    Set<Cause> causes = new LinkedHashSet<>();
    if (otherToken) {
      causes.add(Cause.TOKEN);
    }
    causes.addAll(url.causes());
    causes.addAll(body.causes());
    return new Diagnosis(new ArrayList<>(causes), url.value(), body.value(), token);
  }
}
