package dev.ringback.cli;

import dev.ringback.call.Urls;
import dev.ringback.engine.CallRecord;
import dev.ringback.files.BadInput;
import dev.ringback.files.ConfigFile;
import dev.ringback.files.Durations;
import dev.ringback.files.JournalJson;
import dev.ringback.files.KnownAccount;
import dev.ringback.files.Problem;
import dev.ringback.files.ScenarioFile;
import dev.ringback.journal.JournalEntry;
import dev.ringback.media.Voices;
import dev.ringback.play.Doorway;
import dev.ringback.play.Player;
import dev.ringback.play.Player.Performance;
import dev.ringback.report.Detail;
import dev.ringback.report.Ink;
import dev.ringback.report.JUnitXml;
import dev.ringback.report.Printable;
import dev.ringback.report.Timeline;
import dev.ringback.report.TimelineText;
import dev.ringback.scenario.Verdict.Failure;
import dev.ringback.server.RestDoor;
import dev.ringback.server.RingbackServer;
import dev.ringback.wire.HttpWire;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    Shard part = shard();
    List<ScenarioFile> scenarios = read(part.of(files()));
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
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JournalJson.mapper()
              .writeValueAsString(performances.stream().map(RunCommand::view).toList()));
    } else {
      Ink ink = Ink.forTerminal();
      performances.forEach(p -> print(p, ink, out));
      summarize(performances, took, out);
    }
    write(performances, took);
    return performances.stream().allMatch(p -> p.verdict().passed())
        ? Ringback.OK
        : Ringback.FAILED;
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
    Path shipped = SampleApp.scenarios().orElse(null);
    return app == null
        && shipped != null
        && scenarios.stream().anyMatch(s -> s.app().isEmpty() && isBelow(s.file(), shipped));
  }

  private static boolean isBelow(Path file, Path folder) {
    return file.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize());
  }

  // Files

  private List<Path> sources() {
    Path here = Path.of("scenarios");
    return !sources.isEmpty()
        ? sources
        : List.of(
            SampleApp.scenarios()
                .filter(shipped -> app == null)
                .map(RunCommand::fromHere)
                .orElse(here));
  }

  /** As short as it can be named from the working folder. */
  private static Path fromHere(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return isBelow(path, here) ? here.relativize(path.toAbsolutePath().normalize()) : path;
  }

  private List<Path> files() throws BadInput, IOException {
    List<Path> files = new ArrayList<>();
    for (Path source : sources()) {
      if (Files.isDirectory(source)) {
        try (Stream<Path> below = Files.walk(source)) {
          below
              .filter(p -> p.toString().endsWith(".yaml") || p.toString().endsWith(".yml"))
              .filter(p -> !isCannedApp(p))
              .sorted()
              .forEach(files::add);
        }
      } else if (Files.exists(source)) {
        files.add(source);
      } else {
        throw new BadInput(
            new Problem(source.toString(), 0, "", "there is no such file or folder", null));
      }
    }
    if (files.isEmpty()) {
      throw new BadInput(new Problem(null, 0, "", "no scenario (*.yaml) was found", null));
    }
    return files;
  }

  private static boolean isCannedApp(Path file) {
    Path folder = file.getParent();
    return folder != null && folder.endsWith("apps");
  }

  /** Every {@code parts}-th file, beginning with the {@code part}-th. */
  private record Shard(int part, int parts) {
    List<Path> of(List<Path> files) {
      List<Path> mine = new ArrayList<>();
      for (int i = part - 1; i < files.size(); i += parts) {
        mine.add(files.get(i));
      }
      return mine;
    }
  }

  private Shard shard() throws BadInput {
    if (shard == null) {
      return new Shard(1, 1);
    }
    if (!shard.matches("[1-9]\\d{0,3}/[1-9]\\d{0,3}")) {
      throw WorldOptions.wrong("--shard", "must be I/N, such as 1/4, not '" + shard + "'");
    }
    int slash = shard.indexOf('/');
    Shard parsed =
        new Shard(
            Integer.parseInt(shard.substring(0, slash)),
            Integer.parseInt(shard.substring(slash + 1)));
    if (parsed.part() > parsed.parts()) {
      throw WorldOptions.wrong("--shard", "has no part " + parsed.part() + " of " + parsed.parts());
    }
    return parsed;
  }

  private List<ScenarioFile> read(List<Path> files) throws BadInput {
    List<ScenarioFile> scenarios = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    KnownAccount account = WorldOptions.accountOfApp();
    for (Path file : files) {
      try {
        ScenarioFile scenario = ScenarioFile.read(file);
        scenario.account(account);
        if (seed != null) {
          scenario.seed(seed);
        }
        scenarios.add(scenario);
      } catch (BadInput e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    return scenarios;
  }

  // Playing

  private List<Performance> play(List<ScenarioFile> scenarios, @Nullable String app)
      throws BadInput, InterruptedException, ExecutionException {
    List<Performance> performances = new ArrayList<>();
    try (RestDoor door = door(app);
        ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
      Player player = new Player(app, HttpWire.TOTAL_TIMEOUT, door == null ? Doorway.CLOSED : door);
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
  private @Nullable RestDoor door(@Nullable String app) throws BadInput {
    if (app == null) {
      return null;
    }
    try {
      return RestDoor.listen(port == null ? ConfigFile.DEFAULT_PORT : port, Voices.best());
    } catch (RingbackServer.CannotListen busy) {
      return anyDoor(busy);
    }
  }

  /** Another Ringback may stand on the usual port; scenarios need a door, not that one. */
  private RestDoor anyDoor(RingbackServer.CannotListen busy) throws BadInput {
    try {
      RestDoor door = RestDoor.listen(0, Voices.best());
      spec.commandLine()
          .getErr()
          .println(
              "ringback: %s, so the app's REST calls are answered at %s"
                  .formatted(busy.getMessage(), door.url()));
      return door;
    } catch (RingbackServer.CannotListen e) {
      throw WorldOptions.wrong("--port", String.valueOf(e.getMessage()));
    }
  }

  // Reporting

  private void print(Performance performance, Ink ink, PrintWriter out) {
    boolean passed = performance.verdict().passed();
    out.println(
        "%s %s  %s"
            .formatted(
                passed ? ink.pass("✓") : ink.fail("✗"),
                Printable.of(performance.file().name()),
                ink.aside(
                    "(%s of world time, %d ms)%s"
                        .formatted(
                            Durations.text(worldTime(performance)),
                            performance.took().toMillis(),
                            warnings(performance)))));
    failures(performance).forEach(line -> out.println("  " + Printable.of(line)));
    if (timelines || !passed) {
      for (CallRecord record : performance.calls()) {
        TimelineText.lines(Timeline.of(record), ink, Detail.USUAL, performance.hints())
            .forEach(line -> out.println("  " + line));
      }
      out.println();
    }
    if (!passed) {
      out.println("  seed " + performance.file().seed() + "; again:  " + again(performance));
      out.println();
    }
  }

  private static String warnings(Performance performance) {
    int count = performance.verdict().warnings().size();
    return count == 0 ? "" : ", " + count + (count == 1 ? " warning" : " warnings");
  }

  private static List<String> failures(Performance performance) {
    List<String> lines = new ArrayList<>();
    for (Failure failure : performance.verdict().failures()) {
      String place =
          failure.line() > 0 ? performance.file().file() + ":" + failure.line() + ": " : "";
      lines.add(place + "expected " + failure.expected());
      failure.nearest().forEach(line -> lines.add("    " + line));
    }
    return lines;
  }

  private String again(Performance performance) {
    return "%s run %s --seed %d%s%s"
        .formatted(
            Ringback.command(),
            quoted(performance.file().file().toString()),
            performance.file().seed(),
            app == null ? "" : " --app " + app,
            port == null ? "" : " --port " + port);
  }

  /** As a shell takes it. */
  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9._/+,:=@-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }

  private static Duration worldTime(Performance performance) {
    List<JournalEntry> journal = performance.journal();
    return journal.isEmpty()
        ? Duration.ZERO
        : Duration.between(journal.getFirst().at(), journal.getLast().at());
  }

  /**
   * @param took on the wall, all in
   */
  private static void summarize(List<Performance> performances, Duration took, PrintWriter out) {
    long passed = performances.stream().filter(p -> p.verdict().passed()).count();
    Duration world =
        performances.stream().map(RunCommand::worldTime).reduce(Duration.ZERO, Duration::plus);
    out.println(
        "%d passed, %d failed; %s of world time in %.1f s"
            .formatted(
                passed,
                performances.size() - passed,
                world.toMinutes() < 2 ? world.toSeconds() + " s" : world.toMinutes() + " min",
                took.toMillis() / 1000.0));
  }

  private static Map<String, Object> view(Performance performance) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("file", performance.file().file().toString());
    view.put("scenario", performance.file().name());
    view.put("passed", performance.verdict().passed());
    view.put("failures", failures(performance));
    view.put("warnings", performance.verdict().warnings());
    view.put("seed", performance.file().seed());
    view.put("worldTimeMs", worldTime(performance).toMillis());
    view.put("tookMs", performance.took().toMillis());
    return view;
  }

  private static String fileName(Performance performance) {
    return performance.file().file().toString().replaceAll("[^A-Za-z0-9._-]+", "_");
  }

  /** The name, or with a number behind it when another file of this run has it. */
  private static String free(Set<String> taken, String name, String ending) {
    String free = name + ending;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "-" + i + ending;
    }
    return free;
  }

  private void write(List<Performance> performances, Duration took) throws BadInput {
    Voices voices = Voices.best();
    Set<String> taken = new HashSet<>();
    for (Performance performance : performances) {
      for (CallRecord record : performance.calls()) {
        // Identifiers are the seed's, so that those of two scenarios may be the same.
        RecordingFiles.write(
            record,
            recordings,
            voices,
            sid ->
                taken.add(sid + ".wav")
                    ? sid + ".wav"
                    : free(taken, fileName(performance) + "-" + sid, ".wav"));
      }
    }
    if (report != null) {
      List<JUnitXml.Case> cases =
          performances.stream()
              .map(p ->
                  new JUnitXml.Case(
                      p.file().file().toString(), p.file().name(), p.took(), failures(p)))
              .toList();
      OutputFiles.write(
          "--report",
          report,
          out -> JUnitXml.write(new OutputStreamWriter(out, StandardCharsets.UTF_8), took, cases));
    }
    if (journal != null) {
      for (Performance performance : performances) {
        String name = free(taken, fileName(performance), ".jsonl");
        byte[] lines =
            performance.journal().stream()
                .map(entry -> JournalJson.write(entry) + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        OutputFiles.write("--journal", journal.resolve(name), out -> out.write(lines));
      }
    }
  }
}
