package dev.ringback.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.callback.Form;
import dev.ringback.id.Sid;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExchangesTest {
  private static final Sid CALL = new Sid("CA" + "1".repeat(32));
  private static final Sid OTHER = new Sid("CA" + "2".repeat(32));
  private static final ExchangeId VOICE = new ExchangeId(CALL, 1);
  private static final ExchangeId ACTION = new ExchangeId(CALL, 2);
  private static final Landing OK = new Landing.Answered(200, "text/xml", "<Response/>");
  private static final Instant START = Instant.parse("2026-01-01T09:00:00Z");

  private final List<JournalEntry> entries = new ArrayList<>();

  @Test
  void aRequestHasItsAnswerAndTheDocumentInIt() {
    add(CALL, requested(VOICE, RequestKind.VOICE, 1));
    add(CALL, landed(VOICE, OK));
    add(CALL, read("Say", "Dial"));
    Exchange exchange = only();
    assertEquals(VOICE, exchange.id());
    assertEquals(CALL, exchange.call());
    assertEquals(START.plusSeconds(1), exchange.leftAt());
    assertEquals(new Exchange.Answer(OK, START.plusSeconds(2)), exchange.answer());
    assertEquals(List.of("Say", "Dial"), exchange.verbs());
    assertFalse(exchange.fromCache());
  }

  @Test
  void allTriesAreOneExchange() {
    add(CALL, requested(VOICE, RequestKind.VOICE, 1));
    add(CALL, new Fact.TriedAgain(VOICE, 1, "no connection, tries again"));
    add(CALL, requested(VOICE, RequestKind.VOICE, 2));
    add(CALL, landed(VOICE, OK));
    Exchange exchange = only();
    assertEquals(2, exchange.attempts().size());
    assertEquals(1, exchange.request().attempt());
    assertEquals("no connection, tries again", exchange.attempts().getFirst().again());
    assertNull(exchange.attempts().getLast().again());
    assertEquals(OK, exchange.landing());
  }

  @Test
  void aRedirectToWhatIsInTheCacheNeedsNoSecondRequest() {
    add(CALL, requested(VOICE, RequestKind.VOICE, 1));
    add(CALL, new Fact.TriedAgain(VOICE, 1, "redirected"));
    add(CALL, new Fact.Remembered(VOICE, "http://app/greeting.xml"));
    add(CALL, landed(VOICE, OK));
    Exchange exchange = only();
    assertEquals(1, exchange.attempts().size());
    assertTrue(exchange.fromCache());
    assertEquals(OK, exchange.landing());
  }

  @Test
  void whatNeverLeftIsNoExchange() {
    add(CALL, new Fact.Remembered(VOICE, "http://app/greeting.mp3"));
    add(CALL, landed(VOICE, OK));
    add(CALL, read("Say"));
    assertEquals(List.of(), Exchanges.of(entries));
  }

  @Test
  void aRequestOfTheAccountIsConcluded() {
    ExchangeId webhook = new ExchangeId(new Sid("IS" + "3".repeat(32)), 1);
    add(null, requested(webhook, RequestKind.PRE_WEBHOOK, 1));
    add(null, new Fact.Concluded(webhook, OK));
    Exchange exchange = only();
    assertNull(exchange.call());
    assertEquals(OK, exchange.landing());
  }

  @Test
  void aDocumentBelongsToTheAnswerOfItsOwnCall() {
    ExchangeId others = new ExchangeId(OTHER, 1);
    add(CALL, requested(VOICE, RequestKind.VOICE, 1));
    add(OTHER, requested(others, RequestKind.VOICE, 1));
    add(CALL, landed(VOICE, OK));
    add(OTHER, landed(others, OK));
    add(CALL, read("Say"));
    List<Exchange> exchanges = Exchanges.of(entries);
    assertEquals(List.of("Say"), exchanges.getFirst().verbs());
    assertNull(exchanges.getLast().verbs());
  }

  /** As a timeline that is live reads them. */
  @Test
  void entryByEntryTheExchangeThatChangesIsTold() {
    add(CALL, requested(VOICE, RequestKind.VOICE, 1));
    add(CALL, landed(VOICE, OK));
    add(CALL, new Fact.Took(new CallInput.Arrived()));
    add(CALL, landed(ACTION, OK)); // its request left before the journal begins
    Exchanges exchanges = new Exchanges();
    List<String> told = new ArrayList<>();
    for (JournalEntry entry : entries) {
      Exchange changed = exchanges.read(entry);
      told.add(changed == null ? "nothing" : changed.landing() == null ? "on its way" : "answered");
    }
    assertEquals(List.of("on its way", "answered", "nothing", "nothing"), told);
    assertEquals(Exchanges.of(entries), List.copyOf(exchanges.all()));
  }

  private Exchange only() {
    List<Exchange> exchanges = Exchanges.of(entries);
    assertEquals(1, exchanges.size());
    return exchanges.getFirst();
  }

  /** An entry a second. */
  private void add(@Nullable Sid call, Fact fact) {
    int number = entries.size() + 1;
    entries.add(new JournalEntry(number, START.plusSeconds(number), call, number, fact));
  }

  private static Fact requested(ExchangeId id, RequestKind kind, int attempt) {
    return new Fact.Requested(
        id, kind, HttpMethod.POST, "http://app/voice", new Form(List.of()), attempt);
  }

  private static Fact landed(ExchangeId id, Landing landing) {
    return new Fact.Took(
        new CallInput.Landed(
            id, RequestKind.VOICE, new Target("http://app/voice", HttpMethod.POST), landing));
  }

  private static Fact read(String... verbs) {
    return new Fact.Happened(
        new CallEvent.DocumentRead(CALL, "http://app/voice", List.of(verbs), List.of()));
  }
}
