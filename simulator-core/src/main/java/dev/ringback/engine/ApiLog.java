package dev.ringback.engine;

import dev.ringback.journal.Footprint;
import dev.ringback.journal.Newest;
import java.util.List;
import java.util.Map;

/**
 * What the app asked of the REST API, the oldest first; bounded. It is no part of the journal: when
 * a request comes is the app's own affair.
 */
public final class ApiLog {
  /** Bytes, by {@link Footprint}. */
  private static final long CAPACITY = 8L * 1024 * 1024;

  private final Newest<Request> requests = new Newest<>(CAPACITY, ApiLog::footprint);

  /**
   * A request that was answered.
   *
   * @param method of HTTP
   * @param path as it is at this server, so {@code /conversations/v1/…} for Conversations
   * @param form what stands in the query and the body; several values of a name are joined by
   *     commas
   * @param status of the answer
   */
  public record Request(String method, String path, Map<String, String> form, int status) {}

  /** From any thread. */
  public synchronized void add(Request request) {
    requests.add(request);
  }

  /** From any thread. */
  public synchronized List<Request> all() {
    return requests.toList();
  }

  /** How many of the first are gone. From any thread. */
  public synchronized long forgotten() {
    return requests.forgotten();
  }

  private static long footprint(Request request) {
    long bytes = Footprint.OBJECT + Footprint.of(request.path());
    for (Map.Entry<String, String> parameter : request.form().entrySet()) {
      bytes += Footprint.of(parameter.getKey()) + Footprint.of(parameter.getValue());
    }
    return bytes;
  }
}
