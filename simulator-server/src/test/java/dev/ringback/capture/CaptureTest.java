package dev.ringback.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ringback.capture.Capture.Kept;
import dev.ringback.cli.Commands;
import dev.ringback.cli.Commands.Run;
import dev.ringback.server.WebApp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Twilio, played by a second Ringback, behind a plain proxy; and what capture makes of it.
 */
@Timeout(60)
class CaptureTest {
  @TempDir Path folder;

  private final List<Kept> kept = Collections.synchronizedList(new ArrayList<>());
  private WebApp app;
  private Capture capture;
  private volatile String extraHeader = "";

  @SuppressWarnings("NullAway.Init")
  CaptureTest() {}

  @BeforeEach
  void start() throws Exception {
    app =
        new WebApp()
            .at(
                "/voice",
                """
                <Response><Connect action="/after"><Conversation
                serviceInstanceSid="IS0123456789abcdef0123456789abcdef" inboundTimeout="20"
                statusCallback="/status" statusCallbackEvent="call-initiated call-answered"
                /></Connect></Response>\
                """)
            .at(
                "/after",
                r ->
                    WebApp.twiml(
                        String.valueOf(r.getBody()).contains("session-success")
                            ? "<Response><Hangup/></Response>"
                            : "<Response><Say>Please leave a message</Say><Record action='/thanks'"
                                + " recordingStatusCallback='/recorded'/></Response>"))
            .at("/thanks", "<Response><Hangup/></Response>");
    capture = Capture.listen(0, app.url(), new Capture.Wanted(folder, false, this::write));
  }

  @AfterEach
  void stop() {
    capture.close();
    app.close();
  }

  private void write(Kept call) {
    for (Capture.Text text : call.files()) {
      try {
        Files.writeString(folder.resolve(call.name() + text.ending()), text.contents());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    kept.add(call);
  }

  /** A tunnel: it passes on, and may change a body on the way. */
  private HttpServer tunnel(int to, UnaryOperator<String> change) throws IOException {
    HttpServer tunnel =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    HttpClient client = HttpClient.newHttpClient();
    tunnel.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            HttpRequest.Builder request =
                HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + to + exchange.getRequestURI()));
            exchange
                .getRequestHeaders()
                .forEach((name, values) -> {
                  if (!List.of("Host", "Connection", "Content-length").contains(name)) {
                    values.forEach(value -> request.header(name, value));
                  }
                });
            if (change.apply(body).isEmpty()) {
              exchange.sendResponseHeaders(204, -1); // it has not been passed on yet
              return;
            }
            request.header("X-Forwarded-Proto", "https");
            if (!extraHeader.isEmpty()) {
              request.header(extraHeader, "1");
            }
            HttpResponse<byte[]> answer =
                client.send(
                    request
                        .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofString(change.apply(body)))
                        .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            answer
                .headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            int length = answer.body().length;
            exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
            exchange.getResponseBody().write(answer.body());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    tunnel.start();
    return tunnel;
  }

  /** A call of the other Ringback; afterwards everything of it has been told. */
  private Kept call(UnaryOperator<String> change, String... options) throws Exception {
    HttpServer tunnel = tunnel(capture.port(), change);
    try {
      List<String> arguments =
          new ArrayList<>(List.of("call", "--from", "+15558675310", "--to", "+15017122661"));
      arguments.add("--voice-url");
      arguments.add("http://localhost:" + tunnel.getAddress().getPort() + "/voice");
      arguments.addAll(List.of("--clock", "skipping"));
      arguments.addAll(List.of(options));
      Run run = Commands.run(arguments.toArray(String[]::new));
      assertTrue(run.exit() == 0 || change.apply("Result=").isEmpty(), run::said);
    } finally {
      tunnel.stop(0);
    }
    capture.close();
    assertFalse(kept.isEmpty(), "no call was told of");
    return kept.getLast();
  }

  private Run again(String command, Kept call, String ending) {
    return Commands.run(
        command,
        folder.resolve(call.name() + ending).toString(),
        "--app",
        app.url(),
        "--port",
        "0");
  }

  private void playsAgain(Kept call) {
    playsAgain(call, List.of());
  }

  /**
   * @param planted parameters that another Twilio has
   */
  private void playsAgain(Kept call, List<String> planted) {
    assertEquals(
        List.of(),
        call.fidelity().stream()
            .filter(line -> planted.stream().noneMatch(line::contains))
            .toList());
    Run run = again("run", call, ".yaml");
    assertEquals(0, run.exit(), run::said);
    Run replay = again("replay", call, ".jsonl");
    assertEquals(0, replay.exit(), replay::said);
  }

