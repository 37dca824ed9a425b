package dev.ringback.capture;

import dev.ringback.callback.Param;
import dev.ringback.wire.ExactUrl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import okio.ByteString;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * Stands between Twilio, or the tunnel that it comes through, and the app: what comes is passed on
 * as it is, with its Host, and what the app answers likewise. Pages in a browser reach nothing:
 * Twilio sends neither Origin nor Sec-Fetch-Site.
 */
final class CaptureProxy implements AutoCloseable {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Server server;
  private final ServerConnector connector;
  private final OkHttpClient client;
  private final String app;
  private final Consumer<Captured> hears;

  private CaptureProxy(int port, String app, Consumer<Captured> hears) {
    this.app = app;
    this.hears = hears;
    this.client =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .readTimeout(PATIENCE)
            .callTimeout(PATIENCE)
            .addNetworkInterceptor(chain -> chain.proceed(asItCame(chain.request())))
            .build();
    this.server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    http.setSendDateHeader(false);
    http.setSendServerVersion(false);
    http.setUriCompliance(UriCompliance.UNSAFE);
    // Otherwise Jetty puts a spelling of its own in the place of headers that it knows.
    http.setHeaderCacheCaseSensitive(true);
    this.connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            passOn(request, response, callback);
            return true;
          }
        });
  }

  /**
   * @param port 0: any that is free
   * @param app where it is, without a path
   * @param hears of each request that has been answered
   * @throws IOException when the port cannot be had
   */
  static CaptureProxy listen(int port, String app, Consumer<Captured> hears) throws IOException {
    CaptureProxy proxy = new CaptureProxy(port, app, hears);
    try {
      proxy.server.start();
    } catch (IOException e) {
      proxy.close();
      throw e;
    } catch (Exception e) {
      proxy.close();
      throw new IOException(e);
    }
    return proxy;
  }

  int port() {
    return connector.getLocalPort();
  }

  // One request

  private void passOn(Request request, Response response, Callback callback) throws IOException {
    if (request.getHeaders().contains("Origin")
        || request.getHeaders().contains("Sec-Fetch-Site")) {
      answer(response, callback, text(403, "A page in a browser may not use ringback capture."));
      return;
    }
    Instant at = Instant.now();
    byte[] body = bytes(Content.Source.asByteBuffer(request));
    AppResponse answer = ask(request, body);
    Captured captured = CapturedReader.read(at, request, body, answer);
    answer(response, callback, answer);
    hears.accept(captured);
  }

  private static void answer(Response response, Callback callback, AppResponse answer) {
    response.setStatus(answer.status());
    answer.headers().forEach(header -> response.getHeaders().add(header.name(), header.value()));
    response.write(true, answer.body().asByteBuffer(), callback);
  }

  /** Names of the headers with which a request came. */
  private record Came(Set<String> names) {}

  /** Without what OkHttp adds of its own. */
  private static okhttp3.Request asItCame(okhttp3.Request request) {
    Came came = request.tag(Came.class);
    okhttp3.Request.Builder out = request.newBuilder();
    for (String name : List.of("Accept-Encoding", "User-Agent")) {
      if (came != null && !came.names().contains(name.toLowerCase(Locale.ROOT))) {
        out.removeHeader(name);
      }
    }
    return out.build();
  }

  private AppResponse ask(Request request, byte[] body) {
    okhttp3.Request.Builder out = new okhttp3.Request.Builder();
    for (HttpField field : request.getHeaders()) {
      if (!HOP_BY_HOP.contains(field.getLowerCaseName())) {
        out.addHeader(field.getName(), field.getValue() == null ? "" : field.getValue());
      }
    }
    if (!request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING)) {
      out.header("Accept-Encoding", "identity"); // or OkHttp would unzip what it gets
    }
    Set<String> names = new HashSet<>();
    request.getHeaders().forEach(field -> names.add(field.getLowerCaseName()));
    out.tag(Came.class, new Came(names));
    String method = request.getMethod();
    boolean without = body.length == 0 && (method.equals("GET") || method.equals("HEAD"));
    try {
      out.url(ExactUrl.of(app + request.getHttpURI().getPathQuery()))
          .method(method, without ? null : plain(body));
      try (okhttp3.Response in = client.newCall(out.build()).execute();
          ResponseBody answered = in.body()) {
        List<Param> headers = new ArrayList<>();
        in.headers()
            .forEach(pair -> {
              if (!HOP_BY_HOP.contains(pair.getFirst().toLowerCase(Locale.ROOT))) {
                headers.add(new Param(pair.getFirst(), pair.getSecond()));
              }
            });
        return new AppResponse(in.code(), headers, answered.byteString());
      }
    } catch (IOException | IllegalArgumentException e) {
      return text(502, "ringback capture: the app did not answer: " + e);
    }
  }

  private static AppResponse text(int status, String text) {
    return new AppResponse(
        status,
        List.of(new Param("Content-Type", "text/plain; charset=utf-8")),
        ByteString.encodeUtf8(text + "\n"));
  }

  /** Its type stands in the headers already. */
  private static RequestBody plain(byte[] body) {
    return RequestBody.create(body, (MediaType) null);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the proxy cannot be stopped: " + e, e);
    } finally {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }
}
