package dev.ringback.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.server.OriginCheck.Rejection;
import dev.ringback.server.OriginCheck.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are let in, header by header. */
class OriginCheckTest {
  private static final OriginCheck USUAL =
      new OriginCheck(
          "127.0.0.1", "https://ringback.example:8443", List.of("ringback.lan", "[2001:db8::7]"));

  private static int check(
      OriginCheck originCheck,
      @Nullable String host,
      @Nullable String origin,
      @Nullable String fetchSite) {
    return originCheck
        .check(new Source(host, origin, fetchSite, "http", "192.168.1.5"))
        .map(Rejection::status)
        .orElse(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:4010",
        "LOCALHOST.:4010",
        "my-app.localhost:4010",
        "127.0.0.1",
        "127.0.0.1:4010",
        "127.1",
        "127.5.5.5:80",
        "2130706433",
        "0x7f000001:4010",
        "0x7f.1",
        "0177.0.0.1",
        "[::1]:4010",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]:4010",
        "[::ffff:7f00:1]",
        "host.docker.internal:4010",
        "gateway.docker.internal",
        "host.containers.internal:4010",
        "host.lima.internal",
        "api.twilio.com",
        "conversations.sydney.au1.twilio.com:443",
        "API.Twilio.com",
        "ringback.example:8443",
        "ringback.example",
        "ringback.lan:4010",
        "Ringback.LAN",
        "[2001:db8:0::7]:4010",
      })
  void namesThatNobodyElseCanGiveUs(String host) {
    assertEquals(200, check(USUAL, host, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:4010",
        "localhost.evil.example",
        "notlocalhost",
        "127.0.0.1.evil.example",
        "127.0.0.1.nip.io:4010",
        "twilio.com.evil.example",
        "eviltwilio.com",
        "0.0.0.0:4010",
        "192.168.1.5:4010",
        "128.0.0.1",
        "256.0.0.1",
        "127.0.0.1.1",
        "0x100000000",
        "[2001:db8::8]",
        "[::1",
        "[localhost]",
        "localhost, evil.example",
        "user@localhost",
        "lan",
        "a.ringback.lan",
        "docker.internal",
        "evil.docker.internal",
        "",
        ":4010",
      })
  void otherNames(String host) {
    assertEquals(421, check(USUAL, host, null, null));
  }

  @Test
  void theAddressItIsBoundTo() {
    OriginCheck bound = new OriginCheck("192.168.1.5", "http://localhost:4010", List.of());
    assertEquals(200, check(bound, "192.168.1.5:4010", null, null));
    assertEquals(421, check(bound, "192.168.1.6:4010", null, null));
    // All addresses: the one at which the request came in.
    for (String all : List.of("0.0.0.0", "::")) {
      OriginCheck everywhere = new OriginCheck(all, "http://localhost:4010", List.of());
      assertEquals(200, check(everywhere, "192.168.1.5:4010", null, null));
      assertEquals(421, check(everywhere, "192.168.1.6:4010", null, null));
      assertEquals(421, check(everywhere, "evil.example", null, null));
    }
    assertEquals(
        200,
        check(new OriginCheck("0.0.0.0", "http://localhost", List.of()), "0.0.0.0:1", null, null));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, -, 200",
        "localhost:4010, -, -, 200",
        "localhost:4010, -, none, 200",
        "localhost:4010, -, same-origin, 200",
        "localhost:4010, -, same-site, 403",
        "localhost:4010, -, cross-site, 403",
        "localhost:4010, -, CROSS-SITE, 403",
        "localhost:4010, -, nonsense, 403",
        "localhost:4010, http://localhost:4010, same-origin, 200",
        "LOCALHOST:4010, HTTP://localhost:4010, -, 200",
        "localhost:4010, http://localhost:4010, cross-site, 403",
        "localhost:4010, http://localhost:3000, -, 403",
        "localhost:4010, http://localhost, -, 403",
        "localhost:4010, https://localhost:4010, -, 403",
        "localhost:4010, http://127.0.0.1:4010, -, 403",
        "localhost:4010, http://evil.example, -, 403",
        "localhost:4010, http://evil.example:4010, -, 403",
        "localhost:4010, null, -, 403",
        "localhost:4010, file://, -, 403",
        "localhost:4010, '', -, 403",
        "localhost:4010, chrome-extension://abc, -, 403",
        "localhost:4010, 'http://localhost:4010 http://evil.example', -, 403",
        "localhost, http://localhost:80, -, 200",
        "localhost, http://localhost, -, 200",
        "127.0.0.1:4010, http://127.0.0.1:4010, -, 200",
        "[::1]:4010, http://[::1]:4010, -, 200",
        "api.twilio.com, https://evil.example, -, 403",
        "ringback.example:8443, https://ringback.example:8443, same-origin, 200",
        "localhost:4010, https://ringback.example:8443, -, 403",
        "evil.example, http://evil.example, same-origin, 421",
        "-, http://evil.example, -, 403",
      })
  void pagesOfOtherOrigins(
      @Nullable String host, @Nullable String origin, @Nullable String site, int status) {
    assertEquals(status, check(USUAL, host, origin, site));
  }
}
