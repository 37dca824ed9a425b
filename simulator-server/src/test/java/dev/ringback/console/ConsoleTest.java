package dev.ringback.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import dev.ringback.callback.Param;
import dev.ringback.callback.Signature;
import dev.ringback.server.WebApp;
import dev.ringback.voice.RequestKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import mockwebserver3.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.WindowType;

/** The console in a real Chromium, as a person uses it. */
@Timeout(120)
class ConsoleTest extends ConsoleFixture {
  private HttpServer sample;

  @SuppressWarnings("NullAway.Init")
  ConsoleTest() {}

  @BeforeEach
  void start() throws Exception {
    sample = AdvisorLine.start(0);
  }

  @AfterEach
  void stopSample() {
    sample.stop(0);
  }

  private void serveSample(String more) throws Exception {
    int port = sample.getAddress().getPort();
    serve(
        """
        numbers:
          - {number: "+15017122661", voiceUrl: "http://localhost:%d/voice"}
          - {number: "+15017122662", voiceUrl: "http://localhost:%d/voice?inboundAutocreation=false"}
        conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice@example.com}]
        %s
        """
            .formatted(port, port, more));
  }

  private void callsWith(String clock) throws Exception {
    serveSample("clock: " + clock);
    type("From", "+15558675310");
    press(button("Place call"));
  }

