package dev.ringback.cli;

import dev.ringback.config.KnownAccount;
import dev.ringback.explore.Exploration;
import dev.ringback.explore.Exploration.Bounds;
import dev.ringback.explore.Exploration.Found;
import dev.ringback.json.JournalJson;
import dev.ringback.report.Ink;
import dev.ringback.report.Printable;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ringback explore}. */
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    description = {
      "Finds endings and faults that the app answers badly, from nothing but its own TwiML: whoever is"
          + " called answers, declines, is busy, does not answer or cannot be reached; callers hang up,"
          + " press each key that a Gather names, say nothing; callbacks come late, twice, out of order"
          + " or not at all; two calls at once; requests with a wrong signature.",
      "It finds invalid TwiML, error answers, time-outs, loops, silence, callers who are cut off"
          + " without a word, endings answered like a success, refused callbacks, calls that are mixed up, paths where the app"
          + " forgets to check X-Twilio-Signature.",
      "Each finding is written as a scenario file that fails. When time is up, the next run with the"
          + " same app, seed and depth goes on.",
      "Exit code: 0 no finding; 1 findings; 2 wrong use."
    })
final class ExploreCommand implements Callable<Integer> {
  private static final int DEEPEST = 20;
  private static final long LARGEST_SEED = 1_000_000_000_000L;

  /** On the wall: how long what is known may take to be written after Ctrl-C. */
  private static final int SECONDS_TO_WRITE = 30;

