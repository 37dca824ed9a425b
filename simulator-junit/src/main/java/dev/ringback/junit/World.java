package dev.ringback.junit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * A Twilio account of a test's own, with a virtual clock: time passes only when the test waits for
 * something ({@link Call#expect}, {@link Call#ends}) or lets it pass ({@link #advance}).
 *
 * <p>A test fails when a call of it was never placed, and when Twilio raised an error that the test
 * does not {@link #allow}.
 */
public final class World {
  /** A call that does not end by then never does: Twilio ends it. */
  private static final Duration LONGEST = Duration.ofHours(4).plusMinutes(5);

  /** On the wall: an app that answers first and asks afterwards does so by then. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Engine engine;
  private final Map<String, Object> config = new LinkedHashMap<>();
  private final List<Map<String, Object>> conversations = new ArrayList<>();
  private final Set<String> workers = new LinkedHashSet<>();
  private final Set<String> allowed = new LinkedHashSet<>();
  private final List<Call> calls = new ArrayList<>();
  private String voiceUrl = "";
  private boolean playsScenario;
  private @Nullable String account;

  World(Engine engine) {
    this.engine = engine;
  }

  // Before the first call

  /**
   * Where the app is; its voice URL is {@code /voice} there.
   *
   * @param baseUrl such as {@code http://localhost:3000}
   */
  public World app(String baseUrl) {
    isAbsolute(baseUrl);
    return voice(baseUrl.replaceFirst("/$", "") + "/voice");
  }

  /** The voice URL of all numbers. */
  public World voice(String url) {
    notBegun();
    isAbsolute(url);
    voiceUrl = url;
    return this;
  }

  private static void isAbsolute(String url) {
    if (!url.matches("https?://[^/]+.*")) {
      throw new IllegalArgumentException(
          "'%s' is no address of an app; say it as http://localhost:3000".formatted(url));
    }
  }

  /** A worker of Frontline; without any there is {@code worker@example.com}. */
  public World worker(String identity) {
    notBegun();
    workers.add(identity);
    return this;
  }

  /** A conversation that there is already. */
  public World conversation(String customer, String number, String worker) {
    notBegun();
    workers.add(worker);
    conversations.add(Map.of("customer", customer, "number", number, "worker", worker));
    return this;
  }

  /**
   * A key of {@code ringback.yaml}.
   *
   * @param value strings, numbers, lists and maps
   */
  public World config(String key, Object value) {
    notBegun();
    config.put(key, value);
    return this;
  }

  /** Errors that Twilio may raise without failing the test, such as {@code 11200}. */
  public World allow(String... codes) {
    allowed.addAll(List.of(codes));
    return this;
  }

  private void notBegun() {
    if (account != null) {
      throw new IllegalStateException("a call was placed already; say this before");
    }
  }

  /**
   * As {@code ringback run --app} takes it: a URL with a path is the voice URL itself. A scenario
   * with paths of its own has them from the root of the server.
   */
  String appOfScenarios() {
    playsScenario = true;
    String root = voiceUrl.replaceFirst("^(https?://[^/]+)/voice$", "$1");
    return root.isEmpty() ? voiceUrl : root;
  }

  // Calls

  /**
   * A customer calls a number.
   *
   * @param from a number in E.164, such as {@code +15558675310}, or {@code anonymous}
   * @param to in E.164
   */
  public Call call(String from, String to) {
    Objects.requireNonNull(from, "from: who calls, such as +15558675310");
    Objects.requireNonNull(to, "to: the number that is called, such as +15017122661");
    Call call = new Call(this, from, to);
    calls.add(call);
    return call;
  }

  /** The account's SID. */
  public String accountSid() {
    return begun();
  }

  /** The account's auth token; all worlds of a run have the same. */
  public String authToken() {
    return engine.authToken();
  }

  /** Where the REST API of this Twilio is, such as {@code http://localhost:41234}. */
  public String url() {
    return engine.url();
  }

  /** Lets time pass: everything that is due by then happens. Places the calls made so far. */
  public void advance(Duration by) {
    calls.forEach(Call::place);
    begun();
    pass(by);
  }

  private void pass(Duration by) {
    Engine.Answer advanced = request("POST", "/clock/advance", Map.of("by", Durations.text(by)));
    if (advanced.status() != 200) {
      throw new IllegalStateException("time does not pass: " + advanced.error());
    }
  }

  private String begun() {
    if (account == null) {
      if (voiceUrl.isEmpty()) {
        throw new IllegalStateException(
            "where is the app? Say world.app(\"http://localhost:3000\") before the first call");
      }
      Map<String, Object> all = new LinkedHashMap<>(config);
      if (!workers.isEmpty()) {
        all.putIfAbsent(
            "workers", workers.stream().map(identity -> Map.of("identity", identity)).toList());
      }
      if (!conversations.isEmpty()) {
        all.putIfAbsent("conversations", conversations);
      }
      account =
          String.valueOf(
              engine.apply("world", Map.of("voiceUrl", voiceUrl, "config", all)).get("accountSid"));
    }
    return account;
  }

  Engine.Answer request(String method, String path, @Nullable Map<String, Object> body) {
    return engine.request(method, "/worlds/" + begun() + path, body);
  }

  String text(String path) {
    return engine.text("/worlds/" + begun() + path);
  }

  // Waiting

  Exchange await(String what, Map<String, Object> awaited) {
    Instant end = null;
    while (true) {
      Engine.Answer came = await(awaited, Duration.ofMillis(1));
      if (came.status() == 200) {
        return exchange(came);
      }
      if (came.status() != 408) {
        throw new IllegalArgumentException(what + ": " + came.error());
      }
      Engine.Answer clock = request("GET", "/clock", null);
      Instant now = Instant.parse(clock.text("now"));
      end = end == null ? now.plus(LONGEST) : end;
      boolean busy = !clock.text("inFlight").equals("0");
      String due = clock.text("nextDue");
      if (busy) {
        await(awaited, Duration.ofMillis(50));
      } else if (!due.isEmpty() && !Instant.parse(due).isAfter(end)) {
        pass(Duration.between(now, Instant.parse(due)).plusMillis(1));
      } else {
        return last(what, awaited);
      }
    }
  }

  /** Nothing is due any more, but the app may still ask the REST API for something. */
  private Exchange last(String what, Map<String, Object> awaited) {
    Engine.Answer came = await(awaited, PATIENCE);
    if (came.status() == 200) {
      return exchange(came);
    }
    StringBuilder text = new StringBuilder("expected ").append(what);
    came.list("nearest").forEach(line -> text.append("\n  ").append(line));
    unexpected().ifPresent(error -> text.append("\n  why: ").append(error.text()));
    throw failed(text.toString());
  }

  private Engine.Answer await(Map<String, Object> awaited, Duration within) {
    Map<String, Object> body = new LinkedHashMap<>(awaited);
    body.put("within", Durations.text(within));
    return request("POST", "/await", body);
  }

  private static Exchange exchange(Engine.Answer came) {
    Map<String, String> form = new LinkedHashMap<>();
    if (came.at("form") instanceof Map<?, ?> params) {
      params.forEach((name, value) -> form.put(String.valueOf(name), String.valueOf(value)));
    }
    String status = came.text("answer", "status");
    return new Exchange(
        form, status.isEmpty() ? 0 : Integer.parseInt(status), came.text("answer", "body"));
  }

  Engine.Answer untilOver(Call call) {
    Duration passed = Duration.ZERO;
    while (true) {
      Engine.Answer now = request("GET", "/calls/" + call.sid(), null);
      if (now.text("over").equals("true") || passed.compareTo(LONGEST) > 0) {
        return now;
      }
      Engine.Answer clock = request("GET", "/clock", null);
      String due = clock.text("nextDue");
      if (!clock.text("inFlight").equals("0") || due.isEmpty()) {
        Engine.Answer waited = request("GET", "/calls/" + call.sid() + "?wait=50ms", null);
        if (due.isEmpty() && clock.text("inFlight").equals("0")) {
          return waited;
        }
      } else {
        Duration step =
            Duration.between(Instant.parse(clock.text("now")), Instant.parse(due)).plusMillis(1);
        pass(step);
        passed = passed.plus(step);
      }
    }
  }

  AssertionFailedError failed(String message) {
    return new AssertionFailedError(message);
  }

  // The end of a test

  /**
   * What was wrong beside the test's own assertions; empty: nothing. Calls that still go on go on
   * to their end first.
   */
  String leftOver() {
    List<Call> never = calls.stream().filter(call -> !call.isPlaced()).toList();
    if (!never.isEmpty()) {
      return "a call from %s was made, and nothing was waited for, so it never took place"
          .formatted(never.getFirst().from());
    }
    if (account == null) {
      return voiceUrl.isEmpty() || playsScenario
          ? ""
          : "the test says where the app is, and no call is placed: nothing was asked of it";
    }
    calls.forEach(this::untilOver);
    return unexpected()
        .map(error -> "%s (world.allow(\"%s\") allows it)".formatted(error.text(), error.code()))
        .orElse("");
  }

  /** An error that Twilio raised. */
  private record Raised(String code, String text) {}

  /** The first error that the test does not allow. */
  private Optional<Raised> unexpected() {
    for (Object entry : request("GET", "/debugger", null).list("entries")) {
      if (entry instanceof Map<?, ?> alert
          && "ERROR".equals(alert.get("level"))
          && !allowed.contains(String.valueOf(alert.get("code")))) {
        String code = String.valueOf(alert.get("code"));
        return Optional.of(
            new Raised(code, "Twilio raised the error %s: %s".formatted(code, alert.get("text"))));
      }
    }
    return Optional.empty();
  }

  /** Everything that happened, for people to read, and how to play it again. */
  String story(String name) {
    StringBuilder story = new StringBuilder();
    for (Call call : calls) {
      if (call.isPlaced()) {
        story.append(call.timeline()).append('\n');
        untilOver(call);
        story.append(Story.again(engine, "/worlds/" + begun(), call, name, voiceUrl));
      }
    }
    return story.toString();
  }

  void end() {
    if (account != null) {
      engine.request("DELETE", "/worlds/" + account, null);
    }
  }
}