  @Test
  void aNewcomerFromTheEmptyPageToAHeardVoicemail() throws Exception {
    serveSample("");
    sees("No call yet");
    shoot("start");
    assertEquals("+15017122661", labelled("To").getAttribute("value"));
    type("From", "+15558675310");
    press(button("Place call"));
    press(in("Worker", "Decline"));
    find(step("action"));
    find(step("twilio<Record>"));
    shoot("live");
    browser().findElement(By.id("words-Customer")).sendKeys("Please call me back");
    press(in("Customer", "Speak"));
    find(By.xpath("//audio"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            Boolean.TRUE.equals(
                browser()
                    .executeScript(
                        "const a = document.querySelector('audio'); return a.duration > 0")));
    find(By.tagName("canvas"));
    press(step("action"));
    sees("DialCallStatus");
    sees("X-Twilio-Signature");
    shoot("call");
    browser()
        .executeScript(
            "const a = document.querySelector('audio'); a.muted = true; return a.play()");
    find(By.cssSelector(".step.heard"));
    // A point of the waveform is an instant of the call.
    find(By.tagName("canvas")).click();
    Object half =
        browser()
            .executeScript(
                "const a = document.querySelector('audio'); a.pause(); return a.currentTime / a.duration");
    assertTrue(((Number) Objects.requireNonNull(half)).doubleValue() > 0.3, half + " of it");
  }

  @Test
  void bothPhonesThroughEveryResult() throws Exception {
    serveSample(
        "frontline: {routing: {mode: none}, outgoing: {url: \"http://localhost:%d/voice\"}}\nclock: {speed: 20}"
            .formatted(sample.getAddress().getPort()));
    // A worker who talks.
    place("+15558675310", "+15017122661");
    press(in("Worker", "Answer"));
    press(in("Customer", "Hang up"));
    ends("session-success");
    // A worker who does not want to.
    place("+15558675310", "+15017122661");
    press(in("Worker", "Busy"));
    ends("dialed-call-incomplete");
    // A customer without a number.
    place("anonymous", "+15017122661");
    ends("failed-create-conversation");
    // A stranger, for whom there is nobody.
    place("+15558675399", "+15017122661");
    ends("no-other-participants");
    // A stranger on a line for customers.
    place("+15558675398", "+15017122662");
    ends("no-existing-conversation");
    // A worker in a conversation that is none.
    choose("Who calls", "alice@example.com");
    type("Customer or conversation", "CH00000000000000000000000000000000");
    press(button("Place call"));
    ends("invalid-conversation");
    choose("Who calls", "");
    // Trouble that was ordered, and taken back.
    press(By.linkText("Account"));
    choose("Fault", "internal-error");
    press(button("Order"));
    sees("internal-error any callback");
    press(By.linkText("Calls"));
    place("+15558675310", "+15017122661");
    ends("internal-error");
    press(By.linkText("Account"));
    press(button("Take back"));
    sees("No trouble is ordered.");
    shoot("account");
    choose("Fault", "slow");
    type("by", "3s");
    type("times", "1");
    press(button("Order"));
    sees("slow any callback");
    press(By.cssSelector("[role=switch]"));
    Awaitility.await().until(() -> !available());
    press(By.cssSelector("[role=switch]"));
    Awaitility.await().until(ConsoleTest::available);
  }

  private static boolean available() {
    return Boolean.TRUE.equals(
        browser()
            .executeScript(
                "return fetch('/sim/v1/account').then((answer) => answer.json()).then((all) => all.workers[0].available)"));
  }

  private static void place(String from, String to) {
    type("From", from);
    type("To", to);
    press(button("Place call"));
  }

  /** The newest call, which is the one that is looked at, ends so. */
  private static void ends(String result) {
    find(By.xpath("//button[contains(@class,'chosen')][contains(.,'%s')]".formatted(result)));
    find(By.xpath("//span[contains(@class,'badge')][.='completed']"));
  }

  @Test
  void aRequestIsSentAgainWithTheSameToken() throws Exception {
    try (WebApp app = new WebApp().at("/voice", "<Response><Hangup/></Response>")) {
      serve(
          "numbers: [{number: \"+15017122661\", voiceUrl: \"%s/voice\"}]\nclock: {speed: 20}"
              .formatted(app.url()));
      press(button("Place call"));
      press(step("voice"));
      press(button("Resend"));
      sees("Sent again with the same idempotency token: answered HTTP 200");
      sees("sends the voice request again");
      List<RecordedRequest> requests = app.requests;
      assertEquals(2, requests.size());
      for (String header : List.of("I-Twilio-Idempotency-Token", "X-Twilio-Signature")) {
        assertEquals(
            Objects.requireNonNull(requests.get(0).getHeaders().get(header)),
            requests.get(1).getHeaders().get(header));
      }
      assertEquals(requests.get(0).getBody(), requests.get(1).getBody());
      press(button("Examine signature"));
      press(button("Examine"));
      sees("The signature is right");
    }
  }

  @Test
  void fromAnInstantOnDifferently() throws Exception {
    callsWith("{speed: 20}");
    press(in("Worker", "Decline"));
    find(By.id("scrubber"));
    assertTrue(text().contains("session ends dialed-call-incomplete"), text());
    // When it rang.
    Object rang =
        browser()
            .executeScript(
                """
                return fetch('/sim/v1/calls/' + new URLSearchParams(location.search).get('call') + '/timeline')
                  .then((answer) => answer.json())
                  .then((timeline) => timeline.rows.find((row) => / rings$/.test(row.text ?? '')).offsetMs)\
                """);
    slide("Time", ((Number) Objects.requireNonNull(rang)).longValue());
    assertFalse(text().contains("session ends"), text());
    press(in("Worker", "Answer"));
    sees("Forked: ");
    sees("fork: in-progress");
    press(in("Customer", "Hang up"));
    sees("session ends session-success");
    press(step("action"));
    sees("X-Twilio-Signature");
    shoot("fork");
    press(button("Back to the call"));
    sees("session ends dialed-call-incomplete");
  }

  /** What is looked at is in the address, so that it can be sent to somebody. */
  @Test
  void aReloadShowsTheSameStepAtTheSameInstant() throws Exception {
    callsWith("{speed: 20}");
    press(in("Worker", "Decline"));
    ends("dialed-call-incomplete");
    press(step("action"));
    sees("DialCallStatus");
    slide("Time", 100);
    sees("then: ");
    sees("From here, differently");
    Awaitility.await().until(() -> browser().getCurrentUrl().contains("time=100"));
    reload();
    sees("From here, differently");
    press(button("To the end"));
    sees("DialCallStatus");
  }

  @Test
  void anAddressThatIsNoCallIsSaidToBeNone() throws Exception {
    serveSample("");
    visit(server().url() + "/?call=..%2Faccount%3F");
    sees("'../account?' is not a call SID");
    visit(server().url() + "/?view=doctor&exchange=..%2Faccount");
    sees("Paste what your app saw");
  }

  @Test
  void aDocumentThatCannotBeParsedIsMarkedWhereItIsWrong() throws Exception {
    try (WebApp app = new WebApp().at("/voice", "<Response>\n  <Dial>\n</Response>")) {
      serve("numbers: [{number: \"+15017122661\", voiceUrl: \"%s/voice\"}]".formatted(app.url()));
      press(button("Place call"));
      press(step("voice"));
      sees("12100 at line 3, column 3");
      sees("Then: twilio next: no other URL to ask");
    }
  }

  /** What is sent again afterwards is no part of the call. */
  @Test
  void theSliderEndsWithTheCall() throws Exception {
    try (WebApp app = new WebApp().at("/voice", "<Response><Hangup/></Response>")) {
      serve(
          "numbers: [{number: \"+15017122661\", voiceUrl: \"%s/voice\"}]\nclock: {mode: stepped}"
              .formatted(app.url()));
      press(button("Place call"));
      find(By.id("scrubber"));
      press(button("+1 min"));
      press(step("voice"));
      press(button("Resend"));
      sees("sends the voice request again");
      String last = labelled("Time").getAttribute("max");
      assertTrue(Long.parseLong(Objects.requireNonNull(last)) < 60_000, last);
    }
  }

  @Test
  void aWorldThatHasEndedIsSaidToHave() throws Exception {
    serveSample("");
    press(By.linkText("Account"));
    press(button("Make another world"));
    sees("Made: account AC");
    press(By.xpath("//a[starts-with(.,'Open AC')][not(contains(../..,'this one'))]"));
    sees("this one");
    String account = browser().getCurrentUrl().replaceFirst(".*world=(AC[0-9a-f]{32}).*", "$1");
    HttpRequest end =
        HttpRequest.newBuilder(URI.create(server().url() + "/sim/v1/worlds/" + account))
            .DELETE()
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertEquals(204, client.send(end, BodyHandlers.discarding()).statusCode());
    }
    sees("This world is not here");
    press(By.linkText("To the first world"));
    sees("No call yet");
    browser().manage().logs().get("browser"); // it asked once more, and was told so
  }

