package dev.ringback.viewer;

import dev.ringback.json.JournalJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls in one HTML file that opens from a disk, without a server and without a network: the same
 * viewer as the console's, with its data inside.
 */
public final class HtmlReport {
  private HtmlReport() {}

  /**
   * One scenario, or one call of a journal.
   *
   * @param detail a line below the name
   * @param cause why it failed; empty: it has not
   * @param failures expectation by expectation
   * @param calls as {@link CallViews#timeline} has them
   */
  public record Case(
      String name,
      boolean passed,
      String detail,
      String cause,
      List<String> failures,
      List<Map<String, Object>> calls) {}

  /**
   * The whole file.
   *
   * @param summary such as {@code 90 passed, 0 failed}
   */
  public static String of(String title, String summary, List<Case> cases) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("title", title);
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
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src %s %s data:; style-src %s; base-uri 'none'; form-action 'none'">
    <title>%s</title>
    <style>%s</style>
    <script type="importmap">%s</script>
    </head>
    <body>
    <div id="root"></div>
    <script type="application/json" id="data">%s</script>
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
            inScript(JournalJson.mapper().writeValueAsString(data)),
            main);
  }

  private static boolean isOfReport(String module) {
    return List.of(
            "preact",
            "preact/hooks",
            "ringback/report",
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

  /** Nothing in it ends the script, or begins a comment of HTML. */
  private static String inScript(String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
