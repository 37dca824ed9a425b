package dev.ringback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.callback.ConnectionOverrides.Problem;
import dev.ringback.fidelity.Fact;
import dev.ringback.twiml.TwilioError;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connection overrides: the fragment of a webhook's URL, key by key, to the ends of its ranges. */
class ConnectionOverridesTest {
  private static ConnectionOverrides read(String fragment) {
    ConnectionOverrides.Reading reading = ConnectionOverrides.of("http://app.test/#" + fragment);
    assertEquals(List.of(), reading.problems(), fragment);
    return reading.overrides();
  }

  private static List<TwilioError> errors(String fragment) {
    return ConnectionOverrides.of("http://app.test/#" + fragment).problems().stream()
        .map(Problem::error)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#", "#&", "#sni=y", "#sni=n", "#e=dublin", "#e=ashburn"})
  void whatSaysNothingLeavesTheDefaults(String fragment) {
    ConnectionOverrides.Reading reading = ConnectionOverrides.of("http://app.test/" + fragment);
    assertEquals(ConnectionOverrides.DEFAULT, reading.overrides());
    assertEquals(List.of(), reading.problems());
  }

  @Test
  @Fact("overrides.ct-default")
  void aConnectionMayTakeFiveSeconds() {
    assertEquals(
        Duration.ofSeconds(5), ConnectionOverrides.of("http://app.test/").overrides().connect());
    assertEquals(Duration.ofSeconds(5), read("rt=100&tt=15000&rc=5").connect());
  }

  @Test
  void aFragmentAloneIsRead() {
    assertEquals(3, ConnectionOverrides.of("#rc=3").overrides().retries());
  }

  @Test
  @Fact({"overrides.ct", "overrides.rc", "overrides.rt", "overrides.tt"})
  void theEndsOfTheRangesAreTaken() {
    ConnectionOverrides least = read("ct=100&rt=100&tt=0&rc=0");
    assertEquals(Duration.ofMillis(100), least.connect());
    assertEquals(Duration.ofMillis(100), least.read());
    assertEquals(Duration.ZERO, least.total());
    assertEquals(0, least.retries());
    ConnectionOverrides most = read("ct=10000&rt=15000&tt=15000&rc=5");
    assertEquals(Duration.ofSeconds(10), most.connect());
    assertEquals(Duration.ofSeconds(15), most.read());
    assertEquals(Duration.ofSeconds(15), most.total());
    assertEquals(5, most.retries());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ct=99",
        "ct=10001",
        "rt=99",
        "rt=15001",
        "tt=15001",
        "rc=6",
        "rc=-1",
        "rc=",
        "rc=two",
        "sni=x",
        "e=paris"
      })
  @Fact({"overrides.ct", "overrides.rc"})
  void whatIsBeyondIsAWarningAndTheDefaultHolds(String fragment) {
    assertEquals(1, errors(fragment).size());
    assertEquals(
        ConnectionOverrides.DEFAULT,
        ConnectionOverrides.of("http://app.test/#" + fragment).overrides());
  }

  @ParameterizedTest
  @ValueSource(strings = {"top", "xx=1", "ct", "CT=100"})
  void whatIsNoOverrideIsNamed(String fragment) {
    assertEquals(List.of(TwilioError.SCHEMA_VALIDATION_WARNING), errors(fragment));
    assertEquals(
        List.of(TwilioError.SCHEMA_VALIDATION_WARNING, TwilioError.SCHEMA_VALIDATION_WARNING),
        errors(fragment + "&" + fragment + "&rc=2"));
  }

  @Test
  @Fact({
    "errors.code-11243",
    "overrides.bad-policy-is-11243",
    "overrides.rp",
    "overrides.rp-default"
  })
  void theWordsOfThePolicy() {
    assertEquals(Set.of(RetryPolicy.CT), read("rp=ct").policy());
    assertEquals(Set.of(RetryPolicy.RT), read("rp=rt").policy());
    assertEquals(
        Set.of(RetryPolicy.STATUS_4XX, RetryPolicy.STATUS_5XX), read("rp=4xx,5xx").policy());
    assertEquals(EnumSet.allOf(RetryPolicy.class), read("rp=all").policy());
    assertEquals(Set.of(RetryPolicy.CT), read("rc=2").policy());
    assertEquals(List.of(TwilioError.HTTP_RETRY_POLICY_INVALID), errors("rp=5xx,often"));
    assertEquals(
        Set.of(RetryPolicy.CT),
        ConnectionOverrides.of("http://app.test/#rp=5xx,often").overrides().policy());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1500, 1500"})
  void whatHasNoOverridesIsTriedOnce(long millis, long total) {
    ConnectionOverrides within = ConnectionOverrides.within(Duration.ofMillis(millis));
    assertEquals(Duration.ofMillis(total), within.total());
    assertEquals(Duration.ofMillis(total), within.read());
    assertEquals(0, within.retries());
    assertEquals(Set.of(), within.policy());
  }
}
