package dev.ringback.behaviour.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.fixture.CallFixture;
import dev.ringback.journal.Fact;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which number a called phone may be shown (docs/voice/twiml/dial, "callerId"). */
class CallerIdTest {
  private static final String VERIFIED = "+15558675355";

  private static CallFixture dial(@Nullable Set<String> verified, String noun, String callerId) {
    CallFixture fixture = new CallFixture();
    fixture.worlds.callerIds = verified;
    return fixture
        .at("/voice", "<Dial action='/after' callerId='" + callerId + "'>" + noun + "</Dial>")
        .play();
  }

  @ParameterizedTest
  @CsvSource({
    "+15558675310, the calling number",
    "+15017122661, the called number which is the account's",
    "+15558675355, a verified number",
  })
  @dev.ringback.fidelity.Fact("dial.caller-id")
  void theyMay(String callerId, String why) {
    CallFixture fixture = dial(Set.of(VERIFIED), "<Number>+15558675311</Number>", callerId);
    assertEquals("completed", fixture.form("/after", "DialCallStatus"), why);
    assertEquals(List.of(), fixture.codes(), why);
  }

  @ParameterizedTest
  @CsvSource({"<Number>+15558675311</Number>", "+15558675311"})
  @dev.ringback.fidelity.Fact({"dial.caller-id", "errors.codes-dial"})
  void aForeignNumberMayNot(String noun) {
    CallFixture fixture = dial(Set.of(VERIFIED), noun, "+15005550199");
    assertEquals("failed", fixture.form("/after", "DialCallStatus"));
    assertEquals("absent", fixture.form("/after", "DialCallSid"));
    assertEquals(List.of("13214"), fixture.codes());
  }

  @ParameterizedTest
  @CsvSource({"<Client>bob</Client>", "<Sip>sip:bob@example.com</Sip>"})
  void whoIsNoPhoneIsShownAnything(String noun) {
    CallFixture fixture = dial(Set.of(), noun, "+15005550199");
    assertEquals("completed", fixture.form("/after", "DialCallStatus"));
  }

  @ParameterizedTest
  @CsvSource({"+15005550199"})
  void withoutAListEveryNumberIsTakenForVerified(String callerId) {
    CallFixture fixture = dial(null, "<Number>+15558675311</Number>", callerId);
    assertEquals("completed", fixture.form("/after", "DialCallStatus"));
    assertEquals(
        List.of(callerId),
        fixture.journal().stream()
            .filter(e -> e.fact() instanceof Fact.Happened)
            .map(e -> ((Fact.Happened) e.fact()).moment())
            .filter(dev.ringback.call.CallEvent.LegChanged.class::isInstance)
            .map(m -> ((dev.ringback.call.CallEvent.LegChanged) m).leg())
            .filter(leg -> leg.parent() != null)
            .map(leg -> leg.from())
            .distinct()
            .toList());
  }
}
