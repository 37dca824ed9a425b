package dev.ringback.state;

import java.util.Map;

/**
 * A request to this server that changed something, as far as its handlers look at it.
 *
 * @param target path and query
 * @param headers in lower case
 * @param early whether it may come before its turn: all that it looks at waits for that
 */
public record RecordedRequest(
    String method, String target, Map<String, String> headers, String body, boolean early) {}
