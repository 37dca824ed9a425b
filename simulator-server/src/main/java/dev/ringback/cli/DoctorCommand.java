package dev.ringback.cli;

import dev.ringback.config.ConfigFile;
import dev.ringback.doctor.Checkup;
import dev.ringback.doctor.Finding;
import dev.ringback.engine.WorldSettings;
import dev.ringback.json.JournalJson;
import dev.ringback.proxy.HomeFolder;
import dev.ringback.yaml.BadInput;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ringback doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at what most often keeps Ringback from working: the Java, the port, proxy variables, the"
          + " local CA, the clock, the token, and whether the app listens.",
      "Exit code: 0 nothing is wrong; 1 something is; 2 wrong use."
    })
final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--app",
      paramLabel = "URL",
      description = "the app; default: the voice URLs of ringback.yaml")
  @Nullable String app;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "where to listen; default: the file's, or 4010")
  @Nullable Integer port;

  @Option(names = "--json", description = "print the findings as JSON")
  boolean json;

  @Mixin WorldOptions world = new WorldOptions();

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  DoctorCommand() {}

  @Override
  public Integer call() throws BadInput {
    AppOptions options = new AppOptions();
    options.app = app;
    options.port = port;
    options.check();
    List<Finding> findings = new ArrayList<>();
    ConfigFile config;
    try {
      config = world.read();
    } catch (BadInput e) {
      config = new ConfigFile();
      e.problems()
          .forEach(problem ->
              findings.add(Finding.wrong("config", problem.toString(), "correct it first")));
    }
    findings.addAll(
        new Checkup(
                System.getenv(),
                HomeFolder.home(),
                config.host,
                port == null ? config.port : port,
                app == null
                    ? voiceUrls(config.world.settings())
                    : List.of(local(config.world.settings(), app)),
                Clock.systemUTC())
            .findings());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JournalJson.mapper().writeValueAsString(findings));
    } else {
      findings.forEach(finding -> print(finding, out));
    }
    return findings.stream().anyMatch(f -> f.health() == Finding.Health.WRONG)
        ? ExitCode.FAILED
        : ExitCode.OK;
  }

  private static void print(Finding finding, PrintWriter out) {
    String mark =
        switch (finding.health()) {
          case OK -> "ok   ";
          case NOTE -> "note ";
          case WRONG -> "wrong";
        };
    out.printf("%s  %-6s %s%n", mark, finding.subject(), finding.says());
    if (!finding.advice().isEmpty()) {
      out.printf("              %s%n", finding.advice());
    }
  }

  /** Where the numbers' calls go, as the map of addresses leads there. */
  private static List<String> voiceUrls(WorldSettings settings) {
    List<String> urls = new ArrayList<>();
    settings.telephony().numbers().stream()
        .filter(number -> number.urls() != null)
        .forEach(number -> urls.add(number.urls().voice().url()));
    if (settings.telephony().defaultVoice() != null) {
      urls.add(settings.telephony().defaultVoice().url());
    }
    return urls.stream().map(url -> local(settings, url)).distinct().toList();
  }

  private static String local(WorldSettings settings, String url) {
    return settings.identity().network().map().local(url).orElse(url);
  }
}
