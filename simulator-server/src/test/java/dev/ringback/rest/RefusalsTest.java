package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.rest.RefusalTable.Refusal;
import dev.ringback.twiml.TwilioError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the API refuses is refused with Twilio's status and code, and for that reason. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {
  /** Codes of refusals that no request can bring about, and why. */
  private static final Map<Integer, String> NOT_PROVOKED =
      Map.of(20500, "an error of Ringback's own, which nobody knows how to make");

  /** Numbers beside the codes of refusals that stand where those are looked for, and why. */
  private static final Map<Integer, String> NO_REFUSALS =
      Map.of(
          48026, "what Frontline says to its worker of a proxy address, not to a request",
          48027, "the same",
          48028, "the same",
          48029, "the same",
          48031, "the same of a pair of addresses");

  private static final List<Path> SOURCES =
      Stream.of(
              "simulator-core/src/main/java/dev/ringback/account",
              "simulator-core/src/main/java/dev/ringback/conversation",
              "simulator-core/src/main/java/dev/ringback/engine",
              "simulator-server/src/main/java/dev/ringback/rest",
              "simulator-server/src/main/java/dev/ringback/server")
          .map(path -> Path.of("..", path))
          .toList();

  private static final Pattern CODE = Pattern.compile("(?<![\\w.\"])[1-9]\\d{4}(?![\\w.])");
  private static final Pattern NAMED_CODE =
      Pattern.compile(
          "(?:new ApiError|badRequest|conflict)\\([^;]*?TwilioError\\.(\\w+)", Pattern.DOTALL);

  private RestFixture fixture;
  private RefusalSetups setups;

  @SuppressWarnings("NullAway.Init")
  RefusalsTest() {}

  @BeforeAll
  void start() throws Exception {
    fixture =
        new RestFixture(
            ", maxLiveCalls: 3", "rest: {callsPerSecond: 100, maxConcurrentRequests: 2}");
    setups = new RefusalSetups(fixture);
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  static List<Refusal> refusals() {
    return RefusalTable.all();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  @Fact({
    "alerts.paging",
    "auth.basic",
    "auth.concurrent-requests",
    "auth.http-codes",
    "auth.standard-keys",
    "auth.too-many-requests",
    "auth.wrong-method",
    "calls.async-amd",
    "calls.bad-to-is-21211",
    "calls.canceled-while-ringing-only",
    "calls.delete-before-the-end",
    "calls.ended-calls-are-not-changed",
    "calls.machine-detection",
    "calls.machine-detection-silence",
    "calls.machine-detection-speech-end",
    "calls.machine-detection-speech-threshold",
    "calls.machine-detection-timeout",
    "calls.one-document-is-required",
    "calls.record",
    "calls.send-digits",
    "calls.time-limit",
    "calls.timeout-limit",
    "calls.to-and-from-are-required",
    "calls.twiml-length",
    "calls.update-parameters",
    "conversation-errors.20001",
    "conversation-errors.20003",
    "conversation-errors.20404",
    "conversation-errors.50204",
    "conversation-errors.50303",
    "conversation-errors.50353",
    "conversation-errors.50374",
    "conversation-errors.50375",
    "conversation-errors.50377",
    "conversation-errors.50407",
    "conversation-errors.50408",
    "conversation-errors.50416",
    "conversation-errors.50433",
    "conversation-errors.50441",
    "conversation-errors.body",
    "conversation-states.limit-of-attributes",
    "conversation-states.limit-of-identities",
    "conversation-states.limit-of-names",
    "conversation-webhooks.five-a-conversation",
    "conversation-webhooks.scoped-parameters",
    "conversations.address-parameters",
    "conversations.address-types",
    "conversations.every-path-twice",
    "conversations.paging-parameters",
    "conversations.service-needs-a-name",
    "conversations.states",
    "conversations.timers-are-durations",
    "conversations.user-parameters",
    "errors.code-16108",
    "errors.code-16113",
    "frontline-api.parameters",
    "frontline-api.two-operations",
    "lifecycle.ring-time-at-most-600",
    "media.not-before-completed",
    "media.requested-channels",
    "numbers.fallback-needs-a-url",
    "paging.page-size-limit",
    "paging.too-large-pages",
    "participants.one-of-address-and-identity",
    "recordings.current",
    "recordings.delete",
    "recordings.no-second-api-recording",
    "recordings.start-on-a-call-that-is-not-live",
    "rest-errors.body-byte-by-byte",
    "rest-errors.code-20003",
    "rest-errors.code-20004",
    "rest-errors.code-20007",
    "rest-errors.code-20008",
    "rest-errors.code-20009",
    "rest-errors.code-20404",
    "rest-errors.code-20409",
    "rest-errors.code-20413",
    "rest-errors.code-20429",
    "rest-errors.code-20503",
    "rest-errors.code-21201",
    "rest-errors.code-21205",
    "rest-errors.code-21207",
    "rest-errors.code-21210",
    "rest-errors.code-21211",
    "rest-errors.code-21212",
    "rest-errors.code-21213",
    "rest-errors.code-21214",
    "rest-errors.code-21215",
    "rest-errors.code-21216",
    "rest-errors.code-21217",
    "rest-errors.code-21218",
    "rest-errors.code-21220",
    "rest-errors.code-21234",
    "rest-errors.code-21609",
    "rest-errors.codes-21206-21208-21209",
    "rest-errors.more-info-is-the-page-of-the-code",
    "rest-errors.status-is-the-http-status",
    "rest-errors.text-20003",
    "rest-errors.text-20003-username",
    "rest-errors.text-21201-21213",
    "rest-errors.text-21205",
    "rest-errors.text-21210",
    "rest-errors.text-21211",
    "rest-errors.text-21212",
    "rest-errors.text-21215",
    "rest-errors.text-21220-of-calls",
    "rest-errors.text-21220-of-recordings"
  })
  void isRefusedAndWithTheValuePutRightItIsNot(Refusal refusal) {
    try (RefusalSetups.Scene scene = setups.of(refusal.setup())) {
      RestClient.Answer answer = scene.send(refusal, refusal.parameters());
      String what = refusal.name() + ": " + answer.status() + " " + answer.body();
      assertEquals(
          List.of(refusal.status(), refusal.code()), List.of(answer.status(), answer.code()), what);
      assertEquals(
          List.of("code", "message", "more_info", "status"),
          List.copyOf(answer.json().propertyNames()),
          what);
      assertEquals(refusal.status(), answer.json().path("status").asInt(), what);
      assertEquals(
          "https://www.twilio.com/docs/errors/" + refusal.code(),
          answer.json().path("more_info").asString(),
          what);
      String message = RefusalTable.filled(refusal.message(), scene.things(), t -> t);
      assertTrue(answer.json().path("message").asString().contains(message), what);
      if (!refusal.right().isEmpty()) {
        RestClient.Answer taken = scene.send(refusal, refusal.right());
        assertEquals(
            2,
            taken.status() / 100,
            () -> refusal.name() + " put right: " + taken.status() + " " + taken.body());
      }
    }
  }

  @Test
  void everyCodeOfTheSourcesIsInTheTable() throws IOException {
    Set<Integer> inTable = new TreeSet<>();
    refusals().forEach(refusal -> inTable.add(refusal.code()));
    Map<Integer, String> inSources = codes();
    assertTrue(inSources.size() > 80, () -> "only " + inSources.keySet());
    Map<Integer, String> missing = new TreeMap<>(inSources);
    missing.keySet().removeAll(inTable);
    missing.keySet().removeAll(NOT_PROVOKED.keySet());
    missing.keySet().removeAll(NO_REFUSALS.keySet());
    Set<Integer> invented = new TreeSet<>(inTable);
    invented.removeAll(inSources.keySet());
    Set<Integer> provoked = new TreeSet<>(NOT_PROVOKED.keySet());
    provoked.addAll(NO_REFUSALS.keySet());
    provoked.retainAll(inTable);
    Set<Integer> gone = new TreeSet<>(NOT_PROVOKED.keySet());
    gone.addAll(NO_REFUSALS.keySet());
    gone.removeAll(inSources.keySet());
    assertAll(
        () -> assertEquals(Map.of(), missing, "refused somewhere, and in no line of the table"),
        () -> assertEquals(Set.of(), invented, "in the table, and refused nowhere"),
        () -> assertEquals(Set.of(), provoked, "in the table, and said not to be"),
        () -> assertEquals(Set.of(), gone, "said not to be in the table, and in no source either"));
  }

  /** Each code that a source refuses something with, and the file. */
  private static Map<Integer, String> codes() throws IOException {
    Map<Integer, String> codes = new TreeMap<>();
    for (Path folder : SOURCES) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          String source = Files.readString(file).replaceAll("(?m)//.*$|^\\s*\\*.*$", "");
          Matcher named = NAMED_CODE.matcher(source);
          while (named.find()) {
            codes.put(TwilioError.valueOf(named.group(1)).code(), file.toString());
          }
          Matcher code = CODE.matcher(source);
          while (code.find()) {
            codes.put(Integer.valueOf(code.group()), file.toString());
          }
        }
      }
    }
    return codes;
  }
}
