package dev.ringback.cli;

import dev.ringback.voice.Urls;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Durations;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The app to play against. */
final class AppOptions {
  @Option(names = "--app", paramLabel = "URL", description = "the app; without it a scenario's own")
  @Nullable String app;

  @Option(
      names = "--wait-for-app",
      paramLabel = "30s",
      description = "how long to wait until something listens at --app; default: it is asked once")
  @Nullable String waitForApp;

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "with --app: where its REST calls are answered, default 4010; 0 or in use: a free one")
  @Nullable Integer port;

  /** Refuses an address that is none. */
  void check() throws BadInput {
    if (app != null && (!Urls.isAbsoluteHttp(app) || URI.create(app).getPort() > 65_535)) {
      throw WorldOptions.wrong("--app", "must be an absolute http(s) URL, not '" + app + "'");
    }
    if (port != null && (port < 0 || port > 65_535)) {
      throw WorldOptions.wrong("--port", "must be from 0 to 65535, not " + port);
    }
  }

  /**
   * How long to wait for it.
   *
   * @param started whether the app is started here, and takes its time
   */
  Duration patience(boolean started) throws BadInput {
    if (waitForApp == null) {
      return started ? AppUnderTest.USUAL_PATIENCE : Duration.ZERO;
    }
    if (app == null && !started) {
      throw WorldOptions.wrong("--wait-for-app", "waits for the app of --app, which is missing");
    }
    String text = waitForApp;
    return Durations.parse(text)
        .orElseThrow(() ->
            WorldOptions.wrong(
                "--wait-for-app", "must be " + Durations.FORM + ", not '" + text + "'"));
  }
}
