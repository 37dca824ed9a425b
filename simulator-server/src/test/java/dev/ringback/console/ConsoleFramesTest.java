package dev.ringback.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;

/**
 * Frames of the page with 10,000 calls in the list and 5,000 rows in one call, as the browser
 * counts them. A server keeps fewer calls, so the page is handed each of its answers many times
 * over.
 */
@Tag("long")
@Timeout(180)
class ConsoleFramesTest extends ConsoleFixture {
  private static final String MANY =
      """
      const real = window.fetch;
      window.fetch = async (path, options) => {
        const response = await real(path, options);
        const body = String(path).startsWith('/sim/v1') && response.status === 200 ? await response.clone().json() : {};
        if (body.calls?.length) {
          const one = body.calls[0];
          const calls = Array.from({length: 10000}, (_, i) => i === 0 ? one
            : {...one, callSid: 'CA' + i.toString(16).padStart(32, '0'), from: '+1555' + (1000000 + i)});
          return new Response(JSON.stringify({calls}));
        }
        if (body.rows?.length) {
          const rows = Array.from({length: 5000}, (_, i) => ({...body.rows[i % body.rows.length], offsetMs: i * 20}));
          return new Response(JSON.stringify({...body, rows}));
        }
        return response;
      };
      """;

  private static final String SCROLL =
      """
      const [selector, done] = [arguments[0], arguments[arguments.length - 1]];
      const box = document.querySelector(selector);
      const times = [];
      let last = performance.now();
      const frame = (now) => {
        times.push(now - last);
        last = now;
        box.scrollTop += 400;
        if (times.length < 180) requestAnimationFrame(frame);
        else {
          const sorted = times.slice(2).sort((a, b) => a - b);
          done([sorted[Math.floor(sorted.length / 2)], sorted[Math.floor(sorted.length * 0.95)], sorted.at(-1), box.scrollTop,
            box.querySelectorAll('li').length]);
        }
      };
      requestAnimationFrame(frame);
      """;

  @SuppressWarnings("NullAway.Init")
  ConsoleFramesTest() {}

  @Test
  void longListsStaySmooth() throws Exception {
    HttpServer sample = AdvisorLine.start(0);
    try {
      serve(
          """
          numbers: [{number: "+15017122661", voiceUrl: "http://localhost:%d/voice"}]
          conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice@example.com}]
          clock: {speed: 20}
          """
              .formatted(sample.getAddress().getPort()));
      choose("Who is called", "busy");
      press(button("Place call"));
      find(By.xpath("//span[contains(@class,'badge')][.='completed']"));
      browser().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", MANY));
      reload();
      sees("10000 calls");
      find(By.cssSelector(".steps .step"));
      shoot("many");
      smooth("10,000 calls", ".list .virtual");
      smooth("5,000 rows", ".steps .virtual");
    } finally {
      sample.stop(0);
    }
  }

  private static void smooth(String what, String selector) {
    List<?> frames =
        (List<?>) Objects.requireNonNull(browser().executeAsyncScript(SCROLL, selector));
    List<Double> ms = frames.stream().map(one -> ((Number) one).doubleValue()).toList();
    System.out.printf(
        "%s: a frame takes %.1f ms in the median, %.1f at the 95th percentile, %.1f at most; %.0f rows are drawn%n",
        what, ms.get(0), ms.get(1), ms.get(2), ms.get(4));
    assertTrue(ms.get(3) > 10_000, what + " were not scrolled: " + ms);
    assertTrue(ms.get(4) < 100, what + " are all drawn: " + ms);
    assertTrue(ms.get(0) < 34, what + " stutter: " + ms);
  }
}
