package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fixture.WorldFixture;
import dev.ringback.journal.Fact;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What `ringback serve` says on its standard error about requests that it cannot fulfil. */
@Timeout(60)
class RemarksTest {
  @TempDir private Path folder;

  @Test
  @dev.ringback.fidelity.Fact({
    "auth.unknown-parameters",
    "rest-errors.unknown-parameters-are-ignored"
  })
  void whatIsNotEmulatedIsNamedOnceAWorldInTheLog() throws Exception {
    Path log = folder.resolve("log");
    Process serve =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.log.ringback.rest=warn",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.ringback.cli.Ringback",
                "serve",
                "--port",
                "0")
            .redirectError(log.toFile())
            .start();
    try (BufferedReader said = serve.inputReader()) {
      String url = word(said, "Ringback is ready at ");
      String account = word(said, "account ");
      RestClient first = RestClient.of(url, account, word(said, "auth token "));
      JsonNode other =
          first
              .with(null)
              .send("POST", "/sim/v1/worlds", "{}", "Content-Type", "application/json")
              .json();
      String second = other.path("accountSid").asString();

      for (int i = 0; i < 2; i++) {
        ask(first, account);
        ask(RestClient.of(url, second, other.path("authToken").asString()), second);
      }
    } finally {
      serve.destroy();
      serve.waitFor();
    }

    String route =
        "GET api.twilio.com/2010-04-01/Accounts/{sid}/Faxes.json: this route is not emulated";
    String parameter =
        "GET /Accounts/{account}/Calls: parameter Mood is unknown or not emulated, and ignored";
    try (Stream<String> lines = Files.lines(log)) {
      assertEquals(
          List.of(route, parameter, route, parameter),
          lines
              .filter(line -> line.contains("ringback.rest"))
              .map(line -> line.substring(line.indexOf(" - ") + 3))
              .toList());
    }
  }

  private static void ask(RestClient client, String account) {
    assertEquals(20404, client.get("/2010-04-01/Accounts/" + account + "/Faxes.json").code());
    assertEquals(
        200, client.get("/2010-04-01/Accounts/" + account + "/Calls.json?Mood=good").status());
  }

  /** Whoever looks at a call sees what was ignored of it, also when another call had it before. */
  @Test
  @dev.ringback.fidelity.Fact({
    "auth.unknown-parameters",
    "rest-errors.unknown-parameters-are-ignored"
  })
  void whatIsIgnoredOfACallIsInItsTimeline() throws Exception {
    try (RestFixture fixture = new RestFixture("")) {
      for (int i = 0; i < 2; i++) {
        String call =
            fixture
                .client
                .post(
                    fixture.account("/Calls.json"),
                    "To",
                    WorldFixture.CUSTOMER,
                    "From",
                    WorldFixture.NUMBER,
                    "Url",
                    fixture.app.url() + "/voice",
                    "Byoc",
                    "BY" + "0".repeat(32))
                .json()
                .path("sid")
                .asString();
        fixture.client.post(fixture.account("/Calls/" + call + ".json"), "CallerName", "Bob");
        fixture.client.post(fixture.account("/Calls/" + call + ".json"), "CallerName", "Bob");
        List<String> remarks = remarks(fixture, call);
        assertEquals(2, remarks.size(), remarks::toString);
        assertTrue(remarks.getFirst().contains("parameter Byoc"), remarks::toString);
        assertTrue(remarks.getLast().contains("parameter CallerName"), remarks::toString);
      }
    }
  }

  /** After a reset the world is new, and says it again. */
  @Test
  void whatConcernsNoCallIsInTheJournalOfTheWorld() throws Exception {
    try (RestFixture fixture = new RestFixture("")) {
      for (int i = 0; i < 2; i++) {
        fixture.client.get(fixture.account("/Calls.json?Mood=good"));
        fixture.client.get(fixture.account("/Calls.json?Mood=good"));
        assertEquals(1, remarks(fixture, null).size(), () -> remarks(fixture, null).toString());
        fixture.world().reset().join();
      }
    }
  }

  private static List<String> remarks(RestFixture fixture, @Nullable String call) {
    return fixture.world().journal().after(0, 10_000).stream()
        .filter(e -> Objects.equals(call, e.call() == null ? null : e.call().value()))
        .map(e -> e.fact() instanceof Fact.Alerted alerted ? alerted.alert().message() : "")
        .filter(message -> message.contains("ignored"))
        .toList();
  }

  /** The word behind a label, on the next line that has it. */
  private static String word(BufferedReader said, String label) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.strip().startsWith(label)) {
        return line.strip().substring(label.length()).strip();
      }
    }
    throw new IOException("it ended and never said: " + label);
  }
}
