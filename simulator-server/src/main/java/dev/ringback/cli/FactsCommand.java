package dev.ringback.cli;

import dev.ringback.callback.Form;
import dev.ringback.facts.FactCheck;
import dev.ringback.facts.Facts;
import dev.ringback.facts.Observed;
import dev.ringback.facts.ServiceFact;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.JournalJson;
import dev.ringback.replay.JournalFile;
import dev.ringback.report.Ink;
import dev.ringback.report.Printable;
import dev.ringback.yaml.BadInput;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringback facts}. */
@Command(
    name = "facts",
    mixinStandardHelpOptions = true,
    description = {
      "What is known about the real service, and what Ringback makes of it; docs/FIDELITY.md has the score.",
      "`facts check FILE` tells which facts a call confirms, contradicts or adds: one that `capture`"
          + " has written (NAME.jsonl), or a journal of Ringback's own.",
      "Exit code: 0; 1 the call contradicts a fact; 2 wrong use, or no such file."
    })
final class FactsCommand implements Callable<Integer> {
  @Parameters(arity = "0..2", paramLabel = "check FILE", description = "default: print the table")
  List<String> words = new ArrayList<>();

  @Option(
      names = {"-g", "--grep"},
      paramLabel = "RE",
      description =
          "only those in whose identifier, line, kind, source, status or reason it is found")
  @Nullable String grep;

  @Option(names = "--json", description = "print JSON")
  boolean json;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  FactsCommand() {}

  @Override
  public Integer call() throws BadInput {
    if (words.isEmpty()) {
      Pattern pattern = pattern();
      print(Facts.all().stream().filter(fact -> pattern.matcher(fact.text()).find()).toList());
      return ExitCode.OK;
    }
    if (!words.getFirst().equals("check") || words.size() != 2) {
      throw WorldOptions.wrong(words.getFirst(), "write `ringback facts check FILE`");
    }
    if (grep != null) {
      throw WorldOptions.wrong("--grep", "is for the table");
    }
    FactCheck checked = FactCheck.of(requests(JournalFile.read(Path.of(words.get(1)))));
    print(checked);
    return checked.contradicted().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Pattern pattern() throws BadInput {
    try {
      return Pattern.compile(grep == null ? "" : grep, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw WorldOptions.wrong("--grep", "is not a regular expression: " + e.getDescription());
    }
  }

  private void print(List<ServiceFact> facts) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JournalJson.mapper().writeValueAsString(facts.stream().map(FactsCommand::view).toList()));
      return;
    }
    Ink ink = Ink.forTerminal();
    for (ServiceFact fact : facts) {
      String status =
          switch (fact.status()) {
            case HOLDS -> ink.pass("holds");
            case DIFFERS -> ink.fail("differs");
            case NOT_CONCERNED -> ink.dim("not concerned");
          };
      out.println("%s  %s".formatted(fact.id(), status));
      out.println("    %s (%s: %s)".formatted(fact.line(), fact.kind().wireName(), fact.source()));
      if (!fact.why().isEmpty()) {
        out.println("    " + ink.dim("because " + fact.why()));
      }
    }
    out.println("%d facts".formatted(facts.size()));
  }

  private static Map<String, Object> view(ServiceFact fact) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", fact.id());
    view.put("line", fact.line());
    view.put("kind", fact.kind().wireName());
    view.put("source", fact.source());
    view.put("status", fact.status().wireName());
    if (!fact.why().isEmpty()) {
      view.put("why", fact.why());
    }
    return view;
  }

  /** As Twilio sent them; of a journal that is no captured one, as Ringback did. */
  private static List<Observed> requests(JournalFile journal) {
    List<Observed> requests = new ArrayList<>();
    for (JournalFile.Request request : journal.head().captured().requests()) {
      requests.add(
          new Observed(
              requests.size() + 1,
              request.method() + " " + request.path(),
              request.headers(),
              new Form(request.form())));
    }
    if (requests.isEmpty()) {
      for (JournalEntry entry : journal.entries()) {
        if (entry.fact() instanceof Fact.Requested requested && requested.attempt() == 1) {
          requests.add(
              new Observed(
                  requests.size() + 1,
                  requested.method() + " " + requested.url(),
                  List.of(),
                  requested.form()));
        }
      }
    }
    return requests;
  }

  private void print(FactCheck checked) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JournalJson.mapper().writeValueAsString(checked));
      return;
    }
    Ink ink = Ink.forTerminal();
    for (FactCheck.Confirmed one : checked.confirmed()) {
      out.println(
          "%s  %s  %s"
              .formatted(ink.pass("confirms"), one.id(), ink.dim("%d×".formatted(one.requests()))));
      out.println("    " + one.line());
    }
    for (FactCheck.Contradicted one : checked.contradicted()) {
      out.println(
          "%s  %s  in request %d, %s"
              .formatted(ink.fail("contradicts"), one.id(), one.request(), Printable.of(one.at())));
      out.println("    " + one.line());
      out.println("    came: " + Printable.of(one.found()));
    }
    checked.added().forEach(one -> out.println("adds  " + Printable.of(one)));
    out.println(
        "%d facts confirmed, %d contradicted, %d things that no fact tells"
            .formatted(
                checked.confirmed().size(),
                checked.contradicted().stream().map(FactCheck.Contradicted::id).distinct().count(),
                checked.added().size()));
  }
}
