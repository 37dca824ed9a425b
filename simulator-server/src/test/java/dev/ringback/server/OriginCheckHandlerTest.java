package dev.ringback.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.json.JournalJson;
import dev.ringback.media.Voices;
import dev.ringback.yaml.Yaml;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The check of Host and Origin before every route, over a socket: clients do not let one choose
 * these headers.
 */
@Timeout(20)
class OriginCheckHandlerTest {
  private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";

  private RingbackServer server;

  @SuppressWarnings("NullAway.Init")
  OriginCheckHandlerTest() {}

  @BeforeEach
  void start() throws Exception {
    String yaml =
        """
        server: {port: 0, voices: tones, allowedHosts: [ringback.lan]}
        account: {sid: %s}
        """
            .formatted(ACCOUNT);
    server =
        RingbackServer.start(
            ConfigFile.read(Yaml.parse("ringback.yaml", yaml)), seed -> new WorldDraft());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private record Answer(int status, String head, String body) {
    JsonNode json() {
      return JournalJson.mapper().readTree(body);
    }
  }

  private static Answer send(int port, String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = text.indexOf("\r\n\r\n");
      return new Answer(
          Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
    }
  }

  /** One request on a connection of its own; {@code headers} as lines. */
  private static Answer send(int port, String method, String target, List<String> headers)
      throws Exception {
    return send(
        port,
        method
            + " "
            + target
            + " HTTP/1.1\r\nConnection: close\r\n"
            + String.join("\r\n", headers)
            + "\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/healthz",
        "/sim/v1/clock",
        "/sim/v1/journal/stream",
        "/sim/v1/openapi.yaml",
        "/sim/v1/worlds/AC1/calls",
        "/2010-04-01/Accounts.json",
        "/2010-04-01/Accounts/" + ACCOUNT + "/Recordings/RE0123456789abcdef0123456789abcdef.wav",
        "/conversations/v1/Services",
        "/monitor/v1/Alerts",
        "/nothing",
      })
  void nothingIsServedUnderAForeignNameOrToAForeignPage(String path) throws Exception {
    for (String method : List.of("GET", "POST", "DELETE", "OPTIONS", "PUT")) {
      Answer rebound = send(server.port(), method, path, List.of("Host: evil.example"));
      assertEquals(421, rebound.status(), method + rebound.head());
      for (String from :
          List.of(
              "Origin: http://evil.example",
              "Origin: http://localhost:1",
              "Origin: null",
              "Sec-Fetch-Site: same-site",
              "Sec-Fetch-Site: cross-site")) {
        Answer foreign = send(server.port(), method, path, List.of("Host: localhost", from));
        assertEquals(403, foreign.status(), method + from + foreign.head());
        assertFalse(
            foreign.head().toLowerCase(Locale.ROOT).contains("access-control"), foreign.head());
      }
      Answer preflight =
          send(
              server.port(),
              "OPTIONS",
              path,
              List.of(
                  "Host: localhost",
                  "Origin: http://evil.example",
                  "Access-Control-Request-Method: " + method,
                  "Access-Control-Request-Headers: authorization"));
      assertFalse(
          preflight.head().toLowerCase(Locale.ROOT).contains("access-control"), preflight.head());
    }
  }

  @Test
  void whatIsSaidIsInTheShapeOfTheRoute() throws Exception {
    List<String> evil = List.of("Host: evil.example");
    JsonNode control = send(server.port(), "GET", "/sim/v1/calls", evil).json().path("error");
    assertEquals(
        "Ringback does not answer to the Host 'evil.example'", control.path("message").asString());
    assertTrue(control.path("hint").asString().contains("server.allowedHosts"));
    List<String> foreign = List.of("Host: localhost", "Origin: http://evil.example");
    JsonNode page = send(server.port(), "POST", "/sim/v1/reset", foreign).json().path("error");
    assertTrue(page.path("message").asString().contains("http://evil.example"), page.toString());
    assertFalse(page.path("hint").isMissingNode());

    Answer json = send(server.port(), "GET", "/2010-04-01/Accounts.json", foreign);
    assertEquals(20403, json.json().path("code").asInt());
    assertEquals(403, json.json().path("status").asInt());
    assertEquals(421, send(server.port(), "GET", "/v1/Services", evil).status());
    JsonNode product = send(server.port(), "GET", "/conversations/v1/Services", evil).json();
    assertEquals(421, product.path("status").asInt());
    Answer xml = send(server.port(), "GET", "/2010-04-01/Accounts", foreign);
    assertTrue(xml.body().contains("<RestException>"), xml.body());
  }

  @Test
  void whoSaysNothingPasses() throws Exception {
    for (String host :
        List.of(
            "localhost", "127.0.0.1:" + server.port(), "ringback.lan", "host.docker.internal")) {
      assertEquals(
          200, send(server.port(), "GET", "/healthz", List.of("Host: " + host)).status(), host);
    }
    assertEquals(200, send(server.port(), "GET /healthz HTTP/1.0\r\n\r\n").status());
    assertEquals(
        401,
        send(server.port(), "GET", "/v1/Services", List.of("Host: conversations.twilio.com"))
            .status());
    String own = "localhost:" + server.port();
    Answer sameOrigin =
        send(
            server.port(),
            "POST",
            "/sim/v1/reset",
            List.of(
                "Host: " + own,
                "Origin: http://" + own,
                "Sec-Fetch-Site: same-origin",
                "Content-Length: 0"));
    assertEquals(204, sameOrigin.status());
  }

  /** What a proxy's client asks for is told by the request line, and guarded by that. */
  @Test
  void requestsInAbsoluteFormAndInTunnels() throws Exception {
    List<String> foreign = List.of("Host: x", "Origin: http://evil.example");
    assertEquals(
        403, send(server.port(), "GET", "http://api.twilio.com/2010-04-01", foreign).status());
    assertEquals(
        401,
        send(
                server.port(),
                "GET",
                "http://api.twilio.com/2010-04-01/Accounts.json",
                List.of("Host: x"))
            .status());
    Answer passedOn =
        send(server.port(), "GET", "http://evil.example/", List.of("Host: localhost"));
    assertTrue(passedOn.body().contains("passes nothing on to evil.example"), passedOn.body());
    String own = "127.0.0.1:" + server.port();
    String tunnel = "CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(own, own);
    String request = "GET / HTTP/1.1\r\nConnection: close\r\nHost: ";
    assertTrue(
        send(server.port(), tunnel + request + "evil.example\r\n\r\n")
            .body()
            .startsWith("HTTP/1.1 421"));
    assertTrue(
        send(server.port(), tunnel + request + "api.twilio.com\r\nOrigin: null\r\n\r\n")
            .body()
            .startsWith("HTTP/1.1 403"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "application/json | {} | 201",
        "Application/JSON; charset=utf-8 | {} | 201",
        "- | '' | 201",
        "application/json | '' | 201",
        "- | {} | 415",
        "text/plain | {} | 415",
        "text/plain | '' | 415",
        "application/x-www-form-urlencoded | {} | 415",
        "multipart/form-data; boundary=x | {} | 415",
        "application/jsonp | {} | 415",
        "text/plain; x=application/json | {} | 415",
      })
  void bodiesOfTheControlApiAreJson(
      @org.jspecify.annotations.Nullable String type, String body, int status) throws Exception {
    Answer answer =
        send(
            server.port(),
            "POST /sim/v1/worlds HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (type == null ? "" : "Content-Type: " + type + "\r\n")
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
    assertEquals(status, answer.status(), answer.body());
    if (status == 415) {
      assertEquals("Content-Type", answer.json().path("error").path("field").asString());
    }
  }

  @Test
  void aMethodIsWhatItSaysItIs() throws Exception {
    assertEquals(
        400,
        send(
                server.port(),
                "GET",
                "/sim/v1/reset",
                List.of("Host: localhost", "X-HTTP-Method-Override: POST"))
            .status());
  }

  /** Names of hosts have no letter case, and may end with a dot. */
  @ParameterizedTest
  @ValueSource(strings = {"api.twilio.com", "API.Twilio.COM", "api.twilio.com."})
  void aNameOfTwiliosLeadsToItsApi(String host) throws Exception {
    assertEquals(
        401,
        send(server.port(), "GET", "/2010-04-01/Accounts.json", List.of("Host: " + host)).status());
    assertEquals(
        401, send(server.port(), "GET", "/sim/v1/calls", List.of("Host: " + host)).status());
  }

  /** A case in point: a form of any page, sent without asking. */
  @Test
  void aFormOfAnotherPageResetsNothing() throws Exception {
    Answer answer =
        send(
            server.port(),
            "POST",
            "/sim/v1/reset",
            List.of(
                "Host: localhost",
                "Content-Type: text/plain",
                "Origin: http://evil.example",
                "Content-Length: 0"));
    assertEquals(403, answer.status());
  }

  /** The REST API of scenarios that play is guarded in the same way. */
  @Test
  void soIsTheDoorOfScenarios() throws Exception {
    try (RestApiServer server = RestApiServer.listen(0, Voices.TONES)) {
      int port = Integer.parseInt(server.url().substring(server.url().lastIndexOf(':') + 1));
      assertEquals(421, send(port, "GET", "/healthz", List.of("Host: evil.example")).status());
      assertEquals(
          403, send(port, "GET", "/healthz", List.of("Host: localhost", "Origin: null")).status());
      assertEquals(200, send(port, "GET", "/healthz", List.of("Host: localhost")).status());
    }
  }
}
