package dev.ringback.behaviour.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.callback.Form;
import dev.ringback.callback.Param;
import dev.ringback.callback.WebRequest;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.TestJson;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Act;
import dev.ringback.voice.Landing;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What goes over the wire: which parameters, in which order, with which headers. */
class SessionTest {
  private static List<String> names(Form form) {
    return form.params().stream().map(Param::name).toList();
  }

  private static World run(WorldFixture worlds, FakeApp app, Placement placement) {
    World world = worlds.with(app);
    world.place(placement);
    world.runUntilIdle();
    return world;
  }

  private static FakeApp connecting(String attributes) {
    return new FakeApp()
        .at("/voice", WorldFixture.connect(attributes))
        .at("/action", "<Response><Hangup/></Response>");
  }

  @Test
  @Fact({
    "parameters.account-sid",
    "parameters.call-sid",
    "parameters.call-status-always",
    "parameters.call-token",
    "parameters.first-inbound-request",
    "parameters.order",
    "parameters.parent-call-sid",
    "parameters.place-names",
    "parameters.place-unknown-is-empty"
  })
  void theFirstRequestOfAnInboundCallHasTheObservedParametersInOrder() {
    FakeApp app = connecting("");
    run(new WorldFixture(), app, WorldFixture.call());
    assertEquals(
        List.of(
            "AccountSid",
            "ApiVersion",
            "CallSid",
            "CallStatus",
            "CallToken",
            "Called",
            "CalledCity",
            "CalledCountry",
            "CalledState",
            "CalledZip",
            "Caller",
            "CallerCity",
            "CallerCountry",
            "CallerState",
            "CallerZip",
            "Direction",
            "From",
            "FromCity",
            "FromCountry",
            "FromState",
            "FromZip",
            "To",
            "ToCity",
            "ToCountry",
            "ToState",
            "ToZip"),
        names(app.to("/voice").getFirst().form()));
  }

  /** A caller from abroad, so that what one party has is not what the other has. */
  @Test
  @Fact({"parameters.api-version", "parameters.called-copies-to", "parameters.place-copies"})
  void theOlderNamesCopyTheNewerOnes() {
    FakeApp app = connecting("");
    run(
        new WorldFixture(),
        app,
        new Placement.ByCustomer("+442071838750", WorldFixture.NUMBER, Script.NO_DIRECTIONS));
    Form form = app.to("/voice").getFirst().form();
    assertEquals("2010-04-01", form.value("ApiVersion").orElseThrow());
    assertEquals(WorldFixture.NUMBER, form.value("Called").orElseThrow());
    assertEquals("GB", form.value("CallerCountry").orElseThrow());
    assertEquals("US", form.value("CalledCountry").orElseThrow());
    for (String part : List.of("", "City", "Country", "State", "Zip")) {
      assertEquals(form.value("From" + part), form.value("Caller" + part), part);
      assertEquals(form.value("To" + part), form.value("Called" + part), part);
    }
  }

