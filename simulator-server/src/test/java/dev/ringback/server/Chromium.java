package dev.ringback.server;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A real Chromium, where there is one. */
public final class Chromium {
  /** It warns of features that are not used here; held, or the setting would be forgotten. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private Chromium() {}

  /**
   * Opens one. Where there is none a line says what is left out; with {@code CI=true} that fails.
   *
   * @param what is tried with it, for that line
   * @param more arguments of the command line
   */
  public static @Nullable ChromeDriver open(String what, String... more)
      throws IOException, InterruptedException {
    Process find = new ProcessBuilder(Path.of("../scripts/chromium").toString()).start();
    List<String> found =
        new String(find.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    if (find.waitFor() != 0 || found.size() != 2) {
      return missing(
          what, "there is no Chromium with its chromedriver; scripts/chromium --install gets one");
    }
    SELENIUM.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(found.get(0));
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // tests may run as root
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-proxy-server");
    options.addArguments(more);
    options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
    try {
      ChromeDriver browser =
          new ChromeDriver(
              new ChromeDriverService.Builder()
                  .usingDriverExecutable(new File(found.get(1)))
                  .usingAnyFreePort()
                  .build(),
              options);
      browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
      return browser;
    } catch (SessionNotCreatedException e) {
      return missing(what, found + " do not start together: " + e.getRawMessage());
    }
  }

  private static @Nullable ChromeDriver missing(String what, String why) {
    if ("true".equalsIgnoreCase(System.getenv("CI")) || System.getenv("RINGBACK_CI") != null) {
      fail(why);
    }
    System.err.println("SKIPPED: " + what + "; " + why);
    return null;
  }
}