  @Test
  void numbersAndWorldsAreMadeInThePage() throws Exception {
    serveSample("clock: {speed: 20}");
    press(By.linkText("Account"));
    sees("server.publicUrl");
    sees("frontline.routing.mode");
    type("Number", "+15017122669");
    type("Voice URL", "http://localhost:%d/voice".formatted(sample.getAddress().getPort()));
    choose("voiceMethod", "GET");
    type("Status callback", "http://localhost/status");
    press(button("Set"));
    sees("http://localhost/status");
    sees("GET http://localhost:");
    Awaitility.await()
        .until(() -> browser().findElements(By.xpath("//td[.='+15017122669']")).size() == 1);
    press(button("Make another world"));
    sees("Made: account AC");
    press(By.xpath("//button[.='End']"));
    Awaitility.await().until(() -> browser().findElements(By.xpath("//button[.='End']")).isEmpty());
    press(By.linkText("Calls"));
    place("+15558675310", "+15017122669");
    find(step("voice"));
  }

  @Test
  void aRequestIsPickedForTheDoctor() throws Exception {
    callsWith("{speed: 20}");
    press(in("Worker", "Decline"));
    ends("dialed-call-incomplete");
    press(By.linkText("Signature doctor"));
    choose("Or pick a request of", second("doctor-call"));
    Awaitility.await().until(() -> browser().findElements(By.id("doctor-request")).size() == 1);
    choose("Request", second("doctor-request"));
    Awaitility.await()
        .until(() -> !"".equals(labelled("X-Twilio-Signature").getAttribute("value")));
    press(button("Examine"));
    sees("The signature is right");
  }

  /** The first value of a list beside the one that says what to choose. */
  private static String second(String list) {
    return Objects.requireNonNull(
        find(By.cssSelector("#" + list + " option:nth-child(2)")).getAttribute("value"));
  }

  @Test
  void timePassesWhenItIsLetPass() throws Exception {
    callsWith("{mode: stepped}");
    sees("in the call");
    assertFalse(text().contains("session ends"), text());
    press(button("+1 s"));
    press(button("Until idle"));
    sees("session ends dialed-call-incomplete");
    sees("dialed-call-incomplete / no-answer");
  }

  @Test
  void aRealClockChangesItsSpeed() throws Exception {
    callsWith("{speed: 1}");
    sees("rings");
    choose("Speed of the clock", "100");
    sees("session ends dialed-call-incomplete");
  }

