package dev.ringback.load;

import dev.ringback.load.LoadResult.Latencies;
import dev.ringback.load.LoadResult.Second;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A run of load as a page: figures, and plots over time. It has no script and asks for nothing. */
public final class LoadHtml {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 160;

  private LoadHtml() {}

  /** The page. */
  public static String of(LoadResult result) {
    StringBuilder page = new StringBuilder(16_384);
    page.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>Ringback: load</title>
        <style>
        :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
        body { max-width: 760px; margin: 2rem auto; padding: 0 1rem }
        table { border-collapse: collapse; margin: .5rem 0 1.5rem }
        th, td { padding: .2rem .8rem .2rem 0; text-align: right; border-bottom: 1px solid #8884 }
        th:first-child, td:first-child { text-align: left }
        svg { width: 100%; height: auto; border: 1px solid #8884 }
        .a { stroke: #2563eb } .b { stroke: #d97706 } .a, .b { fill: none; stroke-width: 1.5 }
        text { fill: currentColor; font-size: 11px }
        </style>
        </head>
        <body>
        """);
    page.append("<h1>Load</h1>\n<p>").append(escaped(LoadText.headline(result))).append("</p>\n");
    table(page, "Answers of the app", result.requests());
    counts(page, "Calls by ending", result.endings());
    counts(page, "Errors by code", result.errors());
    counts(page, "Why calls failed", result.causes());
    plot(page, "Calls live, and begun in a second", result.series(), Second::live, Second::begun);
    plot(page, "Latency in ms: p50, p99", result.series(), Second::p50, Second::p99);
    return page.append("</body>\n</html>\n").toString();
  }

  private static void table(StringBuilder page, String title, Map<String, Latencies> rows) {
    page.append("<h2>").append(title).append("</h2>\n<table>\n");
    page.append(
        "<tr><th>request</th><th>count</th><th>p50 ms</th><th>p90</th><th>p99</th><th>max</th></tr>\n");
    rows.forEach((kind, l) ->
        page.append(
            String.format(
                Locale.ROOT,
                "<tr><td>%s</td><td>%d</td><td>%.1f</td><td>%.1f</td><td>%.1f</td><td>%.1f</td></tr>%n",
                escaped(kind),
                l.count(),
                l.p50(),
                l.p90(),
                l.p99(),
                l.max())));
    page.append("</table>\n");
  }

  private static void counts(StringBuilder page, String title, Map<String, Long> rows) {
    if (rows.isEmpty()) {
      return;
    }
    page.append("<h2>").append(title).append("</h2>\n<table>\n");
    rows.forEach((name, count) ->
        page.append("<tr><td>")
            .append(escaped(name))
            .append("</td><td>")
            .append(count)
            .append("</td></tr>\n"));
    page.append("</table>\n");
  }

  private static void plot(
      StringBuilder page,
      String title,
      List<Second> series,
      ToDoubleFunction<Second> first,
      ToDoubleFunction<Second> second) {
    double most =
        series.stream()
            .mapToDouble(s -> Math.max(first.applyAsDouble(s), second.applyAsDouble(s)))
            .max()
            .orElse(0);
    page.append("<h2>").append(title).append("</h2>\n");
    page.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
            WIDTH,
            HEIGHT,
            title));
    line(page, "a", series, first, most);
    line(page, "b", series, second, most);
    page.append(
        String.format(
            Locale.ROOT,
            "<text x=\"4\" y=\"12\">%.1f</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d s</text></svg>%n",
            most,
            WIDTH - 4,
            HEIGHT - 4,
            series.size()));
  }

  private static void line(
      StringBuilder page,
      String style,
      List<Second> series,
      ToDoubleFunction<Second> value,
      double most) {
    page.append("<polyline class=\"").append(style).append("\" points=\"");
    for (int i = 0; i < series.size(); i++) {
      double x = series.size() < 2 ? 0 : (double) WIDTH * i / (series.size() - 1);
      double y =
          most == 0 ? HEIGHT : HEIGHT - (HEIGHT - 18) * value.applyAsDouble(series.get(i)) / most;
      page.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    page.append("\"/>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
