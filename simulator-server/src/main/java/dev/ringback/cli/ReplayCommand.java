package dev.ringback.cli;

import dev.ringback.config.KnownAccount;
import dev.ringback.json.JournalJson;
import dev.ringback.replay.JournalFile;
import dev.ringback.replay.Replay;
import dev.ringback.report.Ink;
import dev.ringback.report.Printable;
import dev.ringback.yaml.BadInput;
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
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringback replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Plays journals once more, and tells the first difference in words: which request, which"
          + " field, what it was and what it is now.",
      "A journal is what `ringback run --journal DIR` writes; a folder of them is a suite.",
      "Exit code: 0 the same; 1 it differs; 2 a file, an option or the app's address is wrong."
    })
final class ReplayCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "JOURNAL|DIR",
      description = "journals, or folders of them")
  List<Path> sources = new ArrayList<>();

  @Mixin AppOptions under = new AppOptions();

  @Option(
      names = "--update",
      description = "write what happens now into the file; remarks (lines with #) stay")
  boolean update;

  @Option(names = "--json", description = "print the differences as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  ReplayCommand() {}

  /** A file and what came of it. */
  private record Played(Path file, Replay replay) {}

  @Override
  public Integer call() throws BadInput, IOException, InterruptedException {
    under.check();
    Duration patience = under.patience(false);
    KnownAccount account = WorldOptions.accountOfApp();
    Map<Path, JournalFile> journals = new LinkedHashMap<>();
    for (Path file : files()) {
      JournalFile journal = JournalFile.read(file);
      Replay.scenario(file, journal, account);
      journals.put(file, journal);
    }
    List<Played> played = new ArrayList<>();
    new AppUnderTest(
            under.app, under.port, List.of(), patience, account, spec.commandLine().getErr())
        .use(
            false,
            true,
            player -> {
              for (Map.Entry<Path, JournalFile> each : journals.entrySet()) {
                played.add(
                    new Played(
                        each.getKey(),
                        Replay.play(each.getKey(), each.getValue(), account, player)));
              }
            });
    print(played);
    if (update) {
      for (Played one : played) {
        write(one);
      }
      return ExitCode.OK;
    }
    return played.stream().allMatch(one -> one.replay().difference().isEmpty())
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  private List<Path> files() throws BadInput, IOException {
    List<Path> files = new ArrayList<>();
    for (Path source : sources) {
      if (Files.isDirectory(source)) {
        try (Stream<Path> below = Files.walk(source)) {
          below.filter(p -> p.toString().endsWith(".jsonl")).sorted().forEach(files::add);
        }
      } else {
        files.add(source);
      }
    }
    if (files.isEmpty()) {
      throw WorldOptions.wrong("JOURNAL", "no journal (*.jsonl) was found");
    }
    return files;
  }

  private void print(List<Played> played) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JournalJson.mapper()
              .writeValueAsString(played.stream().map(ReplayCommand::view).toList()));
      return;
    }
    Ink ink = Ink.forTerminal();
    for (Played one : played) {
      boolean same = one.replay().difference().isEmpty();
      out.println(
          "%s %s  %s"
              .formatted(
                  same ? ink.pass("=") : ink.fail("≠"),
                  Printable.of(one.replay().journal().head().title()),
                  ink.aside("(" + one.file() + (update && !same ? ", updated)" : ")"))));
      one.replay()
          .difference()
          .ifPresent(difference ->
              difference.lines().forEach(line -> out.println("  " + Printable.of(line))));
    }
    long same = played.stream().filter(one -> one.replay().difference().isEmpty()).count();
    out.println("%d the same, %d different".formatted(same, played.size() - same));
  }

  private static Map<String, Object> view(Played one) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("file", one.file().toString());
    view.put("scenario", one.replay().journal().head().title());
    view.put("same", one.replay().difference().isEmpty());
    view.put("difference", one.replay().difference().map(d -> d.lines()).orElse(List.of()));
    return view;
  }

  private static void write(Played one) throws BadInput {
    if (one.replay().difference().isPresent()) {
      byte[] text =
          one.replay()
              .journal()
              .with(one.replay().performance().journal())
              .text()
              .getBytes(StandardCharsets.UTF_8);
      OutputFiles.write("--update", one.file(), out -> out.write(text));
    }
  }
}
