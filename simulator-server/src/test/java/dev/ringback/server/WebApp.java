package dev.ringback.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** An app behind a real socket. */
public final class WebApp implements AutoCloseable {
  private final MockWebServer server = new MockWebServer();
  private final Map<String, Function<RecordedRequest, MockResponse>> answers =
      new ConcurrentHashMap<>();
  public final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

  public WebApp() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            requests.add(request);
            return answers
                .getOrDefault(
                    request.getUrl().encodedPath(),
                    r -> new MockResponse.Builder().code(204).build())
                .apply(request);
          }
        });
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public WebApp at(String path, String twiml) {
    return at(path, request -> twiml(twiml));
  }

  public WebApp at(String path, Function<RecordedRequest, MockResponse> answer) {
    answers.put(path, answer);
    return this;
  }

  public static MockResponse twiml(String twiml) {
    return new MockResponse.Builder().addHeader("Content-Type", "text/xml").body(twiml).build();
  }

  /** Without a slash at the end. */
  public String url() {
    return "http://localhost:" + server.getPort();
  }

  public int port() {
    return server.getPort();
  }

  public List<RecordedRequest> to(String path) {
    return requests.stream().filter(r -> r.getUrl().encodedPath().equals(path)).toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
