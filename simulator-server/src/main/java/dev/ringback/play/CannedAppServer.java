package dev.ringback.play;

import dev.ringback.scenariofile.CannedApp;
import dev.ringback.scenariofile.CannedApp.CannedAnswer;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** A canned app behind a real port of the loopback interface. */
public final class CannedAppServer implements AutoCloseable {
  /** How the world knows it: the port behind it changes, the journal must not. */
  static final String PUBLIC_URL = "http://app.test";

  private final Javalin server;
  private final CannedApp app;

  public CannedAppServer(CannedApp app) {
    this.app = app;
    this.server =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.startupWatcherEnabled = false;
          config.concurrency.useVirtualThreads = true;
          config.routes.get("/*", this::answer);
          config.routes.post("/*", this::answer);
        });
    server.start("127.0.0.1", 0);
  }

  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private void answer(Context context) {
    Map<String, String> form = new LinkedHashMap<>();
    context.queryParamMap().forEach((name, values) -> form.put(name, values.getFirst()));
    context.formParamMap().forEach((name, values) -> form.put(name, values.getFirst()));
    CannedAnswer answer = app.answer(context.path(), form);
    context.status(answer.status());
    context.result(answer.body().replace(CannedApp.OWN_ADDRESS, PUBLIC_URL));
    context.res().setContentType(answer.contentType()); // null: none is sent
  }

  @Override
  public void close() {
    server.stop();
  }
}
