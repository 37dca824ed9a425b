package dev.ringback.console;

import dev.ringback.json.JournalJson;
import dev.ringback.viewer.WebFiles;
import dev.ringback.wire.Lazy;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The console: a page at {@code /}, and its modules and stylesheet below {@code /assets}. It may
 * ask this server and nobody else, and runs no script that is not its own.
 */
public final class ConsoleRoutes {
  private static final String ASSETS = "/assets/";

  private final Lazy<Files> files = new Lazy<>(ConsoleRoutes::read);

  /**
   * What is served.
   *
   * @param modules by the path below {@code /assets}
   * @param policy the page's Content-Security-Policy
   */
  private record Files(Map<String, String> modules, String page, String policy) {}

  private static Files read() {
    Map<String, String> modules = new LinkedHashMap<>();
    Map<String, String> imports = new LinkedHashMap<>();
    WebFiles.modules()
        .forEach((name, module) -> {
          modules.put(name + ".js", module);
          if (!name.equals("ringback/report")) {
            imports.put(name, ASSETS + name + ".js");
          }
        });
    String map = JournalJson.mapper().writeValueAsString(Map.of("imports", imports));
    StringBuilder preloads = new StringBuilder();
    imports
        .values()
        .forEach(path ->
            preloads.append("<link rel=\"modulepreload\" href=\"").append(path).append("\">\n"));
    String page =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Ringback</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/assets/style.css">
        <script type="importmap">%s</script>
        %s<script type="module" src="/assets/ringback/console.js"></script>
        </head>
        <body>
        <div id="root"></div>
        <noscript>The console needs JavaScript; the same is at /sim/v1.</noscript>
        </body>
        </html>
        """
            .formatted(map, preloads);
    String policy =
        "default-src 'none'; script-src 'self' %s; style-src 'self'; connect-src 'self'; media-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            .formatted(WebFiles.hash(map));
    return new Files(modules, page, policy);
  }

  public void routes(RoutesConfig routes) {
    routes.get("/", this::page);
    routes.get("/assets/style.css", context -> send(context, "text/css", WebFiles.stylesheet()));
    routes.get(
        "/assets/{folder}/{file}",
        context -> module(context, context.pathParam("folder") + "/" + context.pathParam("file")));
    routes.get("/assets/{file}", context -> module(context, context.pathParam("file")));
  }

  private void page(Context context) {
    context.header("Content-Security-Policy", files.get().policy());
    send(context, "text/html", files.get().page());
  }

  private void module(Context context, String name) {
    String module = files.get().modules().get(name);
    if (module == null) {
      context.status(404).contentType("text/plain").result("there is no such file");
    } else {
      send(context, "text/javascript", module);
    }
  }

  private static void send(Context context, String type, String text) {
    context
        .contentType(type + ";charset=utf-8")
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-cache")
        .result(text);
  }
}