  @Test
  void whatIsExpectedAndHasNotComeIsGreyUntilItNeverWill() throws Exception {
    int port = sample.getAddress().getPort();
    serve(
        """
        numbers: [{number: "+15017122661", voiceUrl: "http://localhost:%d/voice?statusCallback=/status&statusCallbackEvent=call-initiated+call-answered&record=record-from-answer&recordingStatusCallback=/recording"}]
        conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice@example.com}]
        clock: {speed: 20}
        """
            .formatted(port));
    type("From", "+15558675310");
    press(button("Place call"));
    By expected = By.xpath("//*[contains(@class,'expected')][contains(.,'Status=call-answered')]");
    Awaitility.await()
        .ignoreExceptions()
        .until(() -> browser().findElement(expected).getText().contains("call-answered expected"));
    press(in("Worker", "Decline"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() ->
            browser()
                .findElement(expected)
                .getText()
                .contains("never came: the session ended dialed-call-incomplete"));
  }

  @Test
  void twoWindowsShowTheSameAndAReloadLosesNothing() throws Exception {
    serveSample("clock: {speed: 20}");
    String first = browser().getWindowHandle();
    browser().switchTo().newWindow(WindowType.TAB);
    visit(server().url() + "/");
    String second = browser().getWindowHandle();
    browser().switchTo().window(first);
    place("+15558675310", "+15017122661");
    find(in("Worker", "Answer"));
    String call = browser().getCurrentUrl();
    browser().switchTo().window(second);
    press(By.cssSelector("button.call"));
    press(in("Worker", "Answer"));
    sees("in the call");
    browser().switchTo().window(first);
    sees("client:alice@example.com answers");
    reload();
    assertEquals(call, browser().getCurrentUrl());
    press(in("Customer", "Hang up"));
    ends("session-success");
    browser().switchTo().window(second);
    ends("session-success");
    browser().close();
    browser().switchTo().window(first);
  }

  /** Nothing of it is in the journal. */
  @Test
  void aResetAndAnotherWindowsChangesAreSeen() throws Exception {
    serveSample("clock: {speed: 1}");
    place("+15558675310", "+15017122661");
    find(in("Worker", "Answer"));
    String first = browser().getWindowHandle();
    browser()
        .executeScript(
            "return fetch('/sim/v1/clock', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{\"speed\": 5}'})");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(() -> "5".equals(labelled("Speed of the clock").getAttribute("value")));
    browser()
        .executeScript(
            "return fetch('/sim/v1/reset', {method: 'POST', headers: {'Content-Type': 'application/json'}})");
    sees("0 calls");
    assertEquals(first, browser().getWindowHandle());
    browser().manage().logs().get("browser"); // the call that is gone was asked for
  }

  @Test
  void callsThatComeAtOnceAreAllThere() throws Exception {
    serveSample("clock: {speed: 20}");
    sees("No call yet");
    browser()
        .executeAsyncScript(
            """
            const done = arguments[0];
            Promise.all(['1', '2', '3', '4', '5'].map((last) => fetch('/sim/v1/calls', {method: 'POST',
              headers: {'Content-Type': 'application/json'},
              body: JSON.stringify({from: '+1555867530' + last, to: '+15017122661', cast: {'*': 'busy'}})}))).then(done)\
            """);
    sees("5 calls");
  }

  @Test
  void aServerThatIsGoneIsSaidToBe() throws Exception {
    serveSample("clock: {speed: 1}");
    sees("No call yet");
    server().close();
    sees("The server does not answer");
    browser().manage().logs().get("browser"); // the browser says so, too
  }

  @Test
  void whatIsSearchedForIsInTheAddress() throws Exception {
    serveSample("clock: {speed: 20}");
    place("+15558675398", "+15017122662");
    ends("no-existing-conversation");
    place("anonymous", "+15017122661");
    ends("failed-create-conversation");
    sees("2 calls");
    type("Search calls", "no-existing");
    sees("1 of 2 calls");
    assertTrue(browser().getCurrentUrl().contains("search=no-existing"));
    reload();
    sees("1 of 2 calls");
    type("Search calls", "+15558675398");
    sees("1 of 2 calls");
  }

  /** Everything that an app, a configuration or a caller says is text, and nothing runs. */
  @Test
  void aHostileAppExecutesNothing() throws Exception {
    String evil = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
    String escaped = evil.replace("<", "&lt;").replace("\"", "&quot;");
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                request ->
                    WebApp.twiml(
                            "<Response><Say>%s</Say><Gather finishOnKey=\"%s\"/></Response>"
                                .formatted(escaped, escaped))
                        .newBuilder()
                        .addHeader("X-Evil", evil)
                        .addHeader("Content-Type", "text/xml; " + evil)
                        .build())) {
      serve(
          """
          numbers: [{number: "+15017122661", voiceUrl: "%s/voice?x=%%3Cscript%%3Ewindow.hacked=1%%3C/script%%3E"}]
          conversations: [{customer: "+15558675310", number: "+15017122661", worker: '%s'}]
          clock: {speed: 1}
          """
              .formatted(app.url(), evil));
      press(button("Place call"));
      press(step("voice"));
      sees("window.hacked=1");
      press(in("Customer", "Hang up"));
      find(By.xpath("//span[contains(@class,'badge')]"));
      for (String view : List.of("Account", "Signature doctor", "Calls")) {
        press(By.linkText(view));
      }
      visit(server().url() + "/?call=%3Cimg+src=x+onerror=window.hacked=1%3E&search=%3Cb");
      sees("is not a call SID");
      assertNotEquals(1L, browser().executeScript("return window.hacked"));
      assertEquals(0, browser().findElements(By.tagName("img")).size());
    } finally {
      // The console asked for a call that is none, and was told so.
      browser().manage().logs().get("browser");
    }
  }

  /** Ten ways in which apps see something else than what was signed. */
  @Test
  void theDoctorExplainsTenWrongSignatures() throws Exception {
    String token = "0123456789abcdef0123456789abcdef";
    serve("account: {authToken: %s}".formatted(token));
    press(By.linkText("Signature doctor"));
    String[][] cases = {
      {"http://example.com/voice", "CallSid=CA1", "https://example.com/voice", "the other scheme"},
      {"http://example.com:3000/v", "CallSid=CA1", "http://example.com/v", "another port"},
      {"https://example.com/voice/", "CallSid=CA1", "https://example.com/voice", "a slash"},
      {
        "https://example.com/v?a=1&b=2",
        "CallSid=CA1",
        "https://example.com/v?b=2&a=1",
        "another order"
      },
      {
        "https://example.com/v?q=a+b",
        "CallSid=CA1",
        "https://example.com/v?q=a%20b",
        "the query was signed"
      },
      {
        "https://example.com/my%20v",
        "CallSid=CA1",
        "https://example.com/my v",
        "the path was signed"
      },
      {"https://example.com/v", "{\"a\":1}", "https://example.com/v", "only the URL was signed"},
      {
        "https://example.com/v?a=1",
        "a=1&CallSid=CA1",
        "https://example.com/v?a=1",
        "parameters of the query"
      },
      {"https://example.com/v", "CallSid=+CA1", "https://example.com/v", "the values were changed"},
      {"https://example.com/v", "CallSid=CA1", "https://example.com/v", "another auth token"},
    };
    for (String[] one : cases) {
      boolean otherToken = one[3].equals("another auth token");
      type("URL that the app validated", one[0]);
      type("Body, as it came", one[1]);
      List<Param> signed =
          one[3].startsWith("only") ? List.of() : List.of(new Param("CallSid", "CA1"));
      type("X-Twilio-Signature", new Signature(token).of(RequestKind.VOICE, one[2], signed));
      type(
          "Auth token of the app, if it is another",
          otherToken ? "fedcba9876543210fedcba9876543210" : "");
      press(button("Examine"));
      sees(one[3]);
      sees("Express");
      assertFalse(text().contains(token), "the token is shown");
    }
  }

  @Test
  void theSampleAppStartsFromThePage() throws Exception {
    System.setProperty("ringback.root", "..");
    try {
      serve("clock: {speed: 20}");
      press(button("Start the sample app and call it"));
      press(in("Worker", "Busy"));
      sees("session ends dialed-call-incomplete");
    } finally {
      System.clearProperty("ringback.root");
    }
  }
}
