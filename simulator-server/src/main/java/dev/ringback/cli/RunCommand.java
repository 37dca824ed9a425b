package dev.ringback.cli;

import dev.ringback.config.ConfigFile;
import dev.ringback.media.InstalledVoices;
import dev.ringback.play.Player;
import dev.ringback.play.Player.Performance;
import dev.ringback.play.RestApi;
import dev.ringback.report.Ink;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.server.CannotListen;
import dev.ringback.server.RestApiServer;
import dev.ringback.voice.Urls;
import dev.ringback.wire.HttpWire;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringback run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Plays scenarios in virtual time against an app, and compares.",
      "A scenario passes when every expectation is met, every direction was followed, and no error "
          + "was raised that is not expected (alert: CODE) or allowed (allow: [CODE]).",
      "Without FILE and --app the shipped scenarios play against the sample app.",
      "Exit code: 0 all pass; 1 some fail; 2 a file, an option or the app's address is wrong."
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|DIR",
      description = {
        "scenario files, or folders of them; default: ./scenarios with --app, the shipped ones"
            + " without"
      })
  List<Path> sources = new ArrayList<>();

  @Option(names = "--app", paramLabel = "URL", description = "the app; without it a scenario's own")
  @Nullable String app;

  @Option(
      names = "--wait-for-app",
      paramLabel = "30s",
      description = "how long to wait until something listens at --app; default: it is asked once")
  @Nullable String waitForApp;

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "with --app: where its REST calls are answered, default 4010; 0 or in use: a free one")
  @Nullable Integer port;

  @Option(names = "--seed", paramLabel = "N", description = "of all identifiers")
  @Nullable Long seed;

  @Option(names = "--report", paramLabel = "FILE.xml", description = "write a JUnit XML report")
  @Nullable Path report;

  @Option(
      names = "--journal",
      paramLabel = "DIR",
      description = "write each scenario's journal there, a line of JSON an entry")
  @Nullable Path journal;

  @Option(
      names = "--recordings",
      paramLabel = "DIR",
      description = "write the calls' recordings there, as WAV files")
  @Nullable Path recordings;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "scenarios at once, default 1; with --app those of one seed take turns, because the app's"
              + " REST calls tell them apart by the account")
  int parallel = 1;

  @Option(names = "--shard", paramLabel = "I/N", description = "only the I-th of N parts")
  @Nullable String shard;

  @Option(names = "--timeline", description = "print every call's timeline, not only the failed")
  boolean timelines;

  @Option(names = "--json", description = "print the verdicts as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  RunCommand() {}

  @Override
  public Integer call() throws BadInput, IOException, InterruptedException, ExecutionException {
    if (app != null && (!Urls.isAbsoluteHttp(app) || URI.create(app).getPort() > 65_535)) {
      throw WorldOptions.wrong("--app", "must be an absolute http(s) URL, not '" + app + "'");
    }
    if (parallel < 1) {
      throw WorldOptions.wrong("--parallel", "must be at least 1, not " + parallel);
    }
    if (port != null && (port < 0 || port > 65_535)) {
      throw WorldOptions.wrong("--port", "must be from 0 to 65535, not " + port);
    }
    Duration patience = patience();
    Shard part = shard == null ? Shard.ALL : Shard.parse(shard);
    List<Path> files =
        ScenarioFiles.in(sources.isEmpty() ? ScenarioFiles.usual(app != null) : sources);
    List<ScenarioFile> scenarios = ScenarioFiles.read(part.of(files), seed);
    OutputFiles.prepareFile("--report", report);
    OutputFiles.prepareFolder("--journal", journal);
    OutputFiles.prepareFolder("--recordings", recordings);
    long start = System.nanoTime();
    List<Performance> performances;
    try (SampleApp sample = wantsSampleApp(scenarios) ? SampleApp.start() : null) {
      if (app != null) {
        AppAddress.await(app, patience);
      }
      performances = play(scenarios, sample == null ? app : sample.url());
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    Verdicts verdicts = new Verdicts(performances, took);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(verdicts.json());
    } else {
      verdicts.print(Ink.forTerminal(), timelines, this::again, out);
    }
    new ResultFiles(report, journal, recordings).write(performances, took);
    return performances.stream().allMatch(p -> p.verdict().passed())
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  private Duration patience() throws BadInput {
    if (waitForApp == null) {
      return Duration.ZERO;
    }
    if (app == null) {
      throw WorldOptions.wrong("--wait-for-app", "waits for the app of --app, which is missing");
    }
    String text = waitForApp;
    return Durations.parse(text)
        .orElseThrow(() ->
            WorldOptions.wrong(
                "--wait-for-app", "must be " + Durations.FORM + ", not '" + text + "'"));
  }

  /** The shipped scenarios are about the sample app. */
  private boolean wantsSampleApp(List<ScenarioFile> scenarios) {
    return app == null
        && scenarios.stream().anyMatch(s -> s.app().isEmpty() && ScenarioFiles.isShipped(s.file()));
  }

  // Playing

  private List<Performance> play(List<ScenarioFile> scenarios, @Nullable String app)
      throws BadInput, InterruptedException, ExecutionException {
    List<Performance> performances = new ArrayList<>();
    try (RestApiServer restApi = restApi(app);
        ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
      Player player =
          new Player(app, HttpWire.TOTAL_TIMEOUT, restApi == null ? RestApi.NONE : restApi);
      List<Future<Performance>> playing = new ArrayList<>();
      for (ScenarioFile scenario : scenarios) {
        playing.add(threads.submit(() -> player.play(scenario)));
      }
      for (Future<Performance> performance : playing) {
        performances.add(performance.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BadInput bad) {
        throw bad;
      }
      throw e;
    }
    return performances;
  }

  /** Where the app's REST calls are answered; null: nowhere. */
  private @Nullable RestApiServer restApi(@Nullable String app) throws BadInput {
    if (app == null) {
      return null;
    }
    try {
      return RestApiServer.listen(
          port == null ? ConfigFile.DEFAULT_PORT : port, InstalledVoices.best());
    } catch (CannotListen busy) {
      return restApiAnywhere(busy);
    }
  }

  /** Another Ringback may listen on the usual port; scenarios need a port, not that one. */
  private RestApiServer restApiAnywhere(CannotListen busy) throws BadInput {
    try {
      RestApiServer restApi = RestApiServer.listen(0, InstalledVoices.best());
      spec.commandLine()
          .getErr()
          .println(
              "ringback: %s, so the app's REST calls are answered at %s"
                  .formatted(busy.getMessage(), restApi.url()));
      return restApi;
    } catch (CannotListen e) {
      throw WorldOptions.wrong("--port", String.valueOf(e.getMessage()));
    }
  }

  /** The command that plays the scenario once more. */
  private String again(Performance performance) {
    return "%s run %s --seed %d%s%s"
        .formatted(
            Launcher.command(),
            quoted(performance.file().file().toString()),
            performance.file().seed(),
            app == null ? "" : " --app " + app,
            port == null ? "" : " --port " + port);
  }

  /** As a shell takes it. */
  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9._/+,:=@-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
