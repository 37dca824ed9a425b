package dev.ringback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.fidelity.Fact;
import dev.ringback.voice.RequestKind;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which requests the overrides of a URL hold for. */
class TimeoutsTest {
  private static final ConnectionOverrides OWN =
      ConnectionOverrides.of("http://app.test/#ct=200&rt=300&tt=400&rc=5&rp=all").overrides();

  @ParameterizedTest
  @CsvSource({"PRE_WEBHOOK, 5", "POST_WEBHOOK, 5", "INTEGRATION, 6", "ROUTING, 10"})
  @Fact("overrides.not-for-conversations-and-frontline")
  void conversationsAndFrontlineHaveTheirOwnLimitsAndOneTry(RequestKind kind, long seconds) {
    ConnectionOverrides limits = Timeouts.of(kind, OWN);
    assertEquals(Duration.ofSeconds(5), limits.connect());
    assertEquals(Duration.ofSeconds(seconds), limits.read());
    assertEquals(Duration.ofSeconds(seconds), limits.total());
    assertEquals(0, limits.retries());
    assertEquals(Set.of(), limits.policy());
  }

  @ParameterizedTest
  @EnumSource(names = {"VOICE", "ACTION", "FALLBACK", "CALL_STATUS", "RECORDING_STATUS"})
  void forTheRequestsOfCallsTheUrlDecides(RequestKind kind) {
    assertEquals(OWN, Timeouts.of(kind, OWN));
  }
}
