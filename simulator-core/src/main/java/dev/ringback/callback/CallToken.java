package dev.ringback.callback;

import dev.ringback.id.Sid;
import dev.ringback.id.SidMint;
import dev.ringback.voice.Leg;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * {@code CallToken} of an inbound call: URL-encoded JSON around a token of a JWT's shape. Its
 * signature is made up; nobody but Twilio could verify a real one either.
 */
final class CallToken {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER = base64("{\"alg\":\"ES256\",\"typ\":\"JWT\"}");

  private CallToken() {}

  static String of(Sid account, Leg leg) {
    String claims =
        "{\"accountSid\":\""
            + account
            + "\",\"callSid\":\""
            + leg.sid()
            + "\",\"from\":\""
            + leg.from()
            + "\",\"to\":\""
            + leg.to()
            + "\",\"iat\":\""
            + leg.startedAt().getEpochSecond()
            + "\"}";
    SidMint mint = SidMint.of(leg.sid().hashCode());
    String token = HEADER + '.' + base64(claims) + '.' + base64(mint.hex32() + mint.next().hex32());
    // The value itself is URL-encoded JSON; in a form it is encoded once more.
    return "%7B%22parentCallInfoToken%22%3A%22"
        + token
        + "%22%2C%22identityHeaderTokens%22%3A%5B%5D%7D";
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
