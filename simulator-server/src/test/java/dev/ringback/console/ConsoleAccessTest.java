package dev.ringback.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;

/** The console for everybody: WCAG 2.2 AA as axe-core checks it, small screens, the keyboard. */
@Timeout(120)
class ConsoleAccessTest extends ConsoleFixture {
  private HttpServer sample;

  @SuppressWarnings("NullAway.Init")
  ConsoleAccessTest() {}

  @BeforeEach
  void start() throws Exception {
    sample = AdvisorLine.start(0);
  }

  @AfterEach
  void stopSample() {
    sample.stop(0);
    theme("");
  }

  static String axe() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ConsoleAccessTest.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** No violation of what is shown now, in either theme. */
  static void isAccessible(String view) throws IOException {
    for (String theme : List.of("light", "dark")) {
      theme(theme);
      browser().executeScript(axe());
      Object violations =
          browser()
              .executeAsyncScript(
                  """
                  const done = arguments[arguments.length - 1];
                  axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
                    .then((found) => done(found.violations.map((one) =>
                      one.id + ': ' + one.nodes.slice(0, 3).map((node) => node.html + ' ' + node.failureSummary).join('; '))));\
                  """);
      assertEquals(List.of(), violations, view + ", " + theme);
      shoot(view + "-" + theme);
    }
  }

  private static void theme(String theme) {
    browser()
        .executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
  }

  private void serveSample(String clock) throws Exception {
    serve(
        """
        numbers: [{number: "+15017122661", voiceUrl: "http://localhost:%d/voice?recordingStatusCallback=x&record=record-from-answer"}]
        conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice@example.com}]
        clock: %s
        """
            .formatted(sample.getAddress().getPort(), clock));
  }

  @Test
  void everyViewInBothThemes() throws Exception {
    serveSample("{mode: stepped}");
    browser().manage().window().setSize(new Dimension(1400, 900));
    sees("No call yet");
    isAccessible("start");
    press(button("Place call"));
    find(in("Worker", "Answer"));
    sees("in the call");
    isAccessible("ringing");
    press(in("Worker", "Answer"));
    press(button("+10 s"));
    press(in("Customer", "Hang up"));
    press(button("Until idle"));
    find(By.tagName("audio"));
    press(step("action"));
    sees("X-Twilio-Signature");
    isAccessible("finished");
    slide("Time", 3000);
    isAccessible("scrubbed");
    press(By.linkText("Account"));
    sees("frontline.events");
    isAccessible("account");
    press(By.linkText("Signature doctor"));
    type("URL that the app validated", "http://localhost/voice");
    type("X-Twilio-Signature", "bm90aGluZw==");
    press(button("Examine"));
    sees("Nothing matches");
    isAccessible("doctor");
  }

  @Test
  void aPhoneIsWideEnough() throws Exception {
    serveSample("{speed: 1}");
    browser().manage().window().setSize(new Dimension(500, 800));
    browser()
        .executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", 360, "height", 740, "deviceScaleFactor", 1, "mobile", false));
    try {
      fits("start");
      press(button("Place call"));
      press(in("Worker", "Answer"));
      fits("call");
      press(step("voice"));
      sees("X-Twilio-Signature");
      fits("details");
      for (String view : List.of("Account", "Signature doctor")) {
        press(By.linkText(view));
        fits(view);
      }
    } finally {
      browser().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
  }

  private static void fits(String view) throws IOException {
    shoot("narrow-" + view.replace(' ', '-'));
    Object wide = browser().executeScript("return document.documentElement.scrollWidth");
    assertTrue(((Number) Objects.requireNonNull(wide)).intValue() <= 360, view + ": " + wide);
  }

  @Test
  void theKeyboardPlaysACall() throws Exception {
    serveSample("{speed: 1}");
    labelled("From").sendKeys(Keys.ENTER);
    find(in("Worker", "Answer"));
    sees("rings");
    browser().switchTo().activeElement().sendKeys("h");
    find(By.cssSelector("[aria-labelledby=phone-Worker]")).sendKeys("a");
    sees("client:alice@example.com answers");
    find(By.cssSelector("[aria-labelledby=phone-Customer]")).sendKeys("5");
    sees("presses 5");
    find(By.cssSelector("[aria-labelledby=phone-Customer]")).sendKeys("h");
    find(By.xpath("//span[contains(@class,'badge')][.='completed']"));
    find(step("voice")).sendKeys(Keys.ENTER);
    find(By.xpath("//button[contains(@class,'chosen')][contains(.,'voice')]")).sendKeys(Keys.DOWN);
    find(By.xpath("//button[contains(@class,'chosen')][contains(.,'12200')]"));
    browser().switchTo().activeElement().sendKeys(Keys.DOWN);
    find(By.xpath("//button[contains(@class,'chosen')][contains(.,'is answered')]"));
  }

  /** What is loaded, and how soon something is seen; the first load warms the server up. */
  @Test
  void thePageIsSmallAndSoonThere() throws Exception {
    serveSample("{speed: 1}");
    reload();
    sees("No call yet");
    Object paint =
        browser()
            .executeScript(
                "return performance.getEntriesByName('first-contentful-paint')[0].startTime");
    Object bytes =
        browser()
            .executeScript(
                """
                return performance.getEntriesByType('resource').filter((one) => one.name.includes('/assets/'))
                  .reduce((sum, one) => sum + one.encodedBodySize, 0)\
                """);
    System.out.printf("first paint after %s ms, %s bytes of assets%n", paint, bytes);
    assertTrue(((Number) Objects.requireNonNull(bytes)).longValue() < 150_000, bytes + " bytes");
    assertTrue(((Number) Objects.requireNonNull(paint)).doubleValue() < 1000, paint + " ms");
  }
}
