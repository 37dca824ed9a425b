package dev.ringback.behaviour.fetching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.callback.Param;
import dev.ringback.callback.WebRequest;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.fixture.CallFixture;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.journal.Fact;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Landing.Answered;
import dev.ringback.voice.Landing.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fetching as Twilio does: redirects, cookies, users in URLs, overrides, caches. */
class FetchingTest {
  private static final String HANGUP = "<Response><Hangup/></Response>";

  private static World run(FakeApp app) {
    World world = new WorldFixture().with(app);
    world.place(WorldFixture.call());
    world.runUntilIdle();
    return world;
  }

  private static Answered answer(int status, String... headers) {
    List<Header> list = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      list.add(new Header(headers[i], headers[i + 1]));
    }
    return new Answered(status, "text/xml", status == 200 ? HANGUP : "", list, null);
  }

  private static List<String> codes(World world) {
    return world.journal().after(0, 10_000).stream()
        .filter(e -> e.fact() instanceof Fact.Alerted)
        .map(e -> ((Fact.Alerted) e.fact()).alert().code())
        .toList();
  }

  private static String header(WebRequest request, String name) {
    return request.headers().stream()
        .filter(h -> h.name().equals(name))
        .map(Param::value)
        .findFirst()
        .orElse("");
  }

  // What is wrong with an answer

  @Test
  @dev.ringback.fidelity.Fact({"content.error-status-is-11200", "debugger.sentence-of-11200"})
  void aStatusIsToldInTheDocumentedSentence() {
    FakeApp app = new FakeApp().at("/voice", r -> new Answered(404, "text/html", "no"));
    assertTrue(
        run(app)
            .journal()
            .after(0, 1_000)
            .toString()
            .contains(
                "An attempt to retrieve content from http://app.test/voice returned the HTTP status"
                    + " code 404"));
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "connect.failing-status-callback-is-32503",
    "errors.code-15003",
    "errors.code-32503",
    "status-callbacks.answers-that-are-well"
  })
  void aCallbackIsAnsweredWithAContentTypeOrWithNothing() {
    for (var each : Map.of(200, List.of("15003"), 204, List.<String>of()).entrySet()) {
      World world =
          run(
              new FakeApp()
                  .at("/voice", HANGUP)
                  .at("/call-status", r -> new Answered(each.getKey(), null, "")));
      assertEquals(each.getValue(), codes(world));
    }
    FakeApp session =
        new FakeApp()
            .at("/voice", WorldFixture.connect("statusCallback='/s'"))
            .at("/action", HANGUP)
            .at("/s", r -> new Answered(200, null, ""));
    World world = run(session);
    assertEquals(List.of("32503"), codes(world));
    assertTrue(
        world.journal().after(0, 1_000).toString().contains("does not contain content type"));
  }

  // Redirects

  @Test
  @dev.ringback.fidelity.Fact("headers.idempotency-token-stays")
  void a302TurnsAPostIntoAGetWithTheParametersInTheQueryAndMovesTheBase() {
    FakeApp app =
        new FakeApp()
            .at("/voice", r -> answer(302, "location", "/deep/other?x=1"))
            .at("/deep/other", "<Response><Redirect>next</Redirect></Response>")
            .at("/deep/next", HANGUP);
    World world = run(app);
    assertEquals(HttpMethod.GET, app.requests.get(1).method());
    assertTrue(
        app.requests.get(1).url().startsWith("http://app.test/deep/other?x=1&AccountSid=AC"));
    assertEquals("http://app.test/deep/next", app.requests.get(2).url());
    assertEquals(List.of(), codes(world));
    assertEquals(
        header(app.requests.get(0), "I-Twilio-Idempotency-Token"),
        header(app.requests.get(1), "I-Twilio-Idempotency-Token"));
    assertFalse(
        header(app.requests.get(0), "X-Twilio-Signature")
            .equals(header(app.requests.get(1), "X-Twilio-Signature")));
  }

  @Test
  void a307KeepsTheMethodAndTheBody() {
    FakeApp app =
        new FakeApp()
            .at("/voice", r -> answer(307, "location", "https://other.test/v"))
            .at("/v", HANGUP);
    run(app);
    assertEquals(HttpMethod.POST, app.requests.get(1).method());
    assertTrue(app.requests.get(1).body().contains("CallSid="));
    assertEquals("https://other.test/v", app.requests.get(1).url());
  }

  @Test
  @dev.ringback.fidelity.Fact({"errors.code-11215", "fetching.ten-redirects"})
  void aCircleOfRedirectsIs11215AfterTen() {
    FakeApp app = new FakeApp().at("/voice", r -> answer(302, "location", "/voice"));
    World world = run(app);
    assertEquals(11, app.to("/voice").size());
    assertEquals(List.of("11215"), codes(world));
  }

  @Test
  void aRedirectWithoutALocationIsAnError() {
    World world = run(new FakeApp().at("/voice", r -> answer(302)));
    assertEquals(List.of("11200"), codes(world));
  }

  // Cookies

  @Test
  @dev.ringback.fidelity.Fact({"fetching.cookies", "headers.cookie"})
  void cookiesAreKeptForTheCallAndSentWhereTheyBelong() {
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                r ->
                    new Answered(
                        200,
                        "text/xml",
                        "<Response><Redirect>/a/b</Redirect></Response>",
                        List.of(
                            new Header("set-cookie", "session=abc; Path=/; HttpOnly"),
                            new Header("set-cookie", "deep=1; Path=/a"),
                            new Header("set-cookie", "other=1; Domain=elsewhere.test"),
                            new Header("set-cookie", "tls=1; Path=/; Secure")),
                        null))
            .at(
                "/a/b",
                r ->
                    new Answered(
                        200,
                        "text/xml",
                        "<Response><Redirect>/c</Redirect></Response>",
                        List.of(new Header("set-cookie", "session=; Path=/; Max-Age=0")),
                        null))
            .at("/c", HANGUP);
    run(app);
    assertEquals("", header(app.requests.get(0), "Cookie"));
    assertEquals("session=abc; deep=1", header(app.requests.get(1), "Cookie"));
    assertEquals("", header(app.requests.get(2), "Cookie"));
  }

  // Users

  @Test
  @dev.ringback.fidelity.Fact({
    "fetching.authorization-stays",
    "fetching.basic",
    "fetching.first-request-is-bare",
    "headers.authorization"
  })
  void basicAuthenticationFollowsTheChallengeAndStaysForTheCall() {
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                "<Response><Redirect>http://user:p%40ss@app.test/in</Redirect></Response>")
            .at(
                "/in",
                r ->
                    header(r, "Authorization").isEmpty()
                        ? answer(401, "www-authenticate", "Basic realm=\"x\"")
                        : FakeApp.twiml("<Response><Redirect>again</Redirect></Response>"))
            .at("/again", HANGUP);
    World world = run(app);
    assertEquals("", header(app.requests.get(1), "Authorization"));
    String basic =
        "Basic "
            + java.util.Base64.getEncoder()
                .encodeToString("user:p@ss".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(basic, header(app.requests.get(2), "Authorization"));
    assertEquals(basic, header(app.requests.get(3), "Authorization"));
    assertEquals("http://app.test/again", app.requests.get(3).url());
    assertEquals(List.of(), codes(world));
    assertFalse(world.journal().after(0, 1000).toString().contains("\"p%40ss"));
  }

  @Test
  void aWrongPasswordIsAskedForOnceOnly() {
    FakeApp app =
        new FakeApp()
            .at("/voice", "<Response><Redirect>http://user:bad@app.test/in</Redirect></Response>")
            .at("/in", r -> answer(401, "www-authenticate", "Basic realm=\"x\""));
    World world = run(app);
    assertEquals(2, app.to("/in").size());
    assertEquals(List.of("11200"), codes(world));
  }

  // ConnectionOverrides

  @Test
  @dev.ringback.fidelity.Fact({
    "overrides.rc-default",
    "overrides.retries-are-one-entry",
    "overrides.rp-default"
  })
  void aConnectionThatIsNotMadeIsTriedOnceMoreByDefault() {
    FakeApp app = new FakeApp().at("/voice", r -> refused());
    World world = run(app);
    assertEquals(2, app.to("/voice").size());
    assertEquals(List.of("11202"), codes(world));
  }

  private static Landing refused() {
    return new Landing.Failed(TwilioError.HTTP_CONNECTION_REFUSED, "refused", true, Duration.ZERO);
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "overrides.rc",
    "overrides.retries-are-one-entry",
    "overrides.rp",
    "signature.no-fragment"
  })
  void overridesSayHowOftenAndWhat() {
    FakeApp app =
        new FakeApp()
            .at("/voice", "<Response><Redirect>/in#rc=4&amp;rp=5xx</Redirect></Response>")
            .at("/in", r -> new Answered(503, null, ""));
    World world = run(app);
    assertEquals(5, app.to("/in").size());
    assertTrue(app.to("/in").getFirst().url().endsWith("/in"), "the fragment stays off the wire");
    assertEquals(List.of("11200"), codes(world));
  }

  @Test
  @dev.ringback.fidelity.Fact({"overrides.rp", "overrides.rt"})
  void theTotalTimeEndsTheTries() {
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                "<Response><Redirect>/in#rc=5&amp;rp=rt&amp;rt=4000</Redirect></Response>")
            .at(
                "/in",
                r ->
                    new Landing.Failed(
                        TwilioError.HTTP_RETRIEVAL_FAILURE, "late", false, r.limits().read()));
    World world = run(app);
    assertEquals(4, app.to("/in").size());
    var alert =
        world.journal().after(0, 1000).stream()
            .filter(e -> e.fact() instanceof Fact.Alerted)
            .findFirst()
            .orElseThrow();
    assertEquals(Duration.ofSeconds(15), Duration.between(WorldSettings.VIRTUAL_START, alert.at()));
  }

  @Test
  @dev.ringback.fidelity.Fact({"errors.code-11243", "overrides.bad-policy-is-11243"})
  void aBadRetryPolicyIs11243() {
    FakeApp app =
        new FakeApp()
            .at("/voice", "<Response><Redirect>/in#rp=nonsense&amp;ct=7</Redirect></Response>")
            .at("/in", HANGUP);
    assertEquals(List.of("12200", "11243"), codes(run(app)));
  }

  // Caches

  @Test
  @dev.ringback.fidelity.Fact({
    "fetching.cache-etag",
    "headers.if-none-match",
    "play.file-is-cached"
  })
  void aFileWithAnEtagIsAskedForAgainWithACondition() {
    FakeApp app =
        new FakeApp()
            .at("/voice", "<Response><Play>/a.wav</Play><Play>/a.wav</Play></Response>")
            .at(
                "/a.wav",
                r ->
                    header(r, "If-None-Match").equals("\"v1\"")
                        ? new Answered(304, null, "", List.of(), null)
                        : new Answered(
                            200,
                            "audio/wav",
                            "",
                            List.of(new Header("etag", "\"v1\"")),
                            Duration.ofSeconds(3)));
    World world = run(app);
    assertEquals(2, app.to("/a.wav").size());
    assertEquals("\"v1\"", header(app.to("/a.wav").get(1), "If-None-Match"));
    assertEquals(
        Duration.ofSeconds(6),
        Duration.between(
            WorldSettings.VIRTUAL_START,
            world.journal().after(0, 1000).reversed().getFirst().at()));
    assertEquals(List.of(), codes(world));
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "fetching.cache-last-modified",
    "headers.if-modified-since",
    "play.file-is-cached-by-its-date"
  })
  void aFileWithADateIsAskedForAgainIfItIsNewer() {
    String date = "Wed, 31 Dec 2025 10:00:00 GMT";
    FakeApp app =
        new FakeApp()
            .at("/voice", "<Response><Play>/a.wav</Play><Play>/a.wav</Play></Response>")
            .at(
                "/a.wav",
                r ->
                    header(r, "If-Modified-Since").isEmpty()
                        ? file("last-modified", date)
                        : new Answered(304, null, "", List.of(), null));
    World world = run(app);
    assertEquals(
        List.of("", date),
        app.to("/a.wav").stream().map(r -> header(r, "If-Modified-Since")).toList());
    assertEquals(
        Duration.ofSeconds(6),
        Duration.between(
            WorldSettings.VIRTUAL_START,
            world.journal().after(0, 1000).reversed().getFirst().at()));
    assertEquals(List.of(), codes(world));
  }

  private static Answered file(String... headers) {
    return new Answered(
        200, "audio/wav", "", answer(200, headers).headers(), Duration.ofSeconds(3));
  }

  @Test
  @dev.ringback.fidelity.Fact("headers.conditions-by-get-only")
  void aPostOfWhatIsKnownHasNoCondition() {
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                "<Response><Play>/a.wav</Play><Play>/a.wav</Play>"
                    + "<Redirect>/a.wav</Redirect></Response>")
            .at(
                "/a.wav",
                r -> file("etag", "\"v1\"", "last-modified", "Wed, 31 Dec 2025 10:00:00 GMT"));
    run(app);
    assertEquals(
        List.of("GET false", "GET true", "POST false"),
        app.to("/a.wav").stream()
            .map(r ->
                r.method() + " " + r.headers().stream().anyMatch(h -> h.name().startsWith("If-")))
            .toList());
  }

  @Test
  @dev.ringback.fidelity.Fact({"fetching.post-is-never-cached", "headers.conditions-by-get-only"})
  void theAnswerToAPostIsNotKept() {
    FakeApp app = new FakeApp().at("/voice", "<Response><Redirect>/in</Redirect></Response>");
    app.at(
        "/in",
        r ->
            new Answered(
                200,
                "text/xml",
                app.to("/in").size() < 3 ? "<Response><Redirect>/in</Redirect></Response>" : HANGUP,
                answer(200, "cache-control", "max-age=60", "etag", "\"v1\"").headers(),
                null));
    run(app);
    assertEquals(
        List.of("", "", ""), app.to("/in").stream().map(r -> header(r, "If-None-Match")).toList());
  }

  @Test
  @dev.ringback.fidelity.Fact("fetching.cache-control")
  void aFileThatIsFreshIsNotAskedForAgain() {
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                "<Response><Play>/a.wav</Play><Play>/a.wav</Play><Pause length='60'/>"
                    + "<Play>/a.wav</Play></Response>")
            .at(
                "/a.wav",
                r ->
                    new Answered(
                        200,
                        "audio/wav",
                        "",
                        List.of(new Header("cache-control", "max-age=30")),
                        Duration.ofSeconds(3)));
    run(app);
    assertEquals(2, app.to("/a.wav").size());
  }

  @Test
  @dev.ringback.fidelity.Fact("fetching.cache-control")
  void whatWasFreshDoesNotStayFreshByBeingUsed() {
    StringBuilder plays = new StringBuilder("<Response>");
    for (int i = 0; i < 8; i++) {
      plays.append("<Play>/a.wav</Play><Pause length='17'/>");
    }
    FakeApp app =
        new FakeApp()
            .at("/voice", plays + "</Response>")
            .at(
                "/a.wav",
                r ->
                    new Answered(
                        200,
                        "audio/wav",
                        "",
                        List.of(new Header("cache-control", "max-age=30")),
                        Duration.ofSeconds(3)));
    run(app);
    assertEquals(4, app.to("/a.wav").size()); // at 0, 40, 80 and 120 s
  }

  // URLs as apps write them

  @Test
  @dev.ringback.fidelity.Fact("encoding.get-appends-to-the-query")
  void ownParametersThatLookLikeOursAreNoneOfOurs() {
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                "<Response><Redirect method='GET'>/in?ParentCallSid=x</Redirect></Response>")
            .at("/in", HANGUP);
    run(app);
    assertTrue(app.to("/in").getFirst().url().startsWith("http://app.test/in?ParentCallSid=x&"));
    assertTrue(app.to("/in").getFirst().url().contains("&CallSid=CA"));
  }

  @Test
  @dev.ringback.fidelity.Fact({"errors.code-11100", "fallback.error-code"})
  void aUrlThatIsNoneIs11100AndTheFallbacksTurn() {
    for (String verb :
        List.of(
            "<Redirect>ftp://a.test/x</Redirect>",
            "<Gather action='ftp://a.test/x' actionOnEmptyResult='true'/>")) {
      CallFixture stage = new CallFixture().at("/voice", verb).at("/fallback", "<Hangup/>");
      stage.worlds.fallback = true;
      stage.play();
      assertEquals(List.of("11100"), stage.codes());
      assertEquals("11100", stage.form("/fallback", "ErrorCode"));
      assertEquals("ftp://a.test/x", stage.form("/fallback", "ErrorUrl"));
    }
  }

  @Test
  void spacesBracesAndFragmentsInReferences() {
    FakeApp app =
        new FakeApp()
            .at("/voice", "<Response><Redirect>/a b/{c}?x=1|2</Redirect></Response>")
            .at("/a%20b/{c}", "<Response><Redirect>#rc=0</Redirect></Response>");
    World world = new WorldFixture().with(app);
    world.place(WorldFixture.call());
    world.runUntilIdle();
    assertEquals("http://app.test/a%20b/{c}?x=1|2", app.requests.get(1).url());
    assertEquals("http://app.test/a%20b/{c}?x=1|2", app.requests.get(2).url());
  }

  @Test
  void aStrangeLocationHurtsNobodyElse() {
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                r ->
                    r.form().value("From").orElse("").equals(WorldFixture.CUSTOMER)
                        ? answer(302, "location", "http://app.test/./[x]%")
                        : FakeApp.twiml(HANGUP));
    World world = new WorldFixture().with(app);
    world.place(WorldFixture.call());
    world.place(
        new Placement.ByCustomer(
            WorldFixture.STRANGER, WorldFixture.NUMBER, dev.ringback.cast.Script.NO_DIRECTIONS));
    world.runUntilIdle();
    var calls = world.calls();
    world.runUntilIdle();
    assertTrue(calls.join().stream().allMatch(dev.ringback.call.Call::over));
  }

  @Test
  @dev.ringback.fidelity.Fact("fallback.error-url")
  void passwordsAreForTheServerOnly() {
    CallFixture stage =
        new CallFixture()
            .at("/voice", "<Redirect>http://user:a+b%40c@app.test/in</Redirect>")
            .at("/fallback", "<Hangup/>");
    stage.worlds.debugger = true;
    stage.worlds.fallback = true;
    stage.app.at(
        "/in",
        r ->
            header(r, "Authorization").isEmpty()
                ? new Answered(
                    401,
                    null,
                    "",
                    List.of(
                        new Header("www-authenticate", "Bearer realm=x"),
                        new Header("www-authenticate", "Basic realm=x")),
                    null)
                : answer(404));
    stage.play();
    String basic =
        "Basic "
            + java.util.Base64.getEncoder()
                .encodeToString("user:a+b@c".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(basic, header(stage.app.to("/in").get(1), "Authorization"));
    assertFalse(stage.form("/debugger", "Payload").contains("a+b%40c"));
    assertEquals("http://app.test/in", stage.form("/fallback", "ErrorUrl"));
    assertFalse(stage.alerts().toString().contains("a+b%40c"));
    for (var entry : stage.journal()) {
      if (entry.fact() instanceof Fact.Requested || entry.fact() instanceof Fact.Happened) {
        assertFalse(entry.fact().toString().contains("a+b%40c"), entry::toString);
      }
    }
  }

  @Test
  @dev.ringback.fidelity.Fact("fetching.cookies")
  void cookiesExpireInTheWorldsTime() {
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                r ->
                    new Answered(
                        200,
                        "text/xml",
                        "<Response><Redirect>/b</Redirect></Response>",
                        List.of(
                            new Header("set-cookie", "list=1,2; Max-Age=3600"),
                            new Header(
                                "set-cookie", "day=1; Expires=Fri, 02 Jan 2026 09:00:00 GMT"),
                            new Header("set-cookie", "gone=1; Max-Age=-1"),
                            new Header("set-cookie", "short=1; Max-Age=10; Path=nonsense")),
                        null))
            .at("/b", "<Response><Pause length='11'/><Redirect>/c</Redirect></Response>")
            .at("/c", HANGUP);
    run(app);
    assertEquals("list=1,2; day=1; short=1", header(app.to("/b").getFirst(), "Cookie"));
    assertEquals("list=1,2; day=1", header(app.to("/c").getFirst(), "Cookie"));
  }

  @Test
  void hostsOfContainerNetworks() {
    FakeApp app =
        new FakeApp()
            .at("/voice", "<Response><Redirect>http://user:x@my_app:3000/in</Redirect></Response>")
            .at("/in", r -> answer(401, "www-authenticate", "Basic realm=x"));
    run(app);
    assertEquals(2, app.to("/in").size());
    assertFalse(header(app.to("/in").get(1), "Authorization").isEmpty());
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "errors.code-11240",
    "errors.code-15003",
    "errors.code-16101",
    "errors.codes-transcription",
    "status-callbacks.dialled-leg-default-is-completed",
    "status-callbacks.failed-answer-is-15003"
  })
  void callbacksThatFail() {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                "<Dial><Number statusCallback='/leg#e=nowhere'>+15558675311</Number></Dial>"
                    + "<Record transcribe='true' timeout='1'/>")
            .caller(0, true, "");
    stage.app.at("/leg", r -> new Answered(500, null, ""));
    stage.app.at("/call-status", r -> new Answered(404, null, ""));
    stage.play();
    assertEquals(List.of("11240", "15003", "15003", "16101", "13618"), stage.codes());
  }

  @Test
  @dev.ringback.fidelity.Fact("status-callbacks.failed-answer-is-not-retried")
  void aCallbackThatFailsIsSentAgainWhereItsUrlSaysSo() {
    for (var each : Map.of("/leg", 1, "/leg#rc=2&amp;rp=5xx", 3).entrySet()) {
      CallFixture stage =
          new CallFixture()
              .at(
                  "/voice",
                  "<Dial><Number statusCallback='%s'>+15558675311</Number></Dial>"
                      .formatted(each.getKey()));
      stage.app.at("/leg", r -> new Answered(500, null, ""));
      stage.app.at("/call-status", r -> new Answered(503, null, ""));
      stage.play();
      assertEquals(each.getValue(), stage.app.to("/leg").size(), each.getKey());
      assertEquals(1, stage.app.to("/call-status").size());
      assertEquals(List.of("15003", "15003"), stage.codes());
    }
  }

  // Time

  @Test
  @dev.ringback.fidelity.Fact("errors.code-11203")
  void allTriesTogetherHaveTheirTime() {
    WorldFixture worlds = new WorldFixture();
    worlds.latency = Duration.ofSeconds(4);
    FakeApp app = new FakeApp().at("/voice", r -> answer(302, "location", "/voice"));
    World world = worlds.with(app);
    world.place(WorldFixture.call());
    world.runUntilIdle();
    assertEquals(4, app.to("/voice").size());
    assertEquals(List.of("11203"), codes(world));
  }

  private static Duration ofTheFirstAlert(World world) {
    var alert =
        world.journal().after(0, 1000).stream()
            .filter(e -> e.fact() instanceof Fact.Alerted)
            .findFirst()
            .orElseThrow();
    return Duration.between(WorldSettings.VIRTUAL_START, alert.at());
  }

  private static World run(FakeApp app, Duration latency) {
    WorldFixture worlds = new WorldFixture();
    worlds.latency = latency;
    World world = worlds.with(app);
    world.place(WorldFixture.call());
    world.runUntilIdle();
    return world;
  }

  @Test
  void everyTryTakesItsTimeAndWhatIsLeftGetsLess() {
    FakeApp app =
        new FakeApp()
            .at("/voice", "<Response><Redirect>/in#rc=3&amp;rp=5xx</Redirect></Response>")
            .at("/in", r -> new Answered(503, null, ""));
    World world = run(app, Duration.ofSeconds(3));
    assertEquals(
        List.of(15L, 12L, 9L, 6L),
        app.to("/in").stream().map(r -> r.limits().total().toSeconds()).toList());
    assertEquals(List.of("11200"), codes(world));
    // 3 s for the first document, and four tries
    assertEquals(Duration.ofSeconds(15), ofTheFirstAlert(world));
  }

  @Test
  @dev.ringback.fidelity.Fact({"errors.code-11203", "overrides.tt"})
  void theLimitOfAllTriesTogetherIsTheUrls() {
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                "<Response><Redirect>/in#rc=5&amp;rp=5xx&amp;tt=5000</Redirect></Response>")
            .at("/in", r -> new Answered(503, null, ""));
    World world = run(app, Duration.ofSeconds(2));
    assertEquals(
        List.of(5L, 3L, 1L),
        app.to("/in").stream().map(r -> r.limits().total().toSeconds()).toList());
    assertEquals(List.of("11203"), codes(world));
    assertEquals(Duration.ofSeconds(2 + 5), ofTheFirstAlert(world));
  }

  /** Where nothing is left, there is no other try. */
  @Test
  @dev.ringback.fidelity.Fact("overrides.tt")
  void theTimeOfAllTriesMayBeUsedUpToTheLast() {
    FakeApp answered =
        new FakeApp()
            .at("/voice", "<Response><Redirect>/in#rc=5&amp;rp=5xx</Redirect></Response>")
            .at("/in", r -> new Answered(503, null, ""));
    World world = run(answered, Duration.ofSeconds(5));
    assertEquals(3, answered.to("/in").size());
    assertEquals(List.of("11203"), codes(world));
    assertEquals(Duration.ofSeconds(5 + 15), ofTheFirstAlert(world));
    FakeApp late =
        new FakeApp()
            .at("/voice", "<Response><Redirect>/in#rc=5&amp;rp=rt</Redirect></Response>")
            .at(
                "/in",
                r ->
                    new Landing.Failed(
                        TwilioError.HTTP_RETRIEVAL_FAILURE, "late", false, r.limits().read()));
    world = run(late, Duration.ZERO);
    assertEquals(1, late.to("/in").size());
    assertEquals(List.of("11200"), codes(world));
    assertEquals(Duration.ofSeconds(15), ofTheFirstAlert(world));
  }

  @Test
  @dev.ringback.fidelity.Fact("overrides.two-tries-of-five-seconds")
  void aConnectionThatIsNotMadeCostsItsTimeTwice() {
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                r ->
                    new Landing.Failed(
                        TwilioError.HTTP_CONNECTION_FAILURE, "no", true, Duration.ofSeconds(5)));
    World world = run(app, Duration.ZERO);
    assertEquals(
        List.of(15L, 10L),
        app.to("/voice").stream().map(r -> r.limits().total().toSeconds()).toList());
    assertEquals(Duration.ofSeconds(10), ofTheFirstAlert(world));
  }

  @Test
  void theDebuggersOwnUrlIsNotTalkedAboutForEver() {
    CallFixture stage = new CallFixture().at("/voice", "<Foo/>");
    stage.worlds.debugger = true;
    stage.worlds.debuggerPath = "/debugger#top";
    stage.play();
    assertEquals(List.of("12200", "ringback"), stage.codes());
    assertEquals(1, stage.app.to("/debugger").size());
  }
}
