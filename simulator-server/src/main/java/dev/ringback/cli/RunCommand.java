package dev.ringback.cli;

import dev.ringback.config.KnownAccount;
import dev.ringback.play.Player;
import dev.ringback.report.Ink;
import dev.ringback.runner.GitHubReport;
import dev.ringback.runner.JsonReport;
import dev.ringback.runner.Outcome;
import dev.ringback.runner.Report;
import dev.ringback.runner.Results;
import dev.ringback.runner.RunHistory;
import dev.ringback.runner.Runner;
import dev.ringback.runner.Shard;
import dev.ringback.runner.TapReport;
import dev.ringback.runner.TerminalReport;
import dev.ringback.runner.Watch;
import dev.ringback.scenario.Coverage;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.yaml.BadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin AppOptions under = new AppOptions();

  @Option(names = "--seed", paramLabel = "N", description = "of all identifiers")
  @Nullable Long seed;

  @Option(
      names = "--watch",
      description =
          "go on: play again what a changed file concerns, and all when the app comes up again")
  boolean watch;

  @Option(names = "--list", description = "print which would be played, and play none")
  boolean list;

  @Mixin SelectionOptions selection = new SelectionOptions();
  @Mixin PlayOptions playing = new PlayOptions();
  @Mixin ReportOptions reports = new ReportOptions();
  @Mixin CoverageOptions coverage = new CoverageOptions();

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  RunCommand() {}

  @Override
  public Integer call() throws BadInput, IOException, InterruptedException {
    List<String> command = commandOfApp();
    check(command);
    Duration patience = under.patience(!command.isEmpty());
    Runner.Plan plan = playing.plan();
    coverage.check();
    selection.check();
    KnownAccount account =
        command.isEmpty() ? WorldOptions.accountOfApp() : WorldOptions.accountOfApp(seed);
    RunHistory history = RunHistory.read();
    List<Path> files =
        ScenarioFiles.in(
            sources.isEmpty()
                ? ScenarioFiles.usual(under.app != null || !command.isEmpty())
                : sources);
    List<ScenarioFile> scenarios = selection.of(ScenarioFiles.read(files, seed, account), history);
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      scenarios.forEach(scenario -> out.println(line(scenario)));
      return ExitCode.OK;
    }
    boolean sample = wantsSampleApp(scenarios, command);
    if (under.app == null && command.isEmpty() && !sample) {
      Player.checkApps(scenarios);
    }
    reports.prepare();
    AtomicInteger exit = new AtomicInteger();
    new AppUnderTest(under.app, under.port, command, patience, account, spec.commandLine().getErr())
        .use(
            sample,
            scenarios.stream().anyMatch(ScenarioFile::sendsApiRequests),
            player -> {
              Watch changes = new Watch(watched(scenarios), listens(player));
              exit.set(play(player, plan, scenarios, history));
              while (watch) {
                spec.commandLine().getErr().println("ringback: watching; Ctrl-C ends");
                again(player, plan, files, account, changes.next(), history);
              }
            });
    return exit.get();
  }

  /** Null: there is no app whose restart could be noticed. */
  private static @Nullable BooleanSupplier listens(Player player) {
    String url = player.appUrl();
    return url == null ? null : () -> AppAddress.listens(url);
  }

  /** The scenarios with their canned apps. */
  private static Set<Path> watched(List<ScenarioFile> scenarios) {
    Set<Path> files = new LinkedHashSet<>();
    scenarios.forEach(scenario -> files.addAll(scenario.sources()));
    return files;
  }

  /** Plays what changed; a file that is wrong just now is told of, and waited for. */
  private void again(
      Player player,
      Runner.Plan plan,
      List<Path> files,
      KnownAccount account,
      Set<Path> changed,
      RunHistory history)
      throws InterruptedException {
    try {
      List<ScenarioFile> concerned =
          selection.of(ScenarioFiles.read(files, seed, account), history).stream()
              .filter(scenario ->
                  changed.isEmpty() || scenario.sources().stream().anyMatch(changed::contains))
              .toList();
      play(player, plan, concerned, history);
    } catch (BadInput e) {
      e.problems().forEach(problem -> spec.commandLine().getErr().println("ringback: " + problem));
    }
  }

  /** Plays them once, and tells all reports; the exit code. */
  private int play(
      Player player, Runner.Plan plan, List<ScenarioFile> scenarios, RunHistory history)
      throws BadInput, InterruptedException {
    long start = System.nanoTime();
    List<Report> told = reports();
    told.forEach(report -> report.begins(scenarios.size()));
    List<Outcome> outcomes =
        new Runner(player, plan).run(scenarios, o -> told.forEach(report -> report.played(o)));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    history.write(outcomes, selection.part().equals(Shard.ALL));
    Coverage met = coverage.of(outcomes);
    Results results = new Results(outcomes, took, met, coverage.unmet(met));
    for (Report report : told) {
      report.ends(results);
    }
    if (!results.unmet().isEmpty()) {
      spec.commandLine().getErr().println("ringback: " + results.unmet());
    }
    return results.unmet().isEmpty() && outcomes.stream().allMatch(Outcome::passed)
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  /** What stands behind {@code --}: the app, to be started; empty: nothing does. */
  private List<String> commandOfApp() {
    List<String> all = spec.commandLine().getParseResult().originalArgs();
    int end = all.indexOf("--");
    if (end < 0) {
      return List.of();
    }
    List<String> command = List.copyOf(all.subList(end + 1, all.size()));
    sources = sources.subList(0, sources.size() - command.size());
    return command;
  }

  private void check(List<String> command) throws BadInput {
    under.check();
    if (command.isEmpty() && spec.commandLine().getParseResult().originalArgs().contains("--")) {
      throw WorldOptions.wrong("--", "the command that starts the app is missing behind it");
    }
  }

  private static String line(ScenarioFile scenario) {
    return scenario.file()
        + "  "
        + scenario.name()
        + (scenario.tags().isEmpty() ? "" : "  " + scenario.tags());
  }

  private List<Report> reports() {
    PrintWriter out = spec.commandLine().getOut();
    List<Report> told = new ArrayList<>();
    told.add(
        reports.json
            ? new JsonReport(out)
            : reports.tap
                ? new TapReport(out, coverage.isRequired())
                : new TerminalReport(out, Ink.forTerminal(), reports.timelines, this::again));
    if (GitHubReport.isWanted(System.getenv())) {
      told.add(GitHubReport.of(System.getenv(), spec.commandLine().getErr()));
    }
    told.add(new ResultFiles(reports, this::again));
    return told;
  }

  /** The shipped scenarios are about the sample app. */
  private boolean wantsSampleApp(List<ScenarioFile> scenarios, List<String> command) {
    return under.app == null
        && command.isEmpty()
        && scenarios.stream().anyMatch(s -> s.app().isEmpty() && ScenarioFiles.isShipped(s.file()));
  }

  /** The command that plays the scenario once more. */
  private String again(Outcome outcome) {
    ScenarioFile scenario = outcome.file();
    return "%s run %s%s --seed %d%s%s"
        .formatted(
            Launcher.command(),
            quoted(scenario.file().toString()),
            scenario.isExample() ? " --grep " + quoted(Pattern.quote(scenario.name())) : "",
            scenario.seed(),
            under.app == null ? "" : " --app " + under.app,
            under.port == null ? "" : " --port " + under.port);
  }

  /** As a shell takes it. */
  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9._/+,:=@-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
