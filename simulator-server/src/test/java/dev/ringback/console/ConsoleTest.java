package dev.ringback.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.server.Chromium;
import dev.ringback.server.RingbackServer;
import dev.ringback.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The console in a real Chromium, as a person uses it. */
@Timeout(120)
class ConsoleTest {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  private static @Nullable ChromeDriver driver;

  private HttpServer sample;
  private RingbackServer server;

  @SuppressWarnings("NullAway.Init")
  ConsoleTest() {}

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    driver = Chromium.open("the console");
    Files.createDirectories(SCREENSHOTS);
  }

  @AfterAll
  static void quit() {
    if (driver != null) {
      driver.quit();
    }
  }

  private static ChromeDriver browser() {
    return Objects.requireNonNull(driver);
  }

  @BeforeEach
  void start() throws Exception {
    Assumptions.assumeTrue(driver != null, "there is no Chromium on this machine");
    sample = AdvisorLine.start(0);
    serve("clock: {speed: 1}");
  }

  private void serve(String clock) throws Exception {
    server =
        RingbackServer.start(
            ConfigFile.read(
                Yaml.parse(
                    "ringback.yaml",
                    """
                    server: {port: 0, voices: tones}
                    %s
                    numbers: [{number: "+15017122661", voiceUrl: "http://localhost:%d/voice"}]
                    conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice@example.com}]
                    """
                        .formatted(clock, sample.getAddress().getPort()))),
            seed -> new WorldDraft());
    browser().manage().window().setSize(new Dimension(1400, 900));
    browser().get(server.url() + "/");
  }

  @AfterEach
  void stop() throws IOException {
    if (driver != null) {
      List<String> errors =
          browser().manage().logs().get("browser").getAll().stream()
              .map(Object::toString)
              .filter(line -> line.contains("SEVERE") || line.contains("WARNING"))
              .toList();
      shoot("last");
      browser().get("about:blank");
      server.close();
      sample.stop(0);
      assertEquals(List.of(), errors);
    }
  }

  // What a person sees and does

  private static void shoot(String name) throws IOException {
    Files.write(SCREENSHOTS.resolve(name + ".png"), browser().getScreenshotAs(OutputType.BYTES));
  }

  private static WebElement labelled(String label) {
    return find(By.xpath("//*[@id=//label[normalize-space()='%s']/@for]".formatted(label)));
  }

  private static By button(String name) {
    return By.xpath("//button[normalize-space()='%s']".formatted(name));
  }

  private static By in(String region, String button) {
    return By.xpath(
        "//*[@role='region'][.//h2[normalize-space()='%s']]//button[normalize-space()='%s']"
            .formatted(region, button));
  }

  private static By step(String part) {
    return By.xpath(
        "//button[contains(@class,'step')][contains(normalize-space(),'%s')]".formatted(part));
  }

  private static WebElement find(By what) {
    return Awaitility.await("for " + what)
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsMatching(WebDriverException.class::isInstance)
        .until(() -> shown(browser().findElement(what)), Objects::nonNull);
  }

  private static @Nullable WebElement shown(WebElement element) {
    return element.isDisplayed() ? element : null;
  }

  private static void press(By what) {
    Awaitility.await("to press " + what)
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> {
          WebElement element = browser().findElement(what);
          if (!element.isEnabled()) {
            return false;
          }
          element.click();
          return true;
        });
  }

  private static void type(String label, String text) {
    WebElement field = labelled(label);
    field.clear();
    field.sendKeys(text);
  }

  private static String text() {
    return String.valueOf(browser().findElement(By.tagName("body")).getText());
  }

  private static void sees(String part) {
    Awaitility.await("to see " + part)
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() -> assertTrue(text().contains(part), ConsoleTest::text));
  }

  @Test
  void aNewcomerFromTheEmptyPageToAHeardVoicemail() throws Exception {
    sees("No call yet");
    shoot("start");
    assertEquals("+15017122661", labelled("To").getAttribute("value"));
    type("From", "+15558675310");
    press(button("Place call"));
    press(in("Worker", "Decline"));
    find(step("action"));
    find(step("twilio<Record>"));
    shoot("live");
    press(By.xpath("//*[@role='region'][.//h2[normalize-space()='Customer']]//input"));
    browser().findElement(By.id("words-Customer")).sendKeys("Please call me back");
    press(in("Customer", "Speak"));
    find(By.xpath("//audio"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            Boolean.TRUE.equals(
                browser()
                    .executeScript(
                        "const a = document.querySelector('audio'); return a.duration > 0")));
    find(By.tagName("canvas"));
    press(step("action"));
    sees("DialCallStatus");
    sees("X-Twilio-Signature");
    shoot("call");
  }
}
