package dev.ringback.worlds;

import dev.ringback.config.AuthToken;
import dev.ringback.engine.Origin;
import dev.ringback.engine.World;
import dev.ringback.id.SidKind;
import dev.ringback.state.RecordedRequest;
import dev.ringback.state.WorldLog;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Requests that change a world that is kept: they are written down before they do anything, and are
 * answered when all that they did is on the disk. When such a world lives again they come again,
 * with a mark that nobody outside can make.
 */
public final class RequestRecorder {
  private static final String BASIC = "Basic ";
  private static final String MARK = "X-Ringback-Relived";

  /** What handlers look at. */
  private static final List<String> HEADERS =
      List.of(
          "host",
          "accept",
          "authorization",
          "content-type",
          "x-twilio-webhook-enabled",
          "x-ringback-scripted");

  private final Function<World, @Nullable WorldLog> logs;
  private final Function<World, @Nullable ChangeGate> gates;
  private final String secret = AuthToken.draw();
  private volatile boolean recovering;

  /**
   * @param logs of worlds that are kept; null for others
   * @param gates by which requests come in that change a world; null: it is gone
   */
  RequestRecorder(
      Function<World, @Nullable WorldLog> logs, Function<World, @Nullable ChangeGate> gates) {
    this.logs = logs;
    this.gates = gates;
  }

  /** A request that is fulfilled on this thread. */
  public static final class Open implements AutoCloseable {
    private final @Nullable WorldLog log;
    private final @Nullable Origin origin;
    private final Entrance entrance;

    private Open(@Nullable WorldLog log, @Nullable Origin origin, Entrance entrance) {
      this.log = log;
      this.origin = origin;
      this.entrance = entrance;
      Origin.enter(origin);
    }

    /**
     * Waits until all that it has done will be there after a crash.
     *
     * @throws dev.ringback.state.StateUnavailable when it cannot be written
     */
    public void acknowledge() {
      if (log != null && origin != null && origin.isNumbered()) {
        log.sync();
      }
    }

    @Override
    public void close() {
      Origin.enter(null);
      entrance.leave();
    }
  }

  /**
   * Begins to fulfil a request.
   *
   * @param changes whether it is there to change something
   */
  public Open open(Context context, World world, boolean changes) {
    WorldLog log = logs.apply(world);
    ChangeGate gate = gates.apply(world);
    Entrance entrance = new Entrance(gate, context.method() + " " + context.path());
    if (changes) {
      entrance.enter();
    }
    if (log == null) {
      return new Open(null, null, entrance);
    }
    long relived = relived(context);
    return relived > 0
        ? new Open(null, new Origin(changes, () -> relived), entrance)
        : new Open(
            log,
            new Origin(
                changes,
                () -> {
                  entrance.enter(); // even who only looks may leave something behind
                  return log.request(recorded(context, changes));
                }),
            entrance);
  }

  /** A request at the gate, which it enters once, if at all. */
  private static final class Entrance {
    private final @Nullable ChangeGate gate;
    private final String request;
    private boolean inside;

    /**
     * @param gate null: there is none
     */
    Entrance(@Nullable ChangeGate gate, String request) {
      this.gate = gate;
      this.request = request;
    }

    void enter() {
      if (gate != null && !inside) {
        gate.enter(request);
        inside = true;
      }
    }

    void leave() {
      if (gate != null && inside) {
        gate.leave(request);
        inside = false;
      }
    }
  }

  // Living again

  /** While worlds live again, requests of others are not taken. */
  public void recovering(boolean now) {
    recovering = now;
  }

  public boolean isOpenTo(Context context) {
    return !recovering || relived(context) > 0;
  }

  /** Whether it has come before. */
  public boolean isRelived(Context context) {
    return relived(context) > 0;
  }

  private long relived(Context context) {
    String mark = context.header(MARK);
    return mark != null && mark.startsWith(secret + ":")
        ? Long.parseLong(mark.substring(secret.length() + 1))
        : 0;
  }

  /** A request as it goes over a wire once more. */
  public String again(long number, RecordedRequest request) {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    request
        .headers()
        .forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    text.append(MARK).append(": ").append(secret).append(':').append(number).append("\r\n");
    int length = request.body().getBytes(StandardCharsets.UTF_8).length;
    return text.append("content-length: ")
        .append(length)
        .append("\r\nconnection: close\r\n\r\n")
        .append(request.body())
        .toString();
  }

  private static RecordedRequest recorded(Context context, boolean changes) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : HEADERS) {
      String value = context.header(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    String body;
    if (context.isMultipart()) { // its parts have been read; handlers see their fields alone
      headers.put("content-type", "application/x-www-form-urlencoded; charset=UTF-8");
      body = encoded(context.formParamMap());
    } else {
      body = context.body();
    }
    String query = context.queryString();
    return new RecordedRequest(
        context.method().name(),
        context.req().getRequestURI() + (query == null ? "" : "?" + query),
        headers,
        body,
        changes && !isByKey(context));
  }

  private static String encoded(Map<String, List<String>> fields) {
    return fields.entrySet().stream()
        .flatMap(field ->
            field.getValue().stream()
                .map(value ->
                    URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(value, StandardCharsets.UTF_8)))
        .collect(Collectors.joining("&"));
  }

  /** Who signs in with an API key is looked up in the world, before the request's turn. */
  private static boolean isByKey(Context context) {
    String header = context.header("authorization");
    try {
      return header != null
          && header.regionMatches(true, 0, BASIC, 0, BASIC.length())
          && new String(
                  Base64.getDecoder().decode(header.substring(BASIC.length()).strip()),
                  StandardCharsets.UTF_8)
              .startsWith(SidKind.API_KEY.prefix());
    } catch (IllegalArgumentException e) {
      return true; // whatever it is
    }
  }
}
