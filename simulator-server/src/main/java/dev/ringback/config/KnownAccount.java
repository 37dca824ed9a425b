package dev.ringback.config;

import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.proxy.HomeFolder;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
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
    if (!token.isEmpty() && !AuthToken.isWellFormed(token)) {
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
    return authToken != null ? this : new KnownAccount(sid, AuthToken.draw());
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
            AccountFile.find(HomeFolder.home()).map(AccountFile.Entry::authToken).orElse(null));
  }
}