  private static Map<String, String> members(String base64) {
    return new TestJson()
        .members(new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8));
  }

  @Test
  @Fact("parameters.call-token-content")
  void theCallTokenSaysWhoCallsWhom() {
    FakeApp app = connecting("");
    run(new WorldFixture(), app, WorldFixture.call());
    Form form = app.to("/voice").getFirst().form();
    Map<String, String> token =
        new TestJson()
            .members(
                URLDecoder.decode(form.value("CallToken").orElseThrow(), StandardCharsets.UTF_8));
    assertEquals(Set.of("parentCallInfoToken", "identityHeaderTokens"), token.keySet());
    assertEquals("[]", token.get("identityHeaderTokens"));
    List<String> jwt = List.of(String.valueOf(token.get("parentCallInfoToken")).split("\\.", -1));
    assertEquals(3, jwt.size());
    assertEquals("ES256", members(jwt.getFirst()).get("alg"));
    Map<String, String> claims = members(jwt.get(1));
    assertEquals(form.value("CallSid").orElseThrow(), claims.get("callSid"));
    assertEquals(WorldFixture.CUSTOMER, claims.get("from"));
    assertEquals(WorldFixture.NUMBER, claims.get("to"));
    assertEquals(Long.toString(WorldSettings.VIRTUAL_START.getEpochSecond()), claims.get("iat"));
  }

  @Test
  @Fact("parameters.client-calls-have-no-place")
  void aCallOfAClientIsFromNowhere() {
    FakeApp app = new FakeApp().at("/outgoing", "<Response><Hangup/></Response>");
    run(
        new WorldFixture(),
        app,
        new Placement.ByWorker(
            WorldFixture.WORKER, null, WorldFixture.CUSTOMER, Script.NO_DIRECTIONS));
    Form form = app.to("/outgoing").getFirst().form();
    assertEquals("client:" + WorldFixture.WORKER, form.value("From").orElseThrow());
    assertEquals(
        List.of(),
        names(form).stream().filter(name -> name.matches(".*(City|Country|State|Zip)")).toList());
  }

  @Test
  @Fact({
    "encoding.post-is-a-form",
    "headers.accept",
    "headers.case",
    "headers.content-type",
    "headers.home-region",
    "headers.idempotency-token-is-a-uuid",
    "headers.user-agent"
  })
  void headersAreTwilios() {
    FakeApp app = connecting("");
    run(new WorldFixture(), app, WorldFixture.call());
    WebRequest request = app.to("/voice").getFirst();
    List<String> headers =
        request.headers().stream()
            .filter(h -> !h.name().startsWith("X-Twilio") && !h.name().startsWith("I-"))
            .map(h -> h.name() + ": " + h.value())
            .toList();
    assertEquals(
        List.of(
            "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
            "User-Agent: TwilioProxy/1.1",
            "Accept: */*",
            "X-Home-Region: us1"),
        headers);
    String token =
        request.headers().stream()
            .filter(h -> h.name().equals("I-Twilio-Idempotency-Token"))
            .map(Param::value)
            .findFirst()
            .orElseThrow();
    assertEquals(4, UUID.fromString(token).version());
    assertEquals(UUID.fromString(token).toString(), token);
  }

  @Test
  @Fact({"encoding.dates", "status-callbacks.session-has-its-own-parameters"})
  void aSessionStatusCarriesExactlyItsEightParameters() {
    FakeApp app = connecting("statusCallback=\"/status\"");
    run(new WorldFixture(), app, WorldFixture.call());
    Form form = app.to("/status").getFirst().form();
    assertEquals(
        List.of(
            "AccountSid",
            "ConversationSid",
            "DialCallSid",
            "WorkerInitiated",
            "Status",
            "SequenceNumber",
            "Timestamp",
            "CallbackSource"),
        names(form));
    assertEquals("Thu, 01 Jan 2026 09:00:12 +0000", form.value("Timestamp").orElseThrow());
  }

  @Test
  @Fact({
    "recording-status.channels",
    "recording-status.error-code",
    "recording-status.no-api-version",
    "recording-status.no-standard-parameters",
    "recording-status.other-recordings-have-three-more",
    "recording-status.sids-and-url",
    "recording-status.source",
    "recording-status.start-time",
    "recording-status.track",
    "recordings.call-sid-is-the-parents"
  })
  void aRecordingStatusCarriesItsParametersInTheTablesOrder() {
    FakeApp app =
        connecting("record=\"true\" recordingStatusCallback=\"http://app.test/recording\"");
    run(new WorldFixture(), app, WorldFixture.call());
    assertEquals(
        List.of(
            "AccountSid",
            "CallSid",
            "RecordingSid",
            "RecordingUrl",
            "RecordingStatus",
            "RecordingDuration",
            "RecordingChannels",
            "RecordingSource",
            "RecordingStartTime",
            "RecordingTrack",
            "ErrorCode"),
        names(app.to("/recording").getFirst().form()));
    assertEquals(
        app.to("/voice").getFirst().form().value("CallSid"),
        app.to("/recording").getFirst().form().value("CallSid"),
        "the parent call's");
  }

  @Test
  @Fact({"encoding.get-appends-to-the-query", "encoding.get-has-no-body", "parameters.account-sid"})
  void getCarriesTheParametersInTheUrlAfterTheAppsOwn() {
    FakeApp app = connecting("statusCallback=\"/status?mine=1\" statusCallbackMethod=\"GET\"");
    run(new WorldFixture(), app, WorldFixture.call());
    WebRequest request = app.to("/status").getFirst();
    assertEquals(HttpMethod.GET, request.method());
    assertTrue(
        request.url().startsWith("http://app.test/status?mine=1&AccountSid=AC"), request.url());
    assertEquals("", request.body());
    assertTrue(request.headers().stream().noneMatch(h -> h.name().equals("Content-Type")));
  }

  @Test
  void everyStatusIsDeliveredBeforeTheNextLeavesAndTheActionComesLast() {
    FakeApp app =
        connecting(
            "statusCallback=\"/status\" statusCallbackEvent=\"call-initiated call-ringing"
                + " call-answered call-completed\"");
    run(new WorldFixture(), app, WorldFixture.call());
    assertEquals(
        List.of(
            "voice",
            "call-initiated",
            "call-ringing",
            "call-answered",
            "call-completed",
            "action",
            "call-status"),
        app.requests.stream()
            .map(r -> r.form().value("Status").orElse(r.kind().wireName()))
            .toList());
  }

  @Test
  @Fact({"headers.idempotency-token-stays", "overrides.one-token-for-all-tries"})
  void aRefusedConnectionIsTriedOnceMoreWithTheSameToken() {
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                r ->
                    new Landing.Failed(
                        TwilioError.HTTP_CONNECTION_REFUSED, "refused", true, Duration.ZERO));
    run(new WorldFixture(), app, WorldFixture.call());
    List<WebRequest> tries = app.to("/voice");
    assertEquals(2, tries.size());
    assertEquals(tries.get(0).headers(), tries.get(1).headers());
  }

  @Test
  @Fact({
    "content.other-type-is-12300",
    "fallback.error-code",
    "fallback.error-url",
    "fallback.has-the-standard-parameters",
    "fallback.is-asked-after-a-fatal-error"
  })
  void aFallbackIsToldWhatFailed() {
    WorldFixture worlds = new WorldFixture();
    worlds.fallback = true;
    FakeApp app =
        new FakeApp()
            .at("/voice", r -> new Landing.Answered(200, "application/json", "{}"))
            .at("/fallback", "<Response/>");
    run(worlds, app, WorldFixture.call());
    Form form = app.to("/fallback").getFirst().form();
    assertEquals("12300", form.value("ErrorCode").orElseThrow());
    assertEquals("http://app.test/voice", form.value("ErrorUrl").orElseThrow());
    List<String> expected = new ArrayList<>(names(app.to("/voice").getFirst().form()));
    expected.addAll(List.of("ErrorCode", "ErrorUrl"));
    assertEquals(expected.stream().sorted().toList(), names(form).stream().sorted().toList());
  }

  @Test
  void aDocumentThatLeadsBackToItselfEndsAfterAHundred() {
    FakeApp app = new FakeApp().at("/voice", "<Response><Redirect>/voice</Redirect></Response>");
    World world = run(new WorldFixture(), app, WorldFixture.call());
    assertEquals(100, app.to("/voice").size());
    assertTrue(
        world.journal().after(0, 10_000).stream()
            .anyMatch(e -> e.fact().toString().contains("too-many-documents")));
  }

  @Test
  void anAnsweredLegLastsAtLeastASecondAndRoundsHalfUp() {
    for (int[] talk : new int[][] {{1, 1}, {400, 1}, {1499, 1}, {1500, 2}, {9600, 10}}) {
      WorldFixture worlds = new WorldFixture();
      worlds.casts.put(
          WorldFixture.WORKER, new Cast.Answers(Duration.ZERO, Duration.ofMillis(talk[0]), false));
      FakeApp app = connecting("");
      run(worlds, app, WorldFixture.call());
      assertEquals(
          Integer.toString(talk[1]),
          app.to("/action").getFirst().form().value("DialCallDuration").orElseThrow(),
          talk[0] + " ms");
    }
  }

  @Test
  @Fact("redirect.method-and-text")
  void relativeUrlsAreResolvedAgainstTheDocument() {
    FakeApp app =
        new FakeApp()
            .at("/voice", "<Response><Redirect>deep/er/next?x=1</Redirect></Response>")
            .at("/deep/er/next", "<Response><Redirect>?y=2</Redirect></Response>");
    run(new WorldFixture(), app, WorldFixture.call());
    assertEquals("http://app.test/deep/er/next?x=1", app.requests.get(1).url());
    assertEquals("http://app.test/deep/er/next?y=2", app.requests.get(2).url());
  }

  @Test
  void whoHasGoneIsHeardNoMore() {
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                "<Response><Start><Recording trim='trim-silence'/></Start>"
                    + WorldFixture.connect("").replace("<Response>", ""))
            .at("/action", "<Response><Pause length='20'/></Response>");
    WorldFixture worlds = new WorldFixture();
    World world = worlds.with(app);
    world.place(
        new Placement.ByCustomer(
            WorldFixture.CUSTOMER,
            WorldFixture.NUMBER,
            new Script(
                Map.of(
                    WorldFixture.WORKER,
                    new Cast.Answers(Duration.ofSeconds(1), Duration.ofSeconds(30), false)),
                Caller.DEFAULT,
                List.of(
                    new ScriptStep(
                        Duration.ofSeconds(6),
                        new ScriptStep.Does(CallParty.WORKER, new Act.HangUp()))))));
    world.runUntilIdle();
    var calls = world.calls();
    world.runUntilIdle();
    // A ring, then the worker's 5 s.
    assertEquals(6, calls.join().getFirst().facts().recordings().getFirst().seconds());
  }
}
