package dev.ringback.callback;

import dev.ringback.call.Leg;
import dev.ringback.id.Sid;
import dev.ringback.id.SidMint;
import java.net.URLEncoder;
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
        "{\"accountSid\":\"%s\",\"callSid\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"iat\":\"%d\"}"
            .formatted(account, leg.sid(), leg.from(), leg.to(), leg.startedAt().getEpochSecond());
    SidMint mint = SidMint.of(leg.sid().hashCode());
    String signature = base64(mint.hex32() + mint.next().hex32());
    String json =
        "{\"parentCallInfoToken\":\"%s.%s.%s\",\"identityHeaderTokens\":[]}"
            .formatted(HEADER, base64(claims), signature);
    return URLEncoder.encode(json, StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
