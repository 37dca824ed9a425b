package dev.ringback.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * What the app asked of the REST API, the oldest first; bounded. It is no part of the journal: when
 * a request comes is the app's own affair.
 */
public final class ApiLog {
  private static final int MOST = 10_000;

  private final Deque<Request> requests = new ArrayDeque<>();

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
    if (requests.size() >= MOST) {
      requests.removeFirst();
    }
    requests.addLast(request);
  }

  /** From any thread. */
  public synchronized List<Request> all() {
    return List.copyOf(requests);
  }
}
