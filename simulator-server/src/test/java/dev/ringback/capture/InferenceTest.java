package dev.ringback.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import dev.ringback.callback.Param;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.play.Player;
import dev.ringback.play.Player.Performance;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Landing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From nothing but its requests and their answers, what people did in a call is found again. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InferenceTest {
  private HttpServer app;
  private Player player;

  @SuppressWarnings("NullAway.Init")
  InferenceTest() {}

  @BeforeAll
  void start() throws IOException {
    app = AdvisorLine.start(0);
    player = new Player("http://localhost:" + app.getAddress().getPort());
  }

  @AfterAll
  void stop() {
    app.stop(0);
  }

  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../scenarios"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().contains("/apps/"))
          .sorted()
          .toList();
    }
  }

  /** What no scenario of one call can say, and why. */
  private static final Map<String, String> NOT_FOUND =
      Map.of(
          "action-current-document.yaml", "a switch of behaviour",
          "dropped.yaml", "a callback was lost on the way",
          "never-sent.yaml", "Twilio itself failed to send a callback",
          "dial-conference.yaml", "two calls that meet",
          "dial-queue.yaml", "two calls that meet");

  /**
   * @param timed whether the requests come as far apart as they did, or all at once
   */
  private static List<Captured> captured(Performance performance, boolean timed) {
    List<Captured> captured = new ArrayList<>();
    for (Exchange exchange : Exchanges.of(performance.journal())) {
      if (exchange.landing() instanceof Landing.Failed) {
        continue; // it never came
      }
      String url = exchange.request().url();
      int path = url.indexOf('/', url.indexOf("://") + 3);
      captured.add(
          new Captured(
              timed ? exchange.leftAt() : Instant.EPOCH,
              new Captured.Line(
                  exchange.request().method().name(), url.substring(0, path), url.substring(path)),
              headers(exchange),
              exchange.request().form(),
              Objects.requireNonNull(exchange.landing())));
    }
    return captured;
  }

  private static List<Param> headers(Exchange exchange) {
    List<Param> headers = new ArrayList<>();
    if (exchange.request().method() == HttpMethod.POST) {
      headers.add(new Param("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"));
    }
    headers.add(new Param("X-Twilio-Signature", "x"));
    headers.add(new Param("I-Twilio-Idempotency-Token", exchange.id().toString()));
    headers.add(new Param("User-Agent", "TwilioProxy/1.1"));
    headers.add(new Param("Accept", "*/*"));
    headers.add(new Param("X-Home-Region", "us1"));
    return headers;
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyShippedCallIsFoundAgain(Path file) throws Exception {
    Performance first = player.play(ScenarioReader.read(file));
    boolean known = NOT_FOUND.containsKey(file.getFileName().toString());
    for (boolean timed : new boolean[] {true, false}) {
      CapturedScenario found =
          CapturedScenario.of(
              Path.of("../scenarios/results/x.yaml"),
              Instant.EPOCH,
              new StandIns.Replaced(captured(first, timed), List.of()),
              true);
      assertEquals(known, !found.fidelity().isEmpty(), () -> file + " " + found);
      assertEquals(List.of(), found.verdict().failures(), () -> file + " " + found.text());
      if (!known) {
        Performance again =
            player.play(
                ScenarioReader.parse(Path.of("../scenarios/results/x.yaml"), found.text())
                    .getFirst());
        assertEquals(List.of(), again.verdict().failures(), () -> file + " " + found.text());
      }
    }
  }
}
