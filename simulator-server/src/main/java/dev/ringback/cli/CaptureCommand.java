package dev.ringback.cli;

import dev.ringback.capture.Capture;
import dev.ringback.json.JournalJson;
import dev.ringback.report.Ink;
import dev.ringback.report.Printable;
import dev.ringback.voice.Urls;
import dev.ringback.yaml.BadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ringback capture}. */
@Command(
    name = "capture",
    mixinStandardHelpOptions = true,
    description = {
      "Stands between the real Twilio (a tunnel that leads to --listen) and the app: passes every"
          + " request on as it is, and writes each call as a scenario (NAME.yaml) and a journal"
          + " (NAME.jsonl), at its end and at Ctrl-C. So the call happens once for real, and then"
          + " for ever without Twilio.",
      "Where Twilio sent something else than Ringback would have sent, it says so; the files have"
          + " it as `fidelity`.",
      "Phone numbers, and secrets in URLs, are replaced by stand-ins; tokens and signatures are not"
          + " kept. Cities and the like of numbers are not compared; WebSockets are not passed on.",
      "Exit code: 0 after Ctrl-C; 2 an option is wrong, or the port is in use."
    })
final class CaptureCommand implements Callable<Integer> {
  @Option(
      names = "--listen",
      required = true,
      paramLabel = "PORT",
      description = "where the tunnel leads to, on 127.0.0.1; 0 picks one")
  int port;

  @Option(
      names = "--app",
      required = true,
      paramLabel = "URL",
      description = "where the app runs, such as http://localhost:3000")
  String app;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "where the files go, default: ${DEFAULT-VALUE}")
  Path folder = Path.of("captures");

  @Option(names = "--keep", description = "keep numbers and secrets as they are")
  boolean keep;

  @Option(names = "--json", description = "print a line of JSON for each call")
  boolean json;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CaptureCommand() {}

  @Override
  public Integer call() throws BadInput, InterruptedException {
    if (port < 0 || port > 65_535) {
      throw WorldOptions.wrong("--listen", "must be a port from 0 to 65535, not " + port);
    }
    String origin = origin();
    if (port != 0 && origin.matches("https?://(localhost|127\\.[\\d.]+|\\[::1]):" + port)) {
      throw WorldOptions.wrong("--app", "is where this listens itself; name the app's own port");
    }
    OutputFiles.prepareFolder("--output", folder);
    Capture capture = listen(origin);
    if (!AppAddress.listens(origin)) {
      err().println("ringback: nothing listens at " + origin + " yet; Twilio would get a 502");
    }
    err()
        .println(
            "ringback: http://127.0.0.1:%d passes on to %s; let the tunnel lead there. Ctrl-C ends"
                .formatted(capture.port(), origin));
    CountDownLatch closed = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              capture.close();
              closed.countDown();
              spec.commandLine().getOut().flush();
              Runtime.getRuntime().halt(ExitCode.OK);
            },
            "capture-end");
    Runtime.getRuntime().addShutdownHook(hook);
    closed.await();
    return ExitCode.OK;
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Of the app, without a slash at the end. */
  private String origin() throws BadInput {
    if (Urls.isAbsoluteHttp(app)) {
      URI uri = URI.create(app);
      String path = uri.getRawPath();
      if (uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && (path == null || path.isEmpty() || path.equals("/"))) {
        return app.endsWith("/") ? app.substring(0, app.length() - 1) : app;
      }
    }
    throw WorldOptions.wrong(
        "--app",
        "must be where the app listens, without a path, such as http://localhost:3000, not '"
            + app
            + "'");
  }

  private Capture listen(String origin) throws BadInput {
    try {
      return Capture.listen(port, origin, new Capture.Wanted(folder, keep, this::write));
    } catch (IOException e) {
      throw WorldOptions.wrong(
          "--listen", "port %d cannot be listened at: %s".formatted(port, e.getMessage()));
    }
  }

  private void write(Capture.Kept kept) {
    try {
      for (Capture.Text text : kept.files()) {
        OutputFiles.write(
            "--output",
            folder.resolve(kept.name() + text.ending()),
            out -> out.write(text.contents().getBytes(StandardCharsets.UTF_8)));
      }
      print(kept);
    } catch (BadInput e) {
      e.problems().forEach(problem -> err().println("ringback: " + problem));
    }
  }

  private void print(Capture.Kept kept) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("name", kept.name());
      view.put("scenario", kept.title());
      view.put(
          "files",
          kept.files().stream()
              .map(text -> folder.resolve(kept.name() + text.ending()).toString())
              .toList());
      view.put("fidelity", kept.fidelity());
      out.println(JournalJson.mapper().writeValueAsString(view));
      return;
    }
    Ink ink = Ink.forTerminal();
    if (kept.files().isEmpty()) {
      out.println(
          "%s %s: nothing is written; %s"
              .formatted(ink.fail("-"), kept.name(), Printable.of(kept.title())));
      return;
    }
    List<String> fidelity = kept.fidelity();
    out.println(
        "%s %s  %s"
            .formatted(
                fidelity.isEmpty() ? ink.pass("=") : ink.fail("≠"),
                Printable.of(kept.title()),
                ink.aside("(" + folder.resolve(kept.name() + ".yaml") + ", .jsonl)")));
    fidelity.forEach(line -> out.println("  " + Printable.of(line)));
    if (fidelity.isEmpty()) {
      out.println("  " + ink.aside("Ringback would have sent the same"));
    }
  }
}
