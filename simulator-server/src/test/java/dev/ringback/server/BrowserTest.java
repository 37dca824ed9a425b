package dev.ringback.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.rest.api.v2010.Account;
import dev.ringback.cli.Commands;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.WorldSettings;
import dev.ringback.json.JournalJson;
import dev.ringback.twilio.RingbackHttpClient;
import dev.ringback.yaml.Yaml;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * A page on another origin, in a real Chromium, tries to read, reset, place calls and come in under
 * a name of its own. It is skipped, with a line that says so, where there is no Chromium; with
 * {@code CI=true} it fails there.
 */
@Timeout(180)
class BrowserTest {
  private static @Nullable ChromeDriver browser;

  private WebApp app;
  private RingbackServer server;

  @SuppressWarnings("NullAway.Init")
  BrowserTest() {}

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    browser =
        Chromium.open(
            "pages of other origins",
            // Only our own guard is tried: Chromium's own for local networks is not everywhere.
            "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
            "--host-resolver-rules=MAP evil.example 127.0.0.1, MAP rebound.example 127.0.0.1");
  }

  @AfterAll
  static void quit() {
    if (browser != null) {
      browser.quit();
    }
  }

  private static ChromeDriver browser() {
    return Objects.requireNonNull(browser);
  }

  @BeforeEach
  void start() throws Exception {
    Assumptions.assumeTrue(browser != null, "there is no Chromium on this machine");
    app =
        new WebApp()
            .at("/voice", "<Response><Reject/></Response>")
            .at(
                "/page",
                (RecordedRequest r) ->
                    new MockResponse.Builder()
                        .addHeader("Content-Type", "text/html")
                        .body("<!DOCTYPE html><title>A page</title>")
                        .build());
    String yaml =
        """
        server: {port: 0, voices: tones}
        numbers: [{number: "+15017122661", voiceUrl: "%s/voice"}]
        """
            .formatted(app.url());
    server =
        RingbackServer.start(
            ConfigFile.read(Yaml.parse("ringback.yaml", yaml)), seed -> new WorldDraft());
    // A reset would forget it, a change would be seen in it.
    HttpResponse<String> ordered = post("/sim/v1/faults", "{\"fault\": \"internal-error\"}");
    assertEquals(201, ordered.statusCode(), ordered.body());
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      server.close();
      app.close();
    }
  }

  private HttpResponse<String> post(String path, String json) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private String get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(server.url() + path)).build()).body();
  }

  private String authorization() {
    WorldSettings settings = server.world().settings();
    return "Basic "
        + Base64.getEncoder()
            .encodeToString(
                (settings.account() + ":" + settings.authToken()).getBytes(StandardCharsets.UTF_8));
  }

  private void assertNothingHappened() throws Exception {
    assertEquals("{\"calls\":[]}", get("/sim/v1/calls"));
    assertEquals(
        1, JournalJson.mapper().readTree(get("/sim/v1/faults")).path("faults").size(), "reset");
    assertEquals(0, app.to("/voice").size());
  }

  /** All that a page can send; each try ends with what it could read. */
  private static final String TRIES =
      """
      const [base, account, authorization, done] = arguments;
      const call = JSON.stringify({from: '+15558675310', to: '+15017122661'});
      const text = response => response.type === 'opaque' ? 'blind' : response.text();
      const element = (name, attributes) => new Promise(resolve => {
        const made = Object.assign(document.createElement(name), attributes);
        made.onload = () => {
          let read = 'blind';
          try { read = made.contentDocument ? made.contentDocument.body.innerText : read; } catch (e) { }
          resolve(read);
        };
        made.onerror = () => resolve('blind');
        document.documentElement.append(made);
      });
      const form = (path, type) => new Promise(resolve => {
        const frame = Object.assign(document.createElement('iframe'), {name: 'to ' + base + path});
        document.documentElement.append(frame);
        const made = Object.assign(document.createElement('form'),
            {method: 'POST', action: base + path, enctype: type, target: frame.name});
        const field = Object.assign(document.createElement('input'),
            {name: call.slice(0, -1) + ', "x', value: '": 1}'});
        made.append(field);
        document.documentElement.append(made);
        frame.onload = () => resolve('blind');
        made.submit();
        setTimeout(() => resolve('blind'), 3000);
      });
      const tries = {
        clock: () => fetch(base + '/sim/v1/clock').then(text),
        calls: () => fetch(base + '/sim/v1/calls', {mode: 'no-cors'}).then(text),
        journal: () => fetch(base + '/sim/v1/journal?after=0').then(text),
        health: () => fetch(base + '/healthz').then(text),
        account: () => fetch(base + '/2010-04-01/Accounts.json',
            {headers: {Authorization: authorization}}).then(text),
        notifications: () => fetch(base + '/2010-04-01/Accounts/' + account + '/Notifications.json',
            {headers: {Authorization: authorization}}).then(text),
        twilioCall: () => fetch(base + '/2010-04-01/Accounts/' + account + '/Calls.json',
            {method: 'POST', headers: {Authorization: authorization}, body: new URLSearchParams(
                {To: '+15558675310', From: '+15017122661', Url: 'http://evil.example/'})}).then(text),
        reset: () => fetch(base + '/sim/v1/reset', {method: 'POST'}).then(text),
        resetBlind: () => fetch(base + '/sim/v1/reset', {method: 'POST', mode: 'no-cors'}).then(text),
        resetForm: () => form('/sim/v1/reset', 'text/plain'),
        callText: () => fetch(base + '/sim/v1/calls',
            {method: 'POST', mode: 'no-cors', body: call}).then(text),
        callTypeless: () => fetch(base + '/sim/v1/calls',
            {method: 'POST', mode: 'no-cors', body: new Blob([call])}).then(text),
        callJson: () => fetch(base + '/sim/v1/calls',
            {method: 'POST', headers: {'Content-Type': 'application/json'}, body: call}).then(text),
        callForm: () => form('/sim/v1/calls', 'text/plain'),
        callBeacon: () => Promise.resolve(
            navigator.sendBeacon(base + '/sim/v1/calls', call)).then(() => 'blind'),
        faults: () => fetch(base + '/sim/v1/faults', {method: 'DELETE'}).then(text),
        events: () => new Promise(resolve => {
          const events = new EventSource(base + '/sim/v1/journal/stream?after=0');
          events.addEventListener('entry', e => { events.close(); resolve(e.data); });
          events.onopen = () => { events.close(); resolve('a stream'); };
          events.onerror = () => { events.close(); resolve('blind'); };
        }),
        socket: () => new Promise(resolve => {
          const socket = new WebSocket(base.replace('http', 'ws') + '/sim/v1/journal/stream');
          socket.onopen = () => resolve('a socket');
          socket.onerror = () => resolve('blind');
          setTimeout(() => resolve('blind'), 500); // Chromium lets one wait who fails often
        }),
        script: () => element('script', {src: base + '/sim/v1/clock'}),
        image: () => element('img', {src: base + '/sim/v1/clock'}),
        frame: () => element('iframe', {src: base + '/sim/v1/clock'}),
      };
      (async () => {
        const outcome = {};
        for (const [name, attempt] of Object.entries(tries)) {
          try { outcome[name] = await attempt(); } catch (e) { outcome[name] = 'blind'; }
        }
        done(outcome);
      })();
      """;

  private Map<?, ?> attack(String base) {
    return (Map<?, ?>)
        Objects.requireNonNull(
            browser()
                .executeAsyncScript(
                    TRIES, base, server.world().settings().account().value(), authorization()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example:%d/page",
        "http://localhost:%d/page",
        "http://127.0.0.1:%d/page",
        "data:text/html,<!DOCTYPE html><title>No origin</title>",
      })
  void aPageOfAnotherOriginReadsNothingAndChangesNothing(String page) throws Exception {
    browser().get(page.formatted(app.port()));
    for (String host : List.of("127.0.0.1", "localhost")) {
      Map<?, ?> outcome = attack("http://" + host + ":" + server.port());
      assertEquals(21, outcome.size());
      outcome.forEach((what, read) -> assertEquals("blind", read, what + " of " + page));
      assertNothingHappened();
    }
  }

  /** A name of the page's own that leads here: to the browser it is the page's own server. */
  @Test
  void aNameThatWasReboundLeadsNowhere() throws Exception {
    String base = "http://rebound.example:" + server.port();
    browser().get(base + "/healthz");
    assertTrue(
        String.valueOf(browser().getPageSource()).contains("does not answer to the Host"),
        browser().getPageSource());
    Map<?, ?> outcome = attack(base);
    outcome.forEach((what, read) ->
        assertTrue(
            read.equals("blind")
                || read.toString().contains("does not answer to the Host 'rebound.example"),
            what + " read " + read));
    assertFalse(outcome.values().stream().allMatch("blind"::equals), "the attack saw no refusal");
    assertNothingHappened();
  }

  /** As the console will. */
  @Test
  void aPageOfItsOwnMay() throws Exception {
    browser().get("http://localhost:" + server.port() + "/healthz");
    Map<?, ?> outcome = attack("");
    assertTrue(
        String.valueOf(outcome.get("clock")).contains("\"mode\":\"real\""), outcome.toString());
    assertTrue(String.valueOf(outcome.get("callJson")).contains("callSid"), outcome.toString());
    assertTrue(
        String.valueOf(outcome.get("account")).contains("friendly_name"), outcome.toString());
  }

  @Test
  void whoIsNoBrowserGetsIn() throws Exception {
    WorldSettings settings = server.world().settings();
    assertEquals(
        settings.account().value(),
        Account.fetcher()
            .fetch(
                RingbackHttpClient.client(
                    settings.account().value(), settings.authToken(), server.url()))
            .getSid());
    Commands.Run run =
        Commands.run(
            "call",
            "--from",
            "+15558675310",
            "--to",
            "+15017122661",
            "--server",
            "http://localhost:" + server.port());
    assertEquals(1, app.to("/voice").size(), run.said());
    try {
      Process curl =
          new ProcessBuilder(
                  "curl", "-s", "-X", "POST", "-w", "%{http_code}", server.url() + "/sim/v1/reset")
              .start();
      assertEquals("204", new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      System.err.println("SKIPPED: curl's part; there is no curl on this machine");
    }
  }
}