  @Test
  void anAnsweredCallPlaysAgain() throws Exception {
    playsAgain(call(body -> body, "--worker", "answers", "--after", "4s", "--talk", "33s"));
    String text = Files.readString(folder.resolve(kept.getLast().name() + ".yaml"));
    assertTrue(
        text.contains("cast: {worker@example.com: {answers: {after: 4s, talks: 33s}}}"), text);
    assertFalse(text.contains("5558675310") || text.contains("5017122661"), text);
    assertTrue(text.contains("+12025550100"), text);
    String journal = Files.readString(folder.resolve(kept.getLast().name() + ".jsonl"));
    assertFalse(journal.contains("5558675310") || journal.contains("5017122661"), journal);
  }

  /**
   * Headers are those of Twilio's own, as they came; the signature is no number that is replaced.
   */
  @Test
  void aCapturedCallIsHeldAgainstTheFacts() throws Exception {
    call(body -> body, "--worker", "ignores");
    String journal = folder.resolve(kept.getLast().name() + ".jsonl").toString();
    Run checked = Commands.run("facts", "check", journal);
    assertEquals(0, checked.exit(), checked::said);
    for (String fact :
        List.of(
            "headers.signature",
            "headers.idempotency-token-is-a-uuid",
            "headers.content-type",
            "parameters.order",
            "recording-status.sids-and-url",
            "record.action-parameters")) {
      assertTrue(checked.said().contains("confirms  " + fact + "  "), checked::said);
    }
  }

  @Test
  void whereTwilioDoesOtherwiseAFactIsContradicted() throws Exception {
    call(
        body -> body.replace("ApiVersion=2010-04-01", "ApiVersion=2030-01-01"),
        "--worker",
        "ignores");
    Run checked =
        Commands.run("facts", "check", folder.resolve(kept.getLast().name() + ".jsonl").toString());
    assertEquals(1, checked.exit(), checked::said);
    assertTrue(checked.said().contains("contradicts  parameters.api-version"), checked::said);
    assertTrue(checked.said().contains("came: ApiVersion=2030-01-01"), checked::said);
  }

  @Test
  void aVoicemailPlaysAgain() throws Exception {
    playsAgain(call(body -> body, "--worker", "ignores"));
    String text = Files.readString(folder.resolve(kept.getLast().name() + ".yaml"));
    assertTrue(text.contains("cast: {worker@example.com: ignores}"), text);
  }

  @Test
  void aCallerWhoHangsUpPlaysAgain() throws Exception {
    playsAgain(
        call(
            body -> body, "--worker", "ignores", "--do", "{party: customer, at: 9s, act: hangup}"));
  }

  @Test
  void whenTheAppChangesTheFieldIsNamed() throws Exception {
    Kept call = call(body -> body, "--worker", "ignores");
    app.at(
        "/voice",
        "<Response><Connect action='/after'><Conversation"
            + " serviceInstanceSid='IS0123456789abcdef0123456789abcdef' inboundTimeout='25'"
            + " statusCallback='/status' statusCallbackEvent='call-initiated call-answered'"
            + "/></Connect></Response>");
    Run run = again("run", call, ".yaml");
    assertEquals(1, run.exit());
    assertTrue(run.out().contains("Conversation.inboundTimeout: expected 20, was '25'"), run::said);
    Run replay = again("replay", call, ".jsonl");
    assertEquals(1, replay.exit());
    assertTrue(
        replay.out().contains("≠ answer.Conversation.inboundTimeout: was '20', is now '25'"),
        replay::said);
  }

  @Test
  void whereTwilioDoesOtherwiseIsNamed() throws Exception {
    Kept call =
        call(body ->
            body.contains("Result=")
                ? body.replace("WorkerInitiated=false", "WorkerInitiated=maybe")
                : body);
    assertEquals(
        List.of(
            "request 4, action: WorkerInitiated: Twilio sent 'maybe', Ringback would send 'false'"),
        call.fidelity());
    Run run = again("run", call, ".yaml");
    assertEquals(0, run.exit(), run::said);
    assertTrue(run.out().contains(", 1 warning"), run::said);
    assertEquals(0, again("replay", call, ".jsonl").exit());
    assertTrue(
        Files.readString(folder.resolve(call.name() + ".jsonl"))
            .lines()
            .findFirst()
            .orElse("")
            .contains("\"fidelity\":[\"request 4, action: WorkerInitiated: "));
  }

