package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What `ringback serve` says on its standard error about requests that it cannot fulfil. */
@Timeout(60)
class RemarksTest {
  @TempDir private Path folder;

  @Test
  void whatIsNotEmulatedIsNamedOnceInTheLog() throws Exception {
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
      RestClient client = RestClient.of(url, account, word(said, "auth token "));
      String faxes = "/2010-04-01/Accounts/" + account + "/Faxes.json";
      String calls = "/2010-04-01/Accounts/" + account + "/Calls.json";

      for (int i = 0; i < 2; i++) {
        assertEquals(20404, client.get(faxes).code());
        assertEquals(200, client.get(calls + "?Mood=good").status());
      }
    } finally {
      serve.destroy();
      serve.waitFor();
    }

    try (Stream<String> lines = Files.lines(log)) {
      assertEquals(
          List.of(
              "GET api.twilio.com/2010-04-01/Accounts/{sid}/Faxes.json: this route is not emulated",
              "GET /Accounts/{account}/Calls: parameter Mood is unknown or not emulated, and"
                  + " ignored"),
          lines
              .filter(line -> line.contains("ringback.rest"))
              .map(line -> line.substring(line.indexOf(" - ") + 3))
              .toList());
    }
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
