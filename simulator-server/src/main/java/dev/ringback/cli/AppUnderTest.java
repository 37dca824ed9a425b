package dev.ringback.cli;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.KnownAccount;
import dev.ringback.media.InstalledVoices;
import dev.ringback.play.Player;
import dev.ringback.play.RestApi;
import dev.ringback.play.SampleApp;
import dev.ringback.proxy.HomeFolder;
import dev.ringback.proxy.LocalAuthority;
import dev.ringback.runner.AppProcess;
import dev.ringback.server.CannotListen;
import dev.ringback.server.RestApiServer;
import dev.ringback.wire.HttpWire;
import dev.ringback.yaml.BadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The app that a run plays against: one that runs already, one that is started for the run, the
 * sample app, or what each scenario brings along.
 *
 * @param app null: no address was named
 * @param port of the REST API for the app; null: the usual one
 * @param command that starts the app; empty: none does
 * @param patience until it listens
 * @param account that it is told of when it is started
 */
record AppUnderTest(
    @Nullable String app,
    @Nullable Integer port,
    List<String> command,
    Duration patience,
    KnownAccount account,
    PrintWriter err) {
  /** With an app that is started here: how long it may take until it listens. */
  static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);

  /** What is done while the app is there. */
  interface Use {
    void by(Player player) throws BadInput, InterruptedException;
  }

  /**
   * @param sample whether to start the sample app
   * @param api whether scripts send REST requests, also where no app does
   */
  void use(boolean sample, boolean api, Use use)
      throws BadInput, IOException, InterruptedException {
    if (!command.isEmpty()) {
      startAndUse(use);
    } else if (sample) {
      try (SampleApp started = SampleApp.start()) {
        useAt(started.url(), true, use);
      }
    } else {
      if (app != null) {
        AppAddress.await(app, patience);
      }
      useAt(app, api, use);
    }
  }

  private void useAt(@Nullable String url, boolean api, Use use)
      throws BadInput, InterruptedException {
    if (url == null && !api) {
      use.by(new Player(null));
    } else {
      try (RestApiServer restApi = url == null ? ownRestApi() : restApi()) {
        use.by(new Player(url, HttpWire.TOTAL_TIMEOUT, restApi));
      }
    }
  }

  private void startAndUse(Use use) throws BadInput, IOException, InterruptedException {
    int free = freePort();
    String url = app == null ? "http://localhost:" + free : app;
    if (AppAddress.listens(url)) {
      throw WorldOptions.wrong(
          "--app", "something listens at %s already, before the command is started".formatted(url));
    }
    try (RestApiServer restApi = restApi();
        AppProcess process = AppProcess.start(command, environment(restApi, free))) {
      try {
        AppAddress.await(url, patience, process::isAlive);
      } catch (BadInput e) {
        throw process.doesNotListen(url);
      }
      if (!process.isAlive() && !AppAddress.listens(url)) {
        throw process.doesNotListen(url);
      }
      use.by(new Player(url, HttpWire.TOTAL_TIMEOUT, restApi));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What the app needs to know to reach this Twilio, and to listen where it is looked for. */
  private Map<String, String> environment(RestApi restApi, int free) throws BadInput, IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    if (account.sid() != null) {
      environment.put("TWILIO_ACCOUNT_SID", account.sid().value());
    }
    environment.put("TWILIO_AUTH_TOKEN", Objects.requireNonNull(account.authToken()));
    if (app == null) {
      environment.put("PORT", Integer.toString(free));
    }
    String proxy = Objects.requireNonNull(restApi.url());
    environment.put("HTTP_PROXY", proxy);
    environment.put("HTTPS_PROXY", proxy);
    environment.put("https_proxy", proxy);
    environment.put("NO_PROXY", "localhost,127.0.0.1");
    try {
      String certificate = LocalAuthority.in(HomeFolder.home()).certificateFile().toString();
      environment.put("NODE_EXTRA_CA_CERTS", certificate);
      environment.put("REQUESTS_CA_BUNDLE", certificate);
      environment.put("SSL_CERT_FILE", certificate);
    } catch (GeneralSecurityException e) {
      throw WorldOptions.wrong("--", "the local CA cannot be read or made: " + e.getMessage());
    }
    return environment;
  }

  private static RestApiServer ownRestApi() throws BadInput {
    try {
      return RestApiServer.listen(0, InstalledVoices.best());
    } catch (CannotListen e) {
      throw WorldOptions.wrong("--port", String.valueOf(e.getMessage()));
    }
  }

  private RestApiServer restApi() throws BadInput {
    try {
      return RestApiServer.listen(
          port == null ? ConfigFile.DEFAULT_PORT : port, InstalledVoices.best());
    } catch (CannotListen busy) {
      return restApiAnywhere(busy);
    }
  }

  /** Another Ringback may listen on the usual port; scenarios need a port, not that one. */
  private RestApiServer restApiAnywhere(CannotListen busy) throws BadInput {
    try {
      RestApiServer restApi = RestApiServer.listen(0, InstalledVoices.best());
      err.println(
          "ringback: %s, so the app's REST calls are answered at %s"
              .formatted(busy.getMessage(), restApi.url()));
      return restApi;
    } catch (CannotListen e) {
      throw WorldOptions.wrong("--port", String.valueOf(e.getMessage()));
    }
  }
}
