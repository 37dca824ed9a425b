package dev.ringback.report;

import dev.ringback.call.CallEvent;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.id.Sid;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.JournalJson;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Urls;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a world as lines of JSON, for programs that gather logs: a call begins and ends,
 * a request has been answered, the Debugger says something. Each has {@code time} (of the world),
 * {@code level}, {@code event} and, where there is one, {@code call}. Neither parameters nor bodies
 * are in it.
 */
public final class JsonLog {
  private final World world;
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final AnswerTimes answers = new AnswerTimes(this::answered);

  /** Lines that nobody had room for since the last that was written. */
  private long dropped;

  /** Lines that a reader who has stopped may miss, before more are dropped. */
  private static final int MOST_WAITING = 100_000;

  /** The first line: where the server is; the token is told when it was drawn, and is no secret. */
  public static String ready(String url, WorldSettings settings) {
    Map<String, @Nullable Object> line = line(Instant.now(), "info", "ready", null);
    line.put("url", url);
    line.put("accountSid", settings.account().value());
    if (settings.identity().credentials().drawn()) {
      line.put("authToken", settings.authToken());
    }
    return JournalJson.mapper().writeValueAsString(line);
  }

  /**
   * @param world whose lines are gathered from now on
   */
  public JsonLog(World world) {
    this.world = world;
    world.journal().subscribe(this::take);
  }

  /** Writes lines until this thread is interrupted; the world never waits for a reader. */
  public void writeTo(Consumer<String> out) throws InterruptedException {
    while (!world.isClosed()) {
      out.accept(lines.take());
    }
  }

  /** On the world's loop. */
  private void take(JournalEntry entry) {
    answers.accept(entry);
    if (entry.fact() instanceof Fact.Placed placed) {
      Map<String, @Nullable Object> line = line(entry.at(), "info", "call-placed", entry.call());
      line.put("direction", placed.call().facts().leg().direction().wireName());
      write(line);
    } else if (entry.fact() instanceof Fact.Alerted(var alert)) {
      Map<String, @Nullable Object> line =
          line(entry.at(), alert.level().name().toLowerCase(Locale.ROOT), "alert", entry.call());
      line.put("code", alert.code());
      line.put("message", alert.message());
      write(line);
    } else if (entry.fact() instanceof Fact.Happened(CallEvent.CallEnded end)) {
      Map<String, @Nullable Object> line = line(entry.at(), "info", "call-ended", entry.call());
      line.put("status", end.leg().status().wireName());
      line.put("seconds", end.leg().answered() ? end.leg().seconds() : 0);
      line.put("message", end.why());
      write(line);
    }
  }

  private void answered(JournalEntry entry, Exchange exchange, Landing landing, Duration took) {
    String problem = landing.problem();
    Map<String, @Nullable Object> line =
        line(entry.at(), problem == null ? "info" : "error", "request", exchange.call());
    line.put("kind", exchange.kind().wireName());
    line.put("method", exchange.request().method().name());
    line.put("url", Urls.masked(exchange.request().url()));
    line.put("status", landing instanceof Landing.Answered answered ? answered.status() : null);
    line.put("attempts", exchange.attempts().size());
    line.put("millis", took.toMillis());
    if (problem != null) {
      line.put("message", problem);
    }
    write(line);
  }

  private static Map<String, @Nullable Object> line(
      Instant at, String level, String event, @Nullable Sid call) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("time", at.toString());
    line.put("level", level);
    line.put("event", event);
    if (call != null) {
      line.put("call", call.value());
    }
    return line;
  }

  private void write(Map<String, @Nullable Object> line) {
    if (lines.size() >= MOST_WAITING) {
      dropped++;
      return;
    }
    if (dropped > 0) {
      line.put("droppedBefore", dropped);
      dropped = 0;
    }
    lines.add(JournalJson.mapper().writeValueAsString(line));
  }
}
