package dev.ringback.proxy;

import dev.ringback.wire.Dialer;
import dev.ringback.wire.Lazy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** Requests in absolute form for other hosts, fetched with OkHttp. */
final class Forwarding {
  static final Duration IDLE = Duration.ofMinutes(5);

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

  private final Lazy<OkHttpClient> client;

  /** Is told of each host and of where it really is. */
  interface Remarks {
    void remark(String host, InetSocketAddress address);
  }

  Forwarding(Dialer dialer, Remarks remarks) {
    this.client =
        new Lazy<>(() ->
            dialer
                .client()
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .readTimeout(IDLE)
                .eventListener(
                    new EventListener() {
                      @Override
                      public void connectionAcquired(Call call, okhttp3.Connection connection) {
                        remarks.remark(
                            call.request().url().host(), connection.route().socketAddress());
                      }
                    })
                .build());
  }

  /** Sends the request on and its answer back; blocks this thread. */
  void forward(Request request, Response response) throws IOException {
    okhttp3.Request.Builder out =
        new okhttp3.Request.Builder().url(request.getHttpURI().asString());
    Set<String> dropped = dropped(request.getHeaders());
    for (HttpField field : request.getHeaders()) {
      String name = field.getLowerCaseName();
      if (!dropped.contains(name) && !name.equals("host") && !name.equals("content-length")) {
        out.addHeader(field.getName(), field.getValue() == null ? "" : field.getValue());
      }
    }
    if (!request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING)) {
      out.header("Accept-Encoding", "identity"); // or OkHttp would ask for gzip and unzip it
    }
    out.method(request.getMethod(), body(request));
    try (okhttp3.Response in = client.get().newCall(out.build()).execute()) {
      response.setStatus(in.code());
      HttpFields.Mutable headers = HttpFields.build();
      in.headers().forEach(pair -> headers.add(pair.getFirst(), pair.getSecond()));
      Set<String> droppedBack = dropped(headers);
      for (HttpField field : headers) {
        if (field.getHeader() == HttpHeader.DATE) {
          response.getHeaders().put(field); // in place of Jetty's own, which cannot be removed
        } else if (!droppedBack.contains(field.getLowerCaseName())) {
          response.getHeaders().add(field);
        }
      }
      try (OutputStream to = Content.Sink.asOutputStream(response)) {
        in.body().byteStream().transferTo(to);
      }
    }
  }

  /** Headers for one hop: the standing ones, and those that Connection names. */
  private static Set<String> dropped(HttpFields headers) {
    Set<String> names = new HashSet<>(HOP_BY_HOP);
    for (String name : headers.getCSV(HttpHeader.CONNECTION, false)) {
      names.add(name.toLowerCase(Locale.ROOT));
    }
    return names;
  }

  private static @Nullable RequestBody body(Request request) {
    String method = request.getMethod();
    long length = request.getLength();
    boolean none =
        length == 0 || (length < 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
    if (method.equals("GET") || method.equals("HEAD")) {
      return null;
    }
    if (none) {
      return method.equals("POST") || method.equals("PUT") || method.equals("PATCH")
          ? RequestBody.create(new byte[0])
          : null;
    }
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return null; // the header is copied as it is
      }

      @Override
      public long contentLength() {
        return length;
      }

      @Override
      public boolean isOneShot() {
        return true;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
          in.transferTo(sink.outputStream());
        }
      }
    };
  }

  void close() {
    client.ifMade(made -> {
      made.dispatcher().executorService().shutdown();
      made.connectionPool().evictAll();
    });
  }
}
