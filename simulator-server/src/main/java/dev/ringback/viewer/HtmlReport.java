package dev.ringback.viewer;

import dev.ringback.json.JournalJson;
import dev.ringback.runner.Outcome;
import dev.ringback.runner.Results;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Calls in one HTML file that opens from a disk, without a server and without a network: the same
 * viewer as the console's, with its data inside.
 */
public final class HtmlReport {
  /** So many failed scenarios have their recordings in the report. */
  private static final int MOST_HEARD = 10;

  private HtmlReport() {}

  /**
   * What it is about.
   *
   * @param judged whether each case has passed or failed; a journal has not
   */
  public record Heading(String title, boolean judged) {}

  /** Of a run; what failed comes first. */
  public static String of(Results results) {
    List<Outcome> outcomes = results.outcomes();
    long passed = outcomes.stream().filter(Outcome::passed).count();
    return of(
        new Heading("Scenarios", true),
        "%d passed, %d failed".formatted(passed, outcomes.size() - passed),
        cases(outcomes));
  }

  /** With the recordings of those that failed first: a report is not to be large. */
  private static List<ReportCase> cases(List<Outcome> outcomes) {
    List<Outcome> heard =
        outcomes.stream().filter(outcome -> !outcome.passed()).limit(MOST_HEARD).toList();
    return outcomes.stream()
        .map(outcome -> ReportCase.of(outcome, heard.contains(outcome)))
        .toList();
  }

  /**
   * The whole file.
   *
   * @param summary such as {@code 90 passed, 0 failed}
   */
  public static String of(Heading heading, String summary, List<ReportCase> cases) {
    String title = heading.title();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("title", title);
    data.put("judged", heading.judged());
    data.put("summary", summary);
    data.put("cases", cases);
    Map<String, String> imports = new LinkedHashMap<>();
    WebFiles.modules()
        .forEach((name, module) -> {
          if (isOfReport(name)) {
            imports.put(name, "data:text/javascript;base64," + base64(module));
          }
        });
    String map = JournalJson.mapper().writeValueAsString(Map.of("imports", imports));
    String main = "import 'ringback/report';";
    String style = WebFiles.stylesheet();
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src %s %s data:; style-src %s; media-src data:; connect-src data:; base-uri 'none'; form-action 'none'">
    <title>%s</title>
    <style>%s</style>
    <script type="importmap">%s</script>
    </head>
    <body>
    <div id="root"></div>
    <script type="application/octet-stream" id="data">%s</script>
    <script type="module">%s</script>
    </body>
    </html>
    """
        .formatted(
            WebFiles.hash(map),
            WebFiles.hash(main),
            WebFiles.hash(style),
            escaped(title),
            style,
            map,
            packed(JournalJson.mapper().writeValueAsString(data)),
            main);
  }

  private static boolean isOfReport(String module) {
    return List.of(
            "preact",
            "preact/hooks",
            "ringback/api",
            "ringback/audio",
            "ringback/phones",
            "ringback/report",
            "ringback/sound",
            "ringback/tags",
            "ringback/time",
            "ringback/twiml",
            "ringback/viewer",
            "ringback/virtual")
        .contains(module);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A tenth of its size, and nothing in it ends the script. */
  private static String packed(String json) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