  @Test
  void aParameterMoreAndOneLessAndAnotherOrderAreNamed() throws Exception {
    assertEquals(
        List.of(
            "request 1, voice: CallerName: Twilio sent 'ALICE', Ringback would send none",
            "request 2, session-status: SequenceNumber: Twilio sent none, Ringback would send '1'"),
        call(body ->
                body.replaceFirst("(CallStatus=ringing)", "$1&CallerName=ALICE")
                    .replace("&SequenceNumber=1", ""))
            .fidelity());
  }

  @Test
  void anotherOrderIsNamed() throws Exception {
    List<String> fidelity =
        call(body -> body.replaceFirst("^(AccountSid=\\w+)&(.*CallStatus=ringing.*)$", "$2&$1"))
            .fidelity();
    assertEquals(1, fidelity.size(), fidelity::toString);
    assertTrue(
        fidelity
            .getFirst()
            .startsWith(
                "request 1, voice: order of the parameters: Twilio sent 'ApiVersion CallSid"),
        fidelity::toString);
  }

  /**
   * Numbers that the app writes itself, secrets and formats: told of in no file, and still green.
   */
  @Test
  void nothingPersonalIsKept() throws Exception {
    app.at(
        "/voice",
        r ->
            WebApp.twiml(
                "<Response><Say>You are (555) 867-5310, or 555.867.5310, at %s</Say><Dial callerId='+15017122661' timeout='5'"
                        .formatted(app.url())
                    + " action='/after?api_key=K3yABCDEF&amp;tok=s3cr3tT0k&amp;me=5558675310'>"
                    + "<Number>+1 (555) 867-5399</Number></Dial></Response>"));
    playsAgain(
        call(body -> body + "&ApiToken=SECRETVALUE", "--worker", "ignores"), List.of("ApiToken"));
    for (String ending : List.of(".yaml", ".jsonl")) {
      String text = Files.readString(folder.resolve(kept.getLast().name() + ending));
      for (String secret : List.of("867", "5017122661", "K3yABCDEF", "s3cr3tT0k", "SECRETVALUE")) {
        assertFalse(text.contains(secret), () -> secret + " is in " + text);
      }
    }
  }

  @Test
  void aBusyWorkerPlaysAgain() throws Exception {
    playsAgain(call(body -> body, "--worker", "busy"));
    String text = Files.readString(folder.resolve(kept.getLast().name() + ".yaml"));
    assertTrue(text.contains("busy}"), text);
  }

  @Test
  void aShortMessagePlaysAgain() throws Exception {
    playsAgain(call(body -> body, "--worker", "declines", "--says", "call me"));
  }

  /** The other's callbacks name no call; the request that ends each tells whose they were. */
  @Test
  void twoCallsAtOnceAreKeptApart() throws Exception {
    HttpServer tunnel = tunnel(capture.port(), body -> body);
    Path config =
        Files.writeString(
            folder.resolve("ringback.yaml"),
            """
            workers: [{identity: alice@example.com}, {identity: bob@example.com}]
            conversations:
              - {customer: "+15558675310", number: "+15017122661", worker: alice@example.com}
              - {customer: "+15558675311", number: "+15017122661", worker: bob@example.com}
            """);
    Path scenario =
        Files.writeString(
            folder.resolve("two.yaml"),
            """
            scenario: two
            given:
              use: ringback.yaml
              cast: {"*": {answers: {after: 4s, talks: 20s}}}
            when:
              - call: {from: "+15558675310", to: "+15017122661"}
              - call: {from: "+15558675311", to: "+15017122661", at: 1s}
            then: [{request: action, times: 2}]
            """);
    Run run =
        Commands.run(
            "run",
            scenario.toString(),
            "--app",
            "http://localhost:" + tunnel.getAddress().getPort() + "/voice",
            "--port",
            "0");
    tunnel.stop(0);
    assertEquals(0, run.exit(), () -> run.said() + config);
    capture.close();
    assertEquals(2, kept.size());
    kept.forEach(this::playsAgain);
  }

  /** Nothing is made up of what comes after Ctrl-C. */
  @Test
  void aCallThatGoesOnIsCutOff() throws Exception {
    Kept call =
        call(
            body -> body.contains("Result=") || body.contains("Recording") ? "" : body,
            "--worker",
            "answers",
            "--after",
            "4s");
    assertTrue(call.title().endsWith("(cut off: the call was still going on)"), call.title());
    playsAgain(call);
    String text = Files.readString(folder.resolve(call.name() + ".yaml"));
    assertFalse(text.contains("request: action"), text);
  }

  @Test
  void aHeaderMoreIsNamed() throws Exception {
    extraHeader = "X-New-Header";
    Kept call = call(body -> body);
    assertTrue(
        call.fidelity()
            .contains(
                "request 1, voice: header X-New-Header: Twilio sent '1', Ringback would send none"),
        call.fidelity()::toString);
  }

