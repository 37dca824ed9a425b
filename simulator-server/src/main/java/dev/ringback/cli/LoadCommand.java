package dev.ringback.cli;

import dev.ringback.config.KnownAccount;
import dev.ringback.json.JournalJson;
import dev.ringback.load.Arrivals;
import dev.ringback.load.CallPlan;
import dev.ringback.load.Limit;
import dev.ringback.load.LoadHtml;
import dev.ringback.load.LoadOrder;
import dev.ringback.load.LoadResult;
import dev.ringback.load.LoadRun;
import dev.ringback.load.LoadText;
import dev.ringback.load.Snapshot;
import dev.ringback.runner.Shard;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/** {@code ringback load}. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Places scenarios as calls at a rate, each in a world of its own, whatever became of those"
          + " before (open loop), and tells what the app made of them.",
      "A call fails as its scenario would. Ctrl-C ends it with the figures so far. The app's REST requests are not answered meanwhile.",
      "`load merge FILE...` adds up what several processes wrote with --json (--shard I/N).",
      "Exit code: 0 all well; 1 some calls failed; 99 ended without any call; 2 wrong use."
    })
final class LoadCommand implements Callable<Integer> {
  /** As SIPp says it. */
  private static final int WITHOUT_ANY_CALL = 99;

  private static final long SECONDS_TO_TELL = 10;

  private static final Set<String> RESULTS = Set.of("--csv", "--json", "--html");

  @Parameters(
      arity = "1..*",
      paramLabel = "SCENARIO[=WEIGHT]",
      description = {
        "scenario files, or folders of them, each with how often it is played beside the others;"
            + " default weight: 1"
      })
  List<String> sources = new ArrayList<>();

  @Option(names = "--app", paramLabel = "URL", description = "the app; on this machine, or --allow")
  @Nullable String app;

  @Option(
      names = "--wait-for-app",
      paramLabel = "30s",
      description = "how long to wait until something listens at --app; default: it is asked once")
  @Nullable String waitForApp;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "calls that begin in a second; default: 10")
  double rate = 10;

  @Option(names = "--calls", paramLabel = "N", description = "calls in all; default: 100")
  long calls = 100;

  @Option(
      names = "--ramp",
      paramLabel = "30s",
      description =
          "how long the rate grows from nothing; default: it holds from the first call on")
  String ramp = "0s";

  @Option(
      names = "--clock",
      paramLabel = "real|skipping",
      description =
          "real: calls last as long as they would, so that many are live; skipping: none waits for"
              + " anything but the app; default: real")
  String clock = "real";

  @Option(
      names = "--until",
      paramLabel = "p99>500ms",
      description =
          "raise the rate by a quarter with each step, and end when the app's answers take longer")
  @Nullable String until;

  @Option(
      names = "--step",
      paramLabel = "10s",
      description = "with --until: how long each rate is held; default: 10s")
  @Nullable String step;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "only the I-th of N parts of these calls; other processes play the others")
  @Nullable String shard;

  @Mixin ClusterOptions onCluster = new ClusterOptions();

  @Option(
      names = "--allow",
      paramLabel = "HOST",
      description = "let load go to that host; default: to this machine alone")
  List<String> allowed = new ArrayList<>();

  @Option(names = "--seed", paramLabel = "N", description = "of all identifiers; default: 1")
  long seed = 1;

  @Option(names = "--csv", paramLabel = "FILE", description = "write the seconds of the run")
  @Nullable Path csv;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write all figures with their histograms, for `load merge`")
  @Nullable Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "write a page with plots")
  @Nullable Path html;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  LoadCommand() {}

  @Override
  public Integer call() throws BadInput, IOException, InterruptedException {
    if (sources.getFirst().equals("merge")) {
      return tell(merged(sources.subList(1, sources.size())));
    }
    LoadRun.Plan plan = plan();
    String url = app();
    List<RemoteServer> nodes = onCluster.nodes(shard, until);
    prepare();
    CountDownLatch told = new CountDownLatch(1);
    try {
      if (nodes.isEmpty()) {
        AppAddress.await(url, under().patience(false));
        LoadRun run = new LoadRun(LoadOrder.player(url, clock, Set.copyOf(allowed)), plan);
        atCtrlC(run::stop, told);
        return tell(run.run(view()));
      }
      ClusterLoad run =
          new ClusterLoad(
              nodes,
              ClusterOptions.order(
                  played(), plan, new LoadOrder.Where(url, Set.copyOf(allowed), clock)));
      atCtrlC(run::stop, told);
      LoadResult sum = run.run(view());
      run.lost().forEach(lost -> spec.commandLine().getErr().println("ringback: " + lost));
      return run.lost().isEmpty() ? tell(sum) : Math.max(tell(sum), ExitCode.FAILED);
    } finally {
      told.countDown();
    }
  }

  private Consumer<Snapshot> view() {
    return Boolean.getBoolean("ringback.terminal")
        ? new LoadView(spec.commandLine().getErr())
        : now -> {};
  }

  /** Ctrl-C: what there is so far is told and written. */
  private static void atCtrlC(Runnable stop, CountDownLatch told) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.run();
                  try {
                    told.await(SECONDS_TO_TELL, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "load-end"));
  }

  private LoadRun.Plan plan() throws BadInput, IOException {
    if (!(rate > 0 && rate <= 100_000)) {
      throw WorldOptions.wrong("--rate", "must be above 0 and at most 100000, not " + rate);
    }
    if (calls < 1 || calls > 100_000_000) {
      throw WorldOptions.wrong("--calls", "must be from 1 to 100000000, not " + calls);
    }
    if (!List.of("real", "skipping").contains(clock)) {
      throw WorldOptions.wrong("--clock", "must be real or skipping, not '" + clock + "'");
    }
    if (step != null && until == null) {
      throw WorldOptions.wrong("--step", "is of --until, which is missing");
    }
    Arrivals arrivals = new Arrivals(rate, duration("--ramp", ramp));
    if (until != null && !arrivals.ramp().isZero()) {
      throw WorldOptions.wrong("--ramp", "and --until exclude each other: its steps are the ramp");
    }
    return new LoadRun.Plan(plans(), arrivals, calls, shard(), seed, until());
  }

  private LoadRun.@Nullable Until until() throws BadInput {
    if (until == null) {
      return null;
    }
    String text = until;
    Limit limit =
        Limit.parse(text)
            .orElseThrow(() ->
                WorldOptions.wrong("--until", "must be " + Limit.FORM + ", not '" + text + "'"));
    Duration held = duration("--step", step == null ? "10s" : step);
    if (held.toMillis() == 0) {
      throw WorldOptions.wrong("--step", "must be above 0");
    }
    return new LoadRun.Until(limit, text, held);
  }

  private static Duration duration(String option, String text) throws BadInput {
    return Durations.parse(text)
        .orElseThrow(
            () -> WorldOptions.wrong(option, "must be " + Durations.FORM + ", not '" + text + "'"));
  }

  private Shard shard() throws BadInput {
    SelectionOptions selection = new SelectionOptions();
    selection.shard = shard;
    return selection.part();
  }

  /** The files that are played, each with its weight. */
  private List<ClusterOptions.Weighted> played() throws BadInput, IOException {
    List<ClusterOptions.Weighted> played = new ArrayList<>();
    for (String source : sources) {
      int equals = source.lastIndexOf('=');
      boolean weighted = equals > 0 && source.substring(equals + 1).matches("\\d{1,9}");
      int weight = weighted ? Integer.parseInt(source.substring(equals + 1)) : 1;
      if (weight < 1 || weight > CallPlan.MOST_WEIGHT) {
        throw WorldOptions.wrong(
            source, "the weight must be from 1 to " + CallPlan.MOST_WEIGHT + ", not " + weight);
      }
      Path path = Path.of(weighted ? source.substring(0, equals) : source);
      for (Path file : ScenarioFiles.in(List.of(path))) {
        played.add(new ClusterOptions.Weighted(file, weight));
      }
    }
    return played;
  }

  private List<CallPlan> plans() throws BadInput, IOException {
    List<CallPlan> plans = new ArrayList<>();
    KnownAccount account = WorldOptions.accountOfApp();
    for (ClusterOptions.Weighted one : played()) {
      for (ScenarioFile scenario : ScenarioFiles.read(List.of(one.file()), null, account)) {
        if (scenario.sendsApiRequests()) {
          throw WorldOptions.wrong(
              one.file().toString(),
              "sends REST requests, which are not answered during load; play it with `ringback run`");
        }
        plans.add(new CallPlan(scenario, one.weight()));
      }
    }
    return plans;
  }

  /** The app's address, when load may go there. */
  private String app() throws BadInput {
    if (app == null) {
      throw WorldOptions.wrong("--app", "is missing: the app that takes the calls");
    }
    under().check();
    LoadOrder.mayGoTo(app, Set.copyOf(allowed));
    return app;
  }

  private AppOptions under() {
    AppOptions options = new AppOptions();
    options.app = app;
    options.waitForApp = waitForApp;
    return options;
  }

  private void prepare() throws BadInput {
    List<Path> files = Stream.of(csv, json, html).filter(Objects::nonNull).toList();
    if (files.stream().map(file -> file.toAbsolutePath().normalize()).distinct().count()
        < files.size()) {
      throw WorldOptions.wrong(
          "--csv, --json, --html", "name files of their own, not the same one");
    }
    OutputFiles.prepareFile("--csv", csv);
    OutputFiles.prepareFile("--json", json);
    OutputFiles.prepareFile("--html", html);
  }

  private LoadResult merged(List<String> files) throws BadInput {
    if (files.isEmpty()) {
      throw WorldOptions.wrong("merge", "name the files that --json wrote");
    }
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!RESULTS.contains(option.longestName())) {
        throw WorldOptions.wrong(option.longestName(), "is for a run; merge plays nothing");
      }
    }
    prepare();
    LoadResult sum = null;
    Set<Path> known = new HashSet<>();
    for (String file : files) {
      if (!known.add(Path.of(file).toAbsolutePath().normalize())) {
        throw WorldOptions.wrong(file, "is named twice, and would be counted twice");
      }
      LoadResult read = read(Path.of(file));
      try {
        sum = sum == null ? read : sum.plus(read);
      } catch (IllegalArgumentException e) {
        throw WorldOptions.wrong(file, String.valueOf(e.getMessage()));
      }
    }
    return Objects.requireNonNull(sum);
  }

  private static LoadResult read(Path file) throws BadInput {
    try {
      LoadResult result = JournalJson.mapper().readValue(Files.readString(file), LoadResult.class);
      if (result.version() != LoadResult.VERSION) {
        throw WorldOptions.wrong(
            file.toString(), "was written by another version of `ringback load`");
      }
      if (!result.isPlausible()) {
        throw WorldOptions.wrong(file.toString(), "has figures that no run can have");
      }
      return result;
    } catch (IOException e) {
      throw WorldOptions.wrong(file.toString(), "cannot be read: " + e.getMessage());
    } catch (JacksonException e) {
      throw WorldOptions.wrong(
          file.toString(), "is not what `ringback load --json` writes: " + e.getOriginalMessage());
    }
  }

  private int tell(LoadResult result) throws BadInput {
    PrintWriter out = spec.commandLine().getOut();
    LoadText.lines(result).forEach(out::println);
    out.flush();
    write("--csv", csv, LoadText.csv(result));
    write("--json", json, JournalJson.mapper().writeValueAsString(result));
    write("--html", html, LoadHtml.of(result));
    if (result.calls().ended() == 0) {
      return WITHOUT_ANY_CALL;
    }
    return result.calls().failed() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void write(String option, @Nullable Path file, String text) throws BadInput {
    if (file != null) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      OutputFiles.write(option, file, out -> out.write(bytes));
    }
  }
}
