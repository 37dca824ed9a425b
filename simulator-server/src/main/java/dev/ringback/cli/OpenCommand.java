package dev.ringback.cli;

import dev.ringback.config.KnownAccount;
import dev.ringback.engine.PastCalls;
import dev.ringback.engine.WorldSettings;
import dev.ringback.replay.JournalFile;
import dev.ringback.replay.Replay;
import dev.ringback.scenariofile.ScenarioUrls;
import dev.ringback.server.CannotListen;
import dev.ringback.server.ReportServer;
import dev.ringback.viewer.HtmlReport;
import dev.ringback.viewer.ReportCase;
import dev.ringback.yaml.BadInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringback open}. */
@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the calls of a journal as the console does: every request with its parameters, headers"
          + " and answer. Prints the address, opens a browser where there is one; Ctrl-C ends.",
      "A journal is what `ringback run --journal DIR`, `record` and `capture` write.",
      "Exit code: 0 after Ctrl-C; 2 the file is wrong, or the port is in use."
    })
final class OpenCommand implements Callable<Integer> {
  @Parameters(arity = "1", paramLabel = "FILE", description = "a journal (NAME.jsonl)")
  Path file;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "where the page is, on 127.0.0.1; 0 picks one, default: ${DEFAULT-VALUE}")
  int port = 0;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  OpenCommand() {}

  @Override
  public Integer call() throws BadInput, InterruptedException {
    if (port < 0 || port > 65_535) {
      throw WorldOptions.wrong("--port", "must be a port from 0 to 65535, not " + port);
    }
    String page = page();
    try (ReportServer server = ReportServer.start(port, page)) {
      spec.commandLine().getOut().println(server.url());
      spec.commandLine().getOut().flush();
      browse(server.url());
      new CountDownLatch(1).await();
    } catch (CannotListen e) {
      throw WorldOptions.wrong("--port", String.valueOf(e.getMessage()));
    }
    return ExitCode.OK;
  }

  private String page() throws BadInput {
    JournalFile journal = JournalFile.read(file);
    WorldSettings settings =
        Replay.scenario(file, journal, KnownAccount.of(System.getenv()))
            .settings(ScenarioUrls.of("http://localhost", null));
    ReportCase shown =
        ReportCase.of(
            journal.head().title(),
            String.join("; ", journal.head().captured().fidelity()),
            settings,
            new PastCalls(settings).all(journal.entries()));
    return HtmlReport.of(
        new HtmlReport.Heading(String.valueOf(file.getFileName()), false),
        "a journal",
        List.of(shown));
  }

  /** Where there is a browser; without one the address is printed anyway. */
  private static void browse(String url) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    Map<String, String> env = System.getenv();
    List<String> command =
        system.contains("mac")
            ? List.of("open", url)
            : system.contains("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                : env.containsKey("DISPLAY") || env.containsKey("WAYLAND_DISPLAY")
                    ? List.of("xdg-open", url)
                    : List.of();
    if (command.isEmpty()) {
      return;
    }
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // There is none after all.
    }
  }
}
