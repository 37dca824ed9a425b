package dev.ringback.cli;

import dev.ringback.call.Content;
import dev.ringback.callback.ConnectionOverrides;
import dev.ringback.callback.Form;
import dev.ringback.callback.Param;
import dev.ringback.callback.WebRequest;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.json.JournalJson;
import dev.ringback.scenario.AppAnswer;
import dev.ringback.twiml.Finding;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.Reading;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.TwimlReader;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Urls;
import dev.ringback.wire.HttpWire;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.TextFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringback check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Reads TwiML as Twilio would: code, line:column and a sentence for each finding; URLs are "
          + "checked, too, and what follows a session is said.",
      "Exit code: 0 clean or warnings; 1 errors; 2 it cannot be read."
    })
final class CheckCommand implements Callable<Integer> {
  /** More than any document may have, so that one that is too large is told of as such. */
  private static final int MOST_BYTES = 1024 * 1024;

  @Parameters(paramLabel = "FILE|URL|-", description = "what to read; - is standard input")
  String source;

  @Option(
      names = "--method",
      paramLabel = "POST",
      description = "how a URL is requested: GET (default) or POST")
  String method = "GET";

  @Option(
      names = "--form",
      paramLabel = "K=V",
      description = "a parameter of the request, such as Digits=1; may be given again")
  Map<String, String> form = new LinkedHashMap<>();

  @Option(
      names = "--fail-on",
      paramLabel = "LEVEL",
      description = "exit 1 on error (default) or on warning, too")
  String failOn = "error";

  @Option(names = "--json", description = "print the findings as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CheckCommand() {}

  @Override
  public Integer call() throws BadInput, IOException {
    boolean url = Urls.isAbsoluteHttp(source);
    if (!url && source.contains("://")) {
      throw WorldOptions.wrong("check", "takes an http(s) URL, a file or -, not " + source);
    }
    String strictness = WorldOptions.choice("--fail-on", failOn, List.of("error", "warning"));
    HttpMethod verb =
        HttpMethod.valueOf(WorldOptions.choice("--method", method, List.of("GET", "POST")));
    if (!url && (verb == HttpMethod.POST || !form.isEmpty())) {
      throw WorldOptions.wrong("--method and --form", "are for a URL, and " + source + " is none");
    }
    List<Finding> findings = url ? ofUrl(verb) : of(text());
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
    boolean warnings = strictness.equals("warning");
    return findings.stream()
            .anyMatch(f -> f.level() == Level.ERROR || (warnings && f.level() == Level.WARNING))
        ? ExitCode.FAILED
        : ExitCode.OK;
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

  private static List<Finding> of(String text) {
    return switch (TwimlReader.read(text)) {
      case Reading.Document document ->
          Stream.concat(document.findings().stream(), document.outlook().stream())
              .sorted(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column))
              .toList();
      case Reading.Unreadable unreadable -> {
        Finding problem = unreadable.problem();
        boolean page = AppAnswer.isHtml(new Landing.Answered(200, "text/html", text));
        yield List.of(
            page
                ? new Finding(
                    problem.error(),
                    problem.level(),
                    problem.line(),
                    problem.column(),
                    problem.message() + "; this is an HTML page, not TwiML")
                : problem);
      }
    };
  }

  private String text() throws BadInput, IOException {
    if (source.equals("-")) {
      return new String(System.in.readNBytes(TwimlReader.MAX_BYTES + 1), StandardCharsets.UTF_8);
    }
    return TextFile.read(Path.of(source), MOST_BYTES);
  }

  /** What happens with the document at the URL, fetched as Twilio fetches it; it is not signed. */
  private List<Finding> ofUrl(HttpMethod verb) {
    Form parameters =
        new Form(form.entrySet().stream().map(e -> new Param(e.getKey(), e.getValue())).toList());
    boolean get = verb == HttpMethod.GET;
    String query =
        get && !form.isEmpty() ? (source.contains("?") ? "&" : "?") + parameters.encoded() : "";
    List<Param> headers =
        new ArrayList<>(
            List.of(new Param("User-Agent", "TwilioProxy/1.1"), new Param("Accept", "*/*")));
    if (!get) {
      headers.add(new Param("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"));
    }
    ExchangeId id = new ExchangeId(SidMint.of(0).sid(SidKind.CALL), 1);
    WebRequest request =
        new WebRequest(
            id,
            RequestKind.VOICE,
            verb,
            source,
            source + query,
            source + query,
            List.copyOf(headers),
            parameters,
            get ? "" : parameters.encoded(),
            ConnectionOverrides.DEFAULT);
    CompletableFuture<Landing> landed = new CompletableFuture<>();
    try (HttpWire wire = new HttpWire()) {
      wire.send(request, (landing, wallTime) -> landed.complete(landing));
      return switch (landed.join()) {
        case Landing.Failed failed -> List.of(fetchProblem(failed.error(), failed.cause()));
        case Landing.Answered answered ->
            switch (Content.of(answered, TwimlReader::read)) {
              case Content.Twiml twiml -> of(answered.body());
              case Content.Speech speech -> List.of();
              case Content.Audio audio -> List.of();
              case Content.Unusable unusable ->
                  List.of(
                      fetchProblem(
                          unusable.error(),
                          "%s (%s%s)"
                              .formatted(
                                  unusable.message(),
                                  AppAnswer.of(answered),
                                  answered.status() == 401 || answered.status() == 403
                                      ? "; check does not sign its request"
                                      : "")));
            };
      };
    }
  }

  private static Finding fetchProblem(TwilioError error, String message) {
    return new Finding(error, error.level(), 1, 1, message);
  }
}
