package dev.ringback.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** A server, a real Chromium that shows its console, and what a person sees and does there. */
abstract class ConsoleFixture {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  private static @Nullable ChromeDriver driver;

  private @Nullable RingbackServer server;

  @SuppressWarnings("NullAway.Init")
  ConsoleFixture() {}

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

  static ChromeDriver browser() {
    return Objects.requireNonNull(driver);
  }

  @BeforeEach
  void needsChromium() {
    Assumptions.assumeTrue(driver != null, "there is no Chromium on this machine");
  }

  /** Starts a server with that configuration, and looks at its console. */
  final RingbackServer serve(String config) throws Exception {
    server =
        RingbackServer.start(
            ConfigFile.read(
                Yaml.parse("ringback.yaml", "server: {port: 0, voices: tones}\n" + config)),
            seed -> {
              WorldDraft draft = new WorldDraft();
              draft.seed = seed;
              return draft;
            });
    browser().manage().window().setSize(new Dimension(1400, 1500)); // every step is in sight
    visit(server.url() + "/");
    return server;
  }

  final RingbackServer server() {
    return Objects.requireNonNull(server);
  }

  /** Whatever a test does, nothing is wrong in the browser's eyes. */
  @AfterEach
  void stop() throws IOException {
    if (driver != null) {
      List<String> errors =
          browser().manage().logs().get("browser").getAll().stream()
              .map(Object::toString)
              .filter(line -> line.contains("SEVERE") || line.contains("WARNING"))
              .toList();
      shoot("last");
      visit("about:blank");
      if (server != null) {
        server.close();
      }
      assertEquals(List.of(), errors);
    }
  }

  // What a person sees and does

  /** A navigation that comes while the one before settles is sometimes lost in the driver. */
  private static void surely(Runnable navigation) {
    Awaitility.await("to navigate")
        .atMost(Duration.ofSeconds(20))
        .ignoreException(TimeoutException.class)
        .until(() -> {
          navigation.run();
          return true;
        });
  }

  static void visit(String url) {
    surely(() -> browser().get(url));
  }

  static void reload() {
    surely(() -> browser().navigate().refresh());
  }

  static void shoot(String name) throws IOException {
    Files.write(SCREENSHOTS.resolve(name + ".png"), browser().getScreenshotAs(OutputType.BYTES));
  }

  static WebElement labelled(String label) {
    return find(By.xpath("//*[@id=//label[normalize-space()='%s']/@for]".formatted(label)));
  }

  static By button(String name) {
    return By.xpath("//button[normalize-space()='%s']".formatted(name));
  }

  static By in(String region, String button) {
    return By.xpath(
        "//*[@role='region'][.//h2[normalize-space()='%s']]//button[normalize-space()='%s']"
            .formatted(region, button));
  }

  static By step(String part) {
    return By.xpath(
        "//button[contains(@class,'step')][contains(normalize-space(),'%s')]".formatted(part));
  }

  static WebElement find(By what) {
    return Awaitility.await("for " + what)
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsMatching(WebDriverException.class::isInstance)
        .until(() -> shown(browser().findElement(what)), Objects::nonNull);
  }

  static @Nullable WebElement shown(WebElement element) {
    return element.isDisplayed() ? element : null;
  }

  static void press(By what) {
    Awaitility.await("to press " + what)
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsMatching(WebDriverException.class::isInstance)
        .until(() -> {
          WebElement element = browser().findElement(what);
          if (!element.isEnabled()) {
            return false;
          }
          element.click();
          return true;
        });
  }

  static void type(String label, String text) {
    WebElement field = labelled(label);
    // As a person does it: clear() tells nobody that the field has changed.
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE);
    field.sendKeys(text);
  }

  static void choose(String label, String value) {
    labelled(label).findElement(By.cssSelector("option[value='%s']".formatted(value))).click();
  }

  /** Moves a slider. */
  static void slide(String label, long value) {
    browser()
        .executeScript(
            "arguments[0].value = arguments[1];"
                + "arguments[0].dispatchEvent(new Event('input', {bubbles: true}))",
            labelled(label),
            value);
  }

  static String text() {
    return String.valueOf(browser().findElement(By.tagName("body")).getText());
  }

  static void sees(String part) {
    Awaitility.await("to see " + part)
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() -> assertTrue(text().contains(part), ConsoleTest::text));
  }
}
