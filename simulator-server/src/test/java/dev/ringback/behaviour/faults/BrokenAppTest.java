package dev.ringback.behaviour.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands;
import dev.ringback.cli.Commands.Run;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.server.WebApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The ways in which an app can be broken: the least of scenarios fails each, with a sentence that
 * names the cause, and passes the healthy one.
 */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT) // two of them wait for 15 s
class BrokenAppTest {
  /** It says nothing but that there was a request and that the call ended well. */
  private static final String LEAST =
      """
      scenario: the least
      given:
        conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice@example.com}]
      when:
        - call: {from: "+15558675310", to: "+15017122661"}
      then:
        - request: voice
        - call: {ends: completed}
      """;

  private static final String ANSWERED =
      LEAST.replace(
          "  - call: {ends: completed}\n",
          """
            - request: action
              form: {Result: session-success}
              answer: {verbs: [Hangup]}
            - call: {ends: completed}
          """);

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  BrokenAppTest() {}

  private static WebApp healthy() {
    return new WebApp()
        .at("/voice", WorldFixture.connect(""))
        .at("/action", "<Response><Hangup/></Response>");
  }

  private static MockResponse answer(int status, String type, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", type)
        .body(body)
        .build();
  }

  private void expect(int exit, String cause, String url, String scenario) throws IOException {
    Path file = Files.writeString(folder.resolve("scenario.yaml"), scenario);
    Run run = Commands.run("run", file.toString(), "--app", url);
    assertEquals(exit, run.exit(), run::said);
    assertTrue(run.said().contains(cause), () -> cause + " is not said: " + run.said());
  }

  @Test
  void theHealthyOnePasses() throws Exception {
    try (WebApp app = healthy()) {
      expect(0, "1 passed", app.url(), LEAST);
      expect(0, "1 passed", app.url(), ANSWERED);
    }
  }

  @Test
  void down() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    expect(2, "nothing listens at", "http://127.0.0.1:" + port, LEAST);
  }

  /** It listens, and goes away as soon as it is asked. */
  @Test
  void gone() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            while (!socket.isClosed()) {
              try {
                socket.accept().close();
              } catch (IOException e) {
                return;
              }
            }
          });
      expect(1, "no answer: ", "http://127.0.0.1:" + socket.getLocalPort(), LEAST);
    }
  }

  /** Twilio gives up after 15 s, and so does this test. */
  @Test
  void hangs() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      expect(1, "did not answer within 15 s", "http://127.0.0.1:" + socket.getLocalPort(), LEAST);
    }
  }

  @Test
  void slow() throws Exception {
    try (WebApp app =
        healthy()
            .at(
                "/voice",
                request ->
                    new MockResponse.Builder()
                        .addHeader("Content-Type", "text/xml")
                        .body(WorldFixture.connect(""))
                        .throttleBody(4, 1, TimeUnit.SECONDS)
                        .build())) {
      expect(1, "did not answer within 15 s", app.url(), LEAST);
    }
  }

  @Test
  void answersAnError() throws Exception {
    try (WebApp app = healthy().at("/voice", r -> answer(500, "text/plain", "out of order"))) {
      expect(1, "answered HTTP 500: out of order", app.url(), LEAST);
    }
  }

  @Test
  void answersAPage() throws Exception {
    String page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>…</body></html>";
    try (WebApp app = healthy().at("/voice", r -> answer(200, "text/html", page))) {
      expect(1, "an HTML page, \u201cSign in\u201d", app.url(), LEAST);
      expect(1, "this is an HTML page, not TwiML", app.url(), LEAST);
    }
  }

  @Test
  void hasTheWrongToken() throws Exception {
    try (WebApp app = healthy().at("/voice", r -> answer(403, "text/plain", "bad signature"))) {
      expect(1, "answered HTTP 403: bad signature", app.url(), LEAST);
      expect(1, "its auth token must be ", app.url(), LEAST);
      expect(1, "the URL that it validates must be " + app.url() + "/voice", app.url(), LEAST);
    }
  }

  @Test
  void takesTheWrongBranch() throws Exception {
    try (WebApp app = healthy().at("/action", "<Response><Say>Goodbye</Say></Response>")) {
      expect(1, "≠ answer.verbs: expected [Hangup], was '[Say]'", app.url(), ANSWERED);
    }
  }

  @Test
  void answersNothing() throws Exception {
    try (WebApp app = healthy().at("/voice", r -> answer(200, "text/xml", ""))) {
      expect(1, "The document is empty; answer <Response/> to do nothing", app.url(), LEAST);
    }
  }

  @Test
  void leadsBackToItself() throws Exception {
    try (WebApp app = healthy().at("/voice", "<Response><Redirect>/voice</Redirect></Response>")) {
      expect(1, "Does one lead back to itself?", app.url(), LEAST);
      expect(1, "has answered the same document 5 times", app.url(), LEAST);
      expect(1, "… the same 9", app.url(), LEAST);
    }
  }

  @Test
  void hasTheWrongAction() throws Exception {
    try (WebApp app =
        healthy().at("/action", r -> answer(404, "text/plain", "Cannot POST /action"))) {
      expect(1, "answered HTTP 404: Cannot POST /action", app.url(), LEAST);
      expect(1, "11200", app.url(), LEAST);
    }
  }

  /** What was expected to fail, and does, passes; what was allowed may. */
  @Test
  void anErrorThatIsExpectedIsNone() throws Exception {
    String expected =
        LEAST.replace("request: voice\n", "request: voice\n    answer: {status: 500}\n");
    try (WebApp app = healthy().at("/voice", r -> answer(500, "text/plain", "out of order"))) {
      expect(0, "1 passed", app.url(), expected + "  - alert: 11200\n");
      expect(0, "1 passed", app.url(), expected + "  - allow: [11200]\n");
      expect(0, "1 passed", app.url(), "allow: [11200]\n" + expected);
      expect(1, "no error, but there was 11200", app.url(), expected);
      expect(1, "expected 2xx, was: answered HTTP 500", app.url(), "allow: [11200]\n" + LEAST);
    }
    try (WebApp app = healthy()) {
      expect(1, "there was no alert", app.url(), LEAST + "  - alert: 11200\n");
    }
  }
}
