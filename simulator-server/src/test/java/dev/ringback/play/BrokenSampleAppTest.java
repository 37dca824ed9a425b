package dev.ringback.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ringback.cli.Commands;
import dev.ringback.cli.Commands.Run;
import dev.ringback.fidelity.Fact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The sample app, broken in one way at a time: the shipped scenario of the page's example fails,
 * and the first line below its name says why.
 */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT) // two of them wait for 15 s
class BrokenSampleAppTest {
  private static final String SCENARIO = "../scenarios/results/dialed-call-incomplete.yaml";

  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer sample;
  private HttpServer front;

  @SuppressWarnings("NullAway.Init")
  BrokenSampleAppTest() {}

  /** An answer of the app's. */
  record Answer(int status, String type, String body) {
    Answer with(String body) {
      return new Answer(status, type, body);
    }
  }

  /** What is broken: the answer at a path becomes another one. */
  interface Break {
    Answer of(String path, Answer right);
  }

  @BeforeEach
  void start() throws IOException {
    sample = AdvisorLine.start(0);
    front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    front.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
  }

  @AfterEach
  void stop() {
    over.countDown();
    front.stop(0);
    sample.stop(0);
  }

  private String serve(Break how) {
    front.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Answer answer = how.of(exchange.getRequestURI().getPath(), right(exchange));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            if (!answer.type().isEmpty()) {
              exchange.getResponseHeaders().add("Content-Type", answer.type());
            }
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            new ByteArrayInputStream(body).transferTo(exchange.getResponseBody());
          }
        });
    front.start();
    return "http://localhost:" + front.getAddress().getPort();
  }

  /** What the healthy app says. */
  private Answer right(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:%d%s"
                        .formatted(sample.getAddress().getPort(), exchange.getRequestURI())))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          // The app builds URLs of its own of the host that it sees.
          response
              .body()
              .replace(":" + sample.getAddress().getPort(), ":" + front.getAddress().getPort()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Break at(String path, java.util.function.UnaryOperator<Answer> how) {
    return (asked, right) -> asked.equals(path) ? how.apply(right) : right;
  }

  static Stream<Arguments> variants() {
    return Stream.of(
        Arguments.of(
            "answers 500",
            at("/voice", r -> new Answer(500, "text/plain", "out of order")),
            "voice at 0.000s: answered HTTP 500: out of order"),
        Arguments.of(
            "answers a page",
            at("/voice", r -> new Answer(200, "text/html", "<html><title>Sign in</title></html>")),
            "voice at 0.000s: answered HTTP 200: an HTML page, \u201cSign in\u201d"),
        Arguments.of(
            "has the wrong token",
            at("/voice", r -> new Answer(403, "text/plain", "invalid signature")),
            "voice at 0.000s: answered HTTP 403: invalid signature"),
        Arguments.of(
            "is not where it was",
            at("/voice", r -> new Answer(404, "text/plain", "Cannot POST /voice")),
            "voice at 0.000s: answered HTTP 404: Cannot POST /voice"),
        Arguments.of(
            "takes the wrong branch",
            at("/after", r -> r.with("<Response><Hangup/></Response>")),
            "action: answer.verbs: expected [Say, Record], was '[Hangup]'"),
        Arguments.of(
            "has the wrong action",
            at("/after", r -> new Answer(404, "text/plain", "Cannot POST /after")),
            "action at 20.000s: answered HTTP 404: Cannot POST /after"),
        Arguments.of(
            "has no action",
            at("/voice", r -> r.with(r.body().replaceFirst(" action=\"/after\"", ""))),
            "no action request came at all"),
        Arguments.of(
            "misses a verb",
            at("/after", r -> r.with(r.body().replaceAll("<Record[^>]*>", ""))),
            "action: answer.verbs: expected [Say, Record], was '[Say]'"),
        Arguments.of(
            "misses an attribute",
            at("/voice", r -> r.with(r.body().replace(" inboundTimeout=\"20\"", ""))),
            "action: at: expected 20.000s, was '60.000s'"),
        Arguments.of(
            "has a wrong attribute",
            at("/voice", r -> r.with(r.body().replace("\"20\"", "\"twenty\""))),
            "alert 32501 at 0.000s: "),
        Arguments.of(
            "leads back to itself",
            at("/voice", r -> r.with("<Response><Redirect>/voice</Redirect></Response>")),
            "alert "),
        Arguments.of(
            "refuses a callback",
            at("/recording", r -> new Answer(500, "text/plain", "no disk")),
            "recording-status at 38.200s: answered HTTP 500: no disk"),
        Arguments.of("answers nothing", at("/voice", r -> r.with("")), "alert 12100 at 0.000s: "),
        Arguments.of(
            "answers broken XML",
            at("/after", r -> r.with("<Response><Say>Hello</Response>")),
            "alert 12100 at 20.000s: "),
        Arguments.of(
            "answers JSON",
            at("/voice", r -> new Answer(200, "application/json", "{}")),
            "alert 12300 at 0.000s: "),
        Arguments.of(
            "writes a verb wrong",
            at("/after", r -> r.with(r.body().replace("<Record", "<Recrod"))),
            "action: answer.verbs: expected [Say, Record], was '[Say]'"));
  }

  @ParameterizedTest(name = "it {0}")
  @MethodSource("variants")
  @Fact({"content.text-xml-and-html", "content.unknown-parts-are-12200"})
  void theFirstLineNamesTheCause(String name, Break how, String cause) {
    fails(serve(how), cause);
  }

  private static void fails(String url, String cause) {
    Run run = Commands.run("run", SCENARIO, "--app", url, "--port", "0");
    assertEquals(1, run.exit(), run::said);
    String first = run.out().lines().toList().get(1).strip();
    assertTrue(
        first.startsWith(cause), () -> first + " does not begin with " + cause + "\n" + run.said());
  }

  @Test
  void healthyItPasses() {
    Run run = Commands.run("run", SCENARIO, "--app", serve((path, right) -> right), "--port", "0");
    assertEquals(0, run.exit(), run::said);
  }

  @Test
  void down() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Run run = Commands.run("run", SCENARIO, "--app", "http://localhost:" + port);
    assertEquals(2, run.exit());
    assertTrue(run.err().startsWith("ringback: --app: nothing listens at"), run.err());
  }

  @Test
  void hangs() {
    String url =
        serve((path, right) -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return right;
        });
    fails(url, "voice at 0.000s: no answer: ");
  }

  /** The whole folder of results: none of them passes by luck. */
  @Test
  void noneOfTheResultsPasses() {
    String url = serve((path, right) -> new Answer(500, "text/plain", "out of order"));
    Run run = Commands.run("run", "../scenarios/results", "--app", url, "--port", "0");
    assertEquals(1, run.exit());
    List<String> closing = run.lines(" passed, ");
    assertTrue(closing.getLast().startsWith("0 passed, "), closing.getLast());
  }
}
