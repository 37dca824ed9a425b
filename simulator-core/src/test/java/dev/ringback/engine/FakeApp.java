package dev.ringback.engine;

import dev.ringback.callback.WebRequest;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An app behind a wire without a network: answers at once, and remembers what it was asked. */
public final class FakeApp implements Wire {
  public static final String URL = "http://app.test";

  private final Map<String, Function<WebRequest, Landing>> answers = new HashMap<>();
  public final List<WebRequest> requests = new ArrayList<>();

  /** Answers requests to that path with TwiML. */
  public FakeApp at(String path, String twiml) {
    return at(path, request -> twiml(twiml));
  }

  public FakeApp at(String path, Function<WebRequest, Landing> answer) {
    answers.put(path, answer);
    return this;
  }

  public static Landing twiml(String twiml) {
    return new Landing.Answered(200, "text/xml", twiml);
  }

  @Override
  public void send(WebRequest request, Receiver receiver) {
    requests.add(request);
    String path = path(request);
    receiver.landed(
        answers.getOrDefault(path, r -> new Landing.Answered(204, null, "")).apply(request),
        Duration.ZERO);
  }

  @Override
  public void abandon() {}

  /** The requests to that path, in order. */
  public List<WebRequest> to(String path) {
    return requests.stream().filter(r -> path(r).equals(path)).toList();
  }

  /** As text: java.net.URI refuses URLs that HTTP clients take. */
  private static String path(WebRequest request) {
    String url = request.url();
    int start = url.indexOf('/', url.indexOf("://") + 3);
    int query = url.indexOf('?');
    return start < 0 ? "/" : url.substring(start, query < start ? url.length() : query);
  }
}
