package dev.ringback.server;

import dev.ringback.engine.Egress;
import dev.ringback.engine.World;
import dev.ringback.json.JournalJson;
import dev.ringback.media.Voices;
import dev.ringback.proxy.ForwardProxy;
import dev.ringback.proxy.HomeFolder;
import dev.ringback.proxy.LocalAuthority;
import dev.ringback.rest.Product;
import dev.ringback.rest.RecordingMedia;
import dev.ringback.rest.Routes;
import dev.ringback.rest.TwilioApi;
import dev.ringback.rest.v1.ConversationsApi;
import dev.ringback.rest.v1.FrontlineApi;
import dev.ringback.rest.v1.MonitorApi;
import dev.ringback.rest.v2010.Api2010;
import dev.ringback.wire.Dialer;
import dev.ringback.worlds.Worlds;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson3;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;

/** What Twilio looks like from an app: its API, the files of recordings, and the forward proxy. */
final class TwilioHttpServer {
  private TwilioHttpServer() {}

  static List<Routes> twilio() {
    return List.of(
        Api2010.routes(), ConversationsApi.routes(), FrontlineApi.routes(), MonitorApi.routes());
  }

  /**
   * @param mostAtOnce requests to the API; 0: as many as come
   * @param passesOn whether the proxy passes other hosts on
   * @param originCheck which requests are taken
   * @param inside the requests that are not answered yet
   * @param more routes of the server itself, which come first
   */
  static Javalin create(
      Worlds worlds,
      Voices voices,
      int mostAtOnce,
      boolean passesOn,
      OriginCheck originCheck,
      GracefulHandler inside,
      Consumer<RoutesConfig> more) {
    return Javalin.create(javalin -> {
      javalin.http.prefer405over404 = true;
      javalin.startup.showJavalinBanner = false;
      javalin.startup.startupWatcherEnabled = false;
      javalin.startup.showOldJavalinVersionWarning = false;
      javalin.concurrency.useVirtualThreads = true;
      javalin.jsonMapper(new JavalinJackson3(JournalJson.mapper(), true));
      Dialer dialer = new Dialer(() -> worlds.first().map(World::egress).orElse(Egress.ANYTHING));
      // Behind the proxy: what comes in a tunnel or in absolute form is for a route here, too.
      javalin.jetty.modifyServer(
          server -> server.insertHandler(new OriginCheckHandler(originCheck)));
      ForwardProxy.install(javalin.jetty, Product::isTwilio, authority(), dialer, passesOn);
      javalin.jetty.modifyServer(server -> server.insertHandler(inside));
      javalin.jetty.modifyServletContextHandler(handler -> {
        ServletHolder mcp = new ServletHolder("mcp", new McpServlet(worlds));
        mcp.setAsyncSupported(true);
        handler.addServlet(mcp, McpServlet.PATH);
      });
      more.accept(javalin.routes);
      new TwilioApi(worlds, mostAtOnce, twilio()).routes(javalin.routes);
      new RecordingMedia(worlds, voices).routes(javalin.routes);
      javalin.routes.exception(
          HttpResponseException.class,
          (e, context) ->
              context
                  .status(e.getStatus())
                  .json(
                      context.path().startsWith("/v1/")
                          ? error(
                              e.getMessage()
                                  + "; for Twilio's /v1 send its Host, or begin the path with"
                                  + " /conversations, /frontline-api or /monitor")
                          : error(e.getMessage())));
      javalin.routes.exception(
          Exception.class,
          (e, context) -> context.status(500).json(error("Ringback failed: " + e.getMessage())));
    });
  }

  private static Map<String, Object> error(@Nullable String message) {
    return Map.of("error", Map.of("message", String.valueOf(message)));
  }

  /** The authority of this machine, read or made when it is first asked for. */
  private static Supplier<LocalAuthority> authority() {
    return new Supplier<>() {
      private @Nullable LocalAuthority known;

      @Override
      public synchronized LocalAuthority get() {
        if (known == null) {
          try {
            known = LocalAuthority.in(HomeFolder.home());
          } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the local CA cannot be read or made: " + e, e);
          }
        }
        return known;
      }
    };
  }
}