  // Passing on

  /** What an app gets and what its caller gets, byte for byte. */
  @Test
  void nothingIsChanged() throws Exception {
    String request =
        String.join(
            "\r\n",
            "POST /a%2Fb/'x'?q=1&a=%zz+%20 HTTP/1.1",
            "Host: my-app.example:8443",
            "x-Odd-CASE: one",
            "X-Odd-Case: two",
            "Content-Type: text/odd",
            "Content-Length: 5",
            "",
            "\0\1é\r");
    byte[] answer =
        String.join(
                "\r\n",
                "HTTP/1.1 207 Odd",
                "Content-Type: x/y",
                "set-cookie: a=b",
                "Set-Cookie: c=d",
                "Date: Thu, 01 Jan 2026 00:00:00 GMT",
                "Content-Length: 3",
                "",
                "\0\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Capture odd =
            Capture.listen(
                0,
                "http://127.0.0.1:" + server.getLocalPort(),
                new Capture.Wanted(folder, false, this::write))) {
      CompletableFuture<String> got =
          CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
              String text = read(socket.getInputStream(), "\r\n\r\n\0\1Ã©\r");
              socket.getOutputStream().write(answer);
              return text;
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), odd.port())) {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        String text = read(socket.getInputStream(), "\r\n\r\n\0\r\n");
        assertTrue(text.startsWith("HTTP/1.1 207 "), text);
        for (String line :
            List.of(
                "Content-Type: x/y",
                "set-cookie: a=b",
                "Set-Cookie: c=d",
                "Date: Thu, 01 Jan 2026")) {
          assertTrue(text.toLowerCase(Locale.ROOT).contains(line.toLowerCase(Locale.ROOT)), text);
        }
        assertFalse(text.contains("Server:"), text);
      }
      String text = got.join();
      assertTrue(text.startsWith("POST /a%2Fb/'x'?q=1&a=%zz+%20 HTTP/1.1\r\n"), text);
      for (String line :
          List.of(
              "Host: my-app.example:8443",
              "x-Odd-CASE: one",
              "X-Odd-Case: two",
              "Content-Type: text/odd")) {
        assertTrue(text.contains("\r\n" + line + "\r\n"), text);
      }
      assertFalse(
          text.matches("(?is).*(accept-encoding|user-agent|ringback|via|forwarded).*"), text);
    }
  }

  private static String read(InputStream in, String until) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      all.write(b);
      if (all.toString(StandardCharsets.ISO_8859_1).endsWith(until)) {
        break;
      }
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  private HttpResponse<byte[]> get(String header, String value) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + capture.port() + "/file"))
                .header(header, value)
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void anAudioFileIsPassedOnAsItIs() throws Exception {
    byte[] file = {0, 1, 2, (byte) 0xFF, 13, 10};
    app.at(
        "/file",
        r ->
            new MockResponse.Builder()
                .addHeader("Content-Type", "audio/wav")
                .body(new okio.Buffer().write(file))
                .build());
    assertArrayEquals(file, get("Accept", "*/*").body());
  }

  @Test
  void aPageReachesNothing() throws Exception {
    assertEquals(403, get("Origin", "http://evil.example").statusCode());
    assertEquals(403, get("Sec-Fetch-Site", "cross-site").statusCode());
    assertEquals(0, app.to("/file").size());
  }

  @Test
  void anAppThatIsDownIsABadGateway() throws Exception {
    app.close();
    assertEquals(502, get("Accept", "*/*").statusCode());
  }

  @Test
  void wrongUseIsRefusedBeforeAnythingHappens() {
    Run path = Commands.run("capture", "--listen", "0", "--app", app.url() + "/voice");
    assertEquals(2, path.exit());
    assertTrue(
        path.err().contains("--app: must be where the app listens, without a path"), path.err());
    Run self = Commands.run("capture", "--listen", "" + app.port(), "--app", app.url());
    assertTrue(self.err().contains("--app: is where this listens itself"), self.err());
    Run taken =
        Commands.run(
            "capture",
            "--listen",
            "" + app.port(),
            "--app",
            "http://localhost:1",
            "-o",
            folder.toString());
    assertEquals(2, taken.exit());
    assertTrue(
        taken.err().contains("--listen: port " + app.port() + " cannot be listened at"),
        taken.err());
    assertEquals(2, Commands.run("capture", "--listen", "70000", "--app", app.url()).exit());
    assertEquals(2, Commands.run("capture", "--app", app.url()).exit());
  }
}
