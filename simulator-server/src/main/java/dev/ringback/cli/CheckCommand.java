package dev.ringback.cli;

import dev.ringback.call.Content;
import dev.ringback.call.ExchangeId;
import dev.ringback.call.Landing;
import dev.ringback.call.RequestKind;
import dev.ringback.call.Urls;
import dev.ringback.callback.Form;
import dev.ringback.callback.Overrides;
import dev.ringback.callback.Param;
import dev.ringback.callback.WebRequest;
import dev.ringback.files.BadInput;
import dev.ringback.files.JournalJson;
import dev.ringback.files.Problem;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.Finding;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.Reading;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.TwimlReader;
import dev.ringback.wire.HttpWire;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringback check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Reads TwiML as Twilio would: code, line:column and a sentence for each finding.")
final class CheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE|URL|-", description = "what to read; - is standard input")
  String source;

  @Option(names = "--json", description = "print the findings as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CheckCommand() {}

  @Override
  public Integer call() throws BadInput, IOException {
    List<Finding> findings = Urls.isAbsoluteHttp(source) ? ofUrl() : of(TwimlReader.read(text()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JournalJson.mapper()
              .writeValueAsString(findings.stream().map(CheckCommand::view).toList()));
    } else if (findings.isEmpty()) {
      spec.commandLine().getErr().println(source + ": nothing to remark");
    } else {
      findings.forEach(f ->
          out.printf(
              "%s:%d:%d: %s %s: %s%n",
              source, f.line(), f.column(), f.level(), f.code(), f.message()));
    }
    return findings.stream().anyMatch(f -> f.level() == Level.ERROR)
        ? Ringback.FAILED
        : Ringback.OK;
  }

  private static Map<String, Object> view(Finding finding) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("code", finding.code());
    view.put("level", finding.level().name());
    view.put("line", finding.line());
    view.put("column", finding.column());
    view.put("message", finding.message());
    return view;
  }

  private static List<Finding> of(Reading reading) {
    return switch (reading) {
      case Reading.Document document -> document.findings();
      case Reading.Unreadable unreadable -> List.of(unreadable.problem());
    };
  }

  private String text() throws BadInput, IOException {
    if (source.equals("-")) {
      return new String(System.in.readNBytes(TwimlReader.MAX_BYTES + 1), StandardCharsets.UTF_8);
    }
    try {
      return new String(Files.readAllBytes(Path.of(source)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new BadInput(new Problem(source, 0, "", "there is no such file", null));
    } catch (IOException e) {
      throw new BadInput(
          new Problem(source, 0, "", "the file cannot be read: " + e.getMessage(), null));
    }
  }

  /** What the document at the URL comes to, fetched as Twilio fetches with GET. */
  private List<Finding> ofUrl() {
    ExchangeId id = new ExchangeId(SidMint.of(0).sid(SidKind.CALL), 1);
    WebRequest request =
        new WebRequest(
            id,
            RequestKind.VOICE,
            HttpMethod.GET,
            source,
            source,
            source,
            List.of(new Param("User-Agent", "TwilioProxy/1.1"), new Param("Accept", "*/*")),
            new Form(List.of()),
            "",
            Overrides.DEFAULT);
    CompletableFuture<Landing> landed = new CompletableFuture<>();
    try (HttpWire wire = new HttpWire()) {
      wire.send(request, (landing, wallTime) -> landed.complete(landing));
      return switch (landed.join()) {
        case Landing.Failed failed -> List.of(fetchProblem(failed.error(), failed.cause()));
        case Landing.Answered answered ->
            switch (Content.of(answered, TwimlReader::read)) {
              case Content.Twiml twiml -> of(twiml.reading());
              case Content.Speech speech -> List.of();
              case Content.Audio audio -> List.of();
              case Content.Unusable unusable ->
                  List.of(fetchProblem(unusable.error(), unusable.message()));
            };
      };
    }
  }

  private static Finding fetchProblem(TwilioError error, String message) {
    return new Finding(error, error.level(), 1, 1, message);
  }
}