  @Mixin AppOptions under = new AppOptions();

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "most choices in a call, default: ${DEFAULT-VALUE}")
  int depth = 4;

  @Option(
      names = "--budget",
      paramLabel = "30s",
      description = "how long on the wall, default: ${DEFAULT-VALUE}")
  String budget = "30s";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "of all SIDs, default: drawn, so that the app never sees a SID twice; the last line of the"
              + " output has it")
  @Nullable Long seedGiven;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "where the scenarios go, default: ${DEFAULT-VALUE}")
  Path folder = Path.of("findings");

  @Option(names = "--json", description = "print the findings as JSON")
  boolean json;

  @Spec CommandSpec spec;

  /** Counted down when all that is known is written. */
  private final CountDownLatch written = new CountDownLatch(1);

  @SuppressWarnings("NullAway.Init")
  ExploreCommand() {}

  @Override
  public Integer call() throws BadInput, IOException, InterruptedException {
    under.check();
    if (under.app == null) {
      throw WorldOptions.wrong("--app", "names the app to explore, and is missing");
    }
    if (depth < 0 || depth > DEEPEST) {
      throw WorldOptions.wrong("--depth", "must be from 0 to " + DEEPEST + ", not " + depth);
    }
    if (seedGiven != null && Math.abs(seedGiven) > LARGEST_SEED) {
      throw WorldOptions.wrong("--seed", "must have at most 12 digits");
    }
    Duration most =
        Durations.parse(budget)
            .orElseThrow(() ->
                WorldOptions.wrong(
                    "--budget", "must be " + Durations.FORM + ", not '" + budget + "'"));
    if (most.isZero()) {
      throw WorldOptions.wrong("--budget", "leaves no time for a call");
    }
    long seed = seed(under.app);
    KnownAccount account = WorldOptions.accountOfApp(seed);
    List<Exploration.Outcome> outcomes = new ArrayList<>();
    long start = System.nanoTime();
    new AppUnderTest(
            under.app,
            under.port,
            List.of(),
            under.patience(false),
            account,
            spec.commandLine().getErr())
        .use(
            false,
            true,
            player ->
                outcomes.add(
                    explore(
                        new Exploration(
                            player, account, new Bounds(depth, most, seed), this::progress))));
    try {
      return told(outcomes.getFirst(), seed, Duration.ofNanos(System.nanoTime() - start));
    } finally {
      written.countDown();
    }
  }

  private int told(Exploration.Outcome outcome, long seed, Duration took) throws BadInput {
    List<Path> files = write(outcome.findings());
    if (outcome.extent().whole()) {
      removeOthers(files);
    }
    if (json) {
      printJson(outcome, files, seed);
    } else {
      print(outcome, files, seed, took);
    }
    return outcome.findings().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  /** The one that was given, that of an exploration to go on with, or a new one. */
  private long seed(String app) throws BadInput {
    if (seedGiven != null) {
      return seedGiven;
    }
    try {
      return Exploration.seedOf(memory(), app, depth)
          .orElseGet(() -> ThreadLocalRandom.current().nextLong(1, 100_000_000));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Path memory() {
    return folder.resolve("explore.json");
  }

  private BadInput unreadable(IOException e) {
    return WorldOptions.wrong("--output", memory() + " cannot be read or written: " + e);
  }

  /** Findings of an earlier run that are none any more. */
  private void removeOthers(List<Path> files) throws BadInput {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        if (!files.contains(file) && Files.readString(file).startsWith(Exploration.FIRST_WORDS)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Goes on where the last one stopped for want of time, and remembers where this one does. */
  private Exploration.Outcome explore(Exploration exploration) throws BadInput {
    Path memory = memory();
    Thread atCtrlC =
        new Thread(() -> {
          exploration.stop();
          try {
            written.await(SECONDS_TO_WRITE, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Runtime.getRuntime().addShutdownHook(atCtrlC);
    try {
      int before = exploration.resume(memory);
      if (before > 0) {
        spec.commandLine()
            .getErr()
            .println(
                "ringback: goes on after %d calls, as %s has them; delete it to begin anew"
                    .formatted(before, memory));
      }
      Exploration.Outcome outcome = exploration.explore();
      if (outcome.extent().whole()) {
        Files.deleteIfExists(memory);
      } else {
        OutputFiles.prepareFolder("--output", folder);
        exploration.remember(memory);
      }
      return outcome;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** One line that is written anew, on a terminal only. */
  private void progress(int courses, int states, int waiting, int findings) {
    if (Ink.forTerminal() == Ink.ANSI) {
      PrintWriter err = spec.commandLine().getErr();
      err.print(
          "\r\u001b[K  %d calls, %d states, %d to go, %d findings"
              .formatted(courses, states, waiting, findings));
      err.flush();
    }
  }

  private List<Path> write(List<Found> findings) throws BadInput {
    List<Path> files = new ArrayList<>();
    if (!findings.isEmpty()) {
      OutputFiles.prepareFolder("--output", folder);
    }
    for (Found found : findings) {
      Path file =
          folder.resolve(
              "%02d-%s-%s.yaml"
                  .formatted(
                      files.size() + 1,
                      found.kind(),
                      found.where().replaceAll("[^A-Za-z0-9=]+", "-").replaceAll("-$", "")));
      byte[] text = found.scenario().getBytes(StandardCharsets.UTF_8);
      OutputFiles.write("--output", file, out -> out.write(text));
      files.add(file);
    }
    return files;
  }

  private void print(Exploration.Outcome outcome, List<Path> files, long seed, Duration took) {
    Ink ink = Ink.forTerminal();
    if (ink == Ink.ANSI) {
      spec.commandLine().getErr().print("\r\u001b[K");
      spec.commandLine().getErr().flush();
    }
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; i < files.size(); i++) {
      Found found = outcome.findings().get(i);
      out.println(
          "%s %s  %s"
              .formatted(
                  ink.fail("✗"), Printable.of(found.where()), ink.aside("(" + found.kind() + ")")));
      out.println("  " + Printable.of(found.text()));
      out.println("  " + ink.aside(Printable.of(found.course())));
      out.println(
          "  "
              + files.get(i)
              + (Boolean.FALSE.equals(found.again())
                  ? ink.aside("  (it did not happen again when this played)")
                  : ""));
    }
    out.println(
        "%d findings; %d calls, %d states%s; seed %d; %.1f s"
            .formatted(
                files.size(),
                outcome.extent().courses(),
                outcome.extent().states(),
                outcome.extent().whole()
                    ? ""
                    : ", "
                        + outcome.extent().left()
                        + " to go on with when time was up; the same command goes on",
                seed,
                took.toMillis() / 1000.0));
    outcome.notes().forEach(note -> out.println(ink.aside(Printable.of(note))));
    if (outcome.findings().stream().anyMatch(found -> found.text().matches(".*HTTP 40[13]\\b.*"))) {
      out.println(
          ink.aside(
              "If the app checks X-Twilio-Signature: give it and this command the same TWILIO_AUTH_TOKEN."));
    }
    if (outcome.signatures().equals("unchecked")) {
      out.println(
          ink.aside(
              "The app checks no X-Twilio-Signature: whoever knows its URLs can ask it what Twilio asks."));
    }
  }

  private void printJson(Exploration.Outcome outcome, List<Path> files, long seed) {
    List<Map<String, Object>> findings = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Found found = outcome.findings().get(i);
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("kind", found.kind());
      view.put("where", found.where());
      view.put("text", found.text());
      view.put("course", found.course());
      view.put("file", files.get(i).toString());
      if (found.again() != null) {
        view.put("again", found.again());
      }
      findings.add(view);
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("findings", findings);
    view.put("notes", outcome.notes());
    view.put("calls", outcome.extent().courses());
    view.put("states", outcome.extent().states());
    view.put("left", outcome.extent().left());
    view.put("whole", outcome.extent().whole());
    view.put("signatures", outcome.signatures());
    view.put("seed", seed);
    spec.commandLine().getOut().println(JournalJson.mapper().writeValueAsString(view));
  }
}
