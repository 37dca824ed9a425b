package dev.ringback.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.server.RingbackServer;
import dev.ringback.yaml.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of other languages, each in its own test runner, against a running server: green
 * with their apps as they are, red with each mistake.
 */
@Timeout(120)
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../examples");

  @TempDir Path folder;
  private RingbackServer server;

  @SuppressWarnings("NullAway.Init")
  ExamplesTest() {}

  @BeforeEach
  void start() throws Exception {
    server =
        RingbackServer.start(
            ConfigFile.read(Yaml.parse("ringback.yaml", "server: {port: 0}\n")),
            seed -> {
              WorldDraft draft = new WorldDraft();
              draft.seed = seed;
              return draft;
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private record Run(int exit, String output) {}

  private Run run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("RINGBACK_URL", server.url());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      Assumptions.abort("there is no " + command.getFirst() + " on this machine");
      throw e;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private static List<String> command(String language) {
    return switch (language) {
      case "node" -> List.of("node", "--test");
      case "python" -> List.of("python3", "-m", "unittest", "-v", "test_voicemail");
      default -> List.of("php", "voicemail_test.php");
    };
  }

  private void copy(String language) throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES.resolve(language))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"node, pass 3", "python, Ran 3 tests", "php, ok   an app with the wrong token"})
  void theyAreUnderContract(String language, String said) throws Exception {
    copy(language);
    Run run = run(command(language));
    assertEquals(0, run.exit(), run::output);
    assertTrue(run.output().contains(said), run::output);
    assertEquals(1, server.world().journal().last() + 1, "the first world is nobody's");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node | app.mjs | === 'session-success' | !== 'session-success'",
        "node | app.mjs | session-success | session-sucess",
        "python | app.py | session-success | session-sucess",
        "php | app.php | session-success | session-sucess",
        "node | app.mjs | /after\"> | /thanks\">",
        "node | app.mjs | <Record action=\"/thanks\"/> | <Hangup/>",
        "node | app.mjs | if (!signedByTwilio(request, form, authToken)) | if (false)",
        "python | app.py | == \"session-success\" | != \"session-success\"",
        "python | app.py | path == \"/thanks\" | path == \"/thank\"",
        "python | app.py | <Record action=\"/thanks\"/> | <Recrod/>",
        "python | app.py | if not self.signed_by_twilio(form) | if False",
        "php | app.php | === 'session-success' | !== 'session-success'",
        "php | app.php | <Connect action=\"/after\"> | <Connect>",
        "php | app.php | if (!signed_by_twilio($_POST)) | if (false)",
      })
  void eachMistakeIsFound(String language, String file, String right, String wrong)
      throws Exception {
    copy(language);
    Path app = folder.resolve(file);
    String text = Files.readString(app);
    assertTrue(text.contains(right), () -> right + " is not in " + text);
    Files.writeString(app, text.replace(right, wrong));
    Run run = run(command(language));
    assertNotEquals(0, run.exit(), run::output);
  }
}
