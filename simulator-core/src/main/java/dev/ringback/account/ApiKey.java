package dev.ringback.account;

import dev.ringback.id.Sid;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key with which the account's API is called (docs/iam/api-keys).
 *
 * @param secret told once, when the key is made
 */
public record ApiKey(
    Sid sid, String secret, String friendlyName, Instant created, Instant updated) {
  private static final String ALGORITHM = "HmacSHA256";

  /**
   * The secret of a key that is made: 32 hexadecimal digits that nobody can tell who does not know
   * the account's token. The SID alone would tell it to everybody, being a function of the seed.
   */
  public static String secretOf(Sid sid, String authToken) {
    try {
      Mac keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] bytes = keyed.doFinal(sid.value().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
