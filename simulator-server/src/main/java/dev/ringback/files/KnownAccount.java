package dev.ringback.files;

import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.proxy.LocalAuthority;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who the account is where no configuration says so, as far as it is known: from the variables that
 * the app has, or from a server that runs on this machine.
 *
 * @param sid null: from the seed
 * @param authToken null: drawn
 */
public record KnownAccount(@Nullable Sid sid, @Nullable String authToken) {
  private static final String SID = "TWILIO_ACCOUNT_SID";
  private static final String TOKEN = "TWILIO_AUTH_TOKEN";

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A token that nobody knows yet: 32 hexadecimal digits. */
  static String drawToken() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static boolean isToken(String text) {
    return text.matches("[0-9a-fA-F]{32}");
  }

  /**
   * The account of {@code TWILIO_ACCOUNT_SID} and {@code TWILIO_AUTH_TOKEN}, each as far as it is
   * set and not empty.
   */
  public static KnownAccount of(Map<String, String> environment) throws BadInput {
    String sid = environment.getOrDefault(SID, "");
    String token = environment.getOrDefault(TOKEN, "");
    if (!sid.isEmpty() && !Sid.isWellFormed(SidKind.ACCOUNT, sid)) {
      throw wrong(SID, "must be a SID: AC and 32 hexadecimal digits, not '" + sid + "'");
    }
    if (!token.isEmpty() && !isToken(token)) {
      throw wrong(TOKEN, "must be 32 hexadecimal digits"); // the value is a secret
    }
    return new KnownAccount(sid.isEmpty() ? null : new Sid(sid), token.isEmpty() ? null : token);
  }

  private static BadInput wrong(String variable, String message) {
    return new BadInput(
        new Problem(
            null,
            0,
            variable,
            message,
            "it is in the environment: correct it, unset it, or configure the account"));
  }

  /** The same with a token, drawn where there is none: for worlds that are to share one. */
  public KnownAccount withToken() {
    return authToken != null ? this : new KnownAccount(sid, drawToken());
  }

  /**
   * The same for a world beside a running server: without a token of its own it signs with that
   * server's, which is what the app was started with. The SID stays the seed's.
   */
  public KnownAccount besideAServer() {
    return authToken != null
        ? this
        : new KnownAccount(
            sid,
            AccountFile.find(LocalAuthority.home()).map(AccountFile.Entry::authToken).orElse(null));
  }
}
