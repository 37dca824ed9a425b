package dev.ringback.control;

import dev.ringback.call.Act;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Role;
import dev.ringback.cast.Troupe;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.Holds;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.files.BadInput;
import dev.ringback.files.Casts;
import dev.ringback.files.Durations;
import dev.ringback.files.JournalJson;
import dev.ringback.files.Problem;
import dev.ringback.files.Section;
import dev.ringback.files.WorldDraft;
import dev.ringback.files.Yaml;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.journal.Entry;
import dev.ringback.journal.Journal;
import dev.ringback.report.Ink;
import dev.ringback.report.Timeline;
import dev.ringback.report.TimelineText;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The routes below {@code /sim/v1}. A handler only posts to the world and waits for its word;
 * errors are {@code {"error": {"message", "field"?, "hint"?}}} with 400, 404, 409 or 422.
 */
public final class ControlApi {
  private static final int MAX_JOURNAL_PAGE = 10_000;
  private static final Duration DEFAULT_LEASE = Duration.ofSeconds(30);

  private static final String BASE = "/sim/v1";
  private static final String ACCOUNT = "AccountSid";

  private final Worlds worlds;
  private final LongFunction<WorldDraft> drafts;

  /**
   * @param drafts what another world starts from, given its seed
   */
  public ControlApi(Worlds worlds, LongFunction<WorldDraft> drafts) {
    this.worlds = worlds;
    this.drafts = drafts;
  }

  /** Adds the routes. */
  public void routes(RoutesConfig routes) {
    for (Endpoint endpoint : endpoints()) {
      add(routes, BASE + endpoint.path(), endpoint);
      if (endpoint.ofWorld()) {
        add(routes, BASE + "/worlds/{" + ACCOUNT + "}" + endpoint.path(), endpoint);
      }
    }
    routes.exception(Refusal.class, (e, context) -> context.status(e.status()).json(e.body()));
    routes.exception(
        CompletionException.class,
        (e, context) -> {
          String why = e.getCause() == null ? "" : String.valueOf(e.getCause().getMessage());
          boolean gone = why.startsWith("the world ");
          Refusal refusal =
              new Refusal(gone ? 409 : 500, gone ? why : "Ringback failed: " + why, null, null);
          context.status(refusal.status()).json(refusal.body());
        });
    routes.exception(
        BadInput.class,
        (e, context) -> {
          Problem first = e.problems().getFirst();
          Refusal refusal = new Refusal(400, first.message(), first.key(), first.hint());
          context.status(refusal.status()).json(refusal.body());
        });
  }

  /**
   * A path below {@code /sim/v1}.
   *
   * @param ofWorld whether it also exists below {@code /worlds/{AccountSid}}, for that world
   */
  record Endpoint(String method, String path, boolean ofWorld, Handler handler) {}

  /** All there are; {@code openapi.yaml} describes the same. */
  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint("POST", "/calls", true, this::placeCall),
        new Endpoint("GET", "/calls", true, this::listCalls),
        new Endpoint("GET", "/calls/{sid}", true, this::showCall),
        new Endpoint("GET", "/calls/{sid}/timeline", true, this::showTimeline),
        new Endpoint("POST", "/calls/{sid}/acts", true, this::act),
        new Endpoint("POST", "/workers/{identity}/calls", true, this::placeWorkerCall),
        new Endpoint("GET", "/journal", true, this::journal),
        new Endpoint("GET", "/journal/stream", true, this::streamJournal),
        new Endpoint("GET", "/clock", true, this::showClock),
        new Endpoint("POST", "/clock/advance", true, this::advance),
        new Endpoint("POST", "/clock/holds", true, this::hold),
        new Endpoint("DELETE", "/clock/holds", true, this::release),
        new Endpoint("POST", "/reset", true, this::reset),
        new Endpoint("POST", "/worlds", false, this::createWorld),
        new Endpoint("DELETE", "/worlds/{" + ACCOUNT + "}", false, this::deleteWorld),
        new Endpoint("GET", "/openapi.yaml", false, this::describe));
  }

  private static void add(RoutesConfig routes, String path, Endpoint endpoint) {
    switch (endpoint.method()) {
      case "GET" -> routes.get(path, endpoint.handler());
      case "POST" -> routes.post(path, endpoint.handler());
      case "DELETE" -> routes.delete(path, endpoint.handler());
      default -> throw new IllegalArgumentException(endpoint.method());
    }
  }

  private void describe(Context context) throws IOException {
    try (InputStream description = ControlApi.class.getResourceAsStream("openapi.yaml")) {
      context
          .contentType("application/yaml; charset=utf-8")
          .result(Objects.requireNonNull(description).readAllBytes());
    }
  }

  private World world(Context context) {
    String account = context.pathParamMap().get(ACCOUNT);
    return account == null
        ? worlds
            .first()
            .orElseThrow(() -> new Refusal(503, "the server is starting", null, "try again"))
        : worlds
            .of(account)
            .orElseThrow(() -> Refusal.notFound("there is no world '" + account + "'"));
  }

  // Worlds

  private void createWorld(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    if (worlds.first().isEmpty()) {
      throw new Refusal(503, "the server is starting", null, "try again");
    }
    long seed = body.integer("seed").orElseGet(worlds::nextSeed);
    WorldDraft draft = drafts.apply(seed);
    body.section("config")
        .ifPresent(config -> {
          draft.read(config);
          config.done();
        });
    body.done();
    body.check();
    World world =
        worlds
            .start(draft.settings())
            .orElseThrow(() ->
                Refusal.conflict(
                    "there is a world of that account already, or there are too many",
                    "give it another seed, or delete the old one"));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("accountSid", world.settings().account().value());
    view.put("authToken", world.settings().authToken());
    context.status(201).json(view);
  }

  private void deleteWorld(Context context) {
    World world = world(context);
    if (worlds.first().filter(world::equals).isPresent()) {
      throw Refusal.conflict("the first world stays as long as the server", "POST /sim/v1/reset");
    }
    worlds.stop(world.settings().account().value());
    context.status(204);
  }

  // Calls

  private void placeCall(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    body.missing("from");
    body.missing("to");
    String from = body.text("from").orElse("");
    String to = body.text("to").orElse("");
    Troupe troupe = troupe(body);
    body.done();
    body.check();
    place(context, new Placement.ByCustomer(from, to, troupe));
  }

  private void placeWorkerCall(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    Optional<String> conversation = body.text("conversationSid");
    Optional<String> customer = body.text("customer");
    Troupe troupe = troupe(body);
    body.done();
    if (conversation.isEmpty() == customer.isEmpty()) {
      body.wrong("conversationSid", "name a conversationSid or a customer, one of them");
    }
    body.check();
    place(
        context,
        new Placement.ByWorker(
            context.pathParam("identity"),
            conversation.orElse(null),
            customer.orElse(null),
            troupe));
  }

  private static Troupe troupe(Section body) {
    Caller caller =
        body.section("caller")
            .map(section -> {
              Caller directed =
                  new Caller(
                      section.duration("speaks").orElse(Caller.DEFAULT.speaks()),
                      section
                          .choice("then", List.of("hangs up", "stays"))
                          .filter("hangs up"::equals)
                          .isPresent());
              section.done();
              return directed;
            })
            .orElse(Caller.DEFAULT);
    return new Troupe(Casts.byName(body, "cast"), caller);
  }

  private void place(Context context, Placement placement) {
    switch (world(context).place(placement).join()) {
      case Placed.Ringing ringing ->
          context.status(201).json(Map.of("callSid", ringing.call().value()));
      case Placed.Refused refused ->
          throw new Refusal(422, refused.message(), refused.field(), refused.hint());
    }
  }

  private void listCalls(Context context) {
    context.json(Map.of("calls", world(context).calls().join().stream().map(Views::call).toList()));
  }

  private void showCall(Context context) {
    context.json(Views.call(record(context).call()));
  }

  private void showTimeline(Context context) {
    Timeline timeline = Timeline.of(record(context));
    if (String.valueOf(context.header("Accept")).startsWith("text/plain")) {
      context.result(String.join("\n", TimelineText.lines(timeline, Ink.PLAIN)) + "\n");
    } else {
      context.json(Views.timeline(timeline));
    }
  }

  /** The call of the path; with {@code ?wait=30s} as it is when it is over, or by then. */
  private CallRecord record(Context context) {
    Sid sid = callSid(context);
    World world = world(context);
    String wait = context.queryParam("wait");
    if (wait != null) {
      Duration most =
          Durations.parse(wait)
              .orElseThrow(() ->
                  new Refusal(
                      400,
                      "wait must be " + Durations.FORM + ", not '" + wait + "'",
                      "wait",
                      null));
      world.whenOver(sid).completeOnTimeout(null, most.toMillis(), TimeUnit.MILLISECONDS).join();
    }
    return world.call(sid).join().orElseThrow(() -> Refusal.notFound("there is no call " + sid));
  }

  private static Sid callSid(Context context) {
    String text = context.pathParam("sid");
    if (!Sid.isWellFormed(SidKind.CALL, text)) {
      throw Refusal.notFound("'" + text + "' is not a call SID: CA and 32 hexadecimal digits");
    }
    return new Sid(text);
  }

  private void act(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    body.missing("party");
    Optional<String> party = body.choice("party", List.of("customer", "worker"));
    Optional<Act> act = Casts.act(body);
    body.done();
    body.check();
    Role role = party.orElseThrow().equals("worker") ? Role.WORKER : Role.CUSTOMER;
    Sid leg =
        role.leg(record(context).call())
            .orElseThrow(
                () -> Refusal.conflict("the " + party.get() + " is not in the call yet", null))
            .sid();
    world(context)
        .act(leg, act.orElseThrow())
        .join()
        .ifPresent(reason -> {
          throw Refusal.conflict("the " + party.get() + " cannot do that now: " + reason, null);
        });
    context.status(202).json(Map.of("callSid", leg.value()));
  }

  // Journal

  private void journal(Context context) {
    long after = number(context, "after", 0);
    int limit = (int) Math.min(MAX_JOURNAL_PAGE, number(context, "limit", 1000));
    World world = world(context);
    Predicate<Entry> wanted = ofCall(world, context.queryParam("call"));
    List<String> page = new ArrayList<>();
    long last = after;
    for (Entry entry : world.journal().after(after, Journal.DEFAULT_CAPACITY)) {
      if (page.size() >= limit) {
        break;
      }
      last = entry.number();
      if (wanted.test(entry)) {
        page.add(JournalJson.write(entry));
      }
    }
    // `last` is where the next page begins, whatever was filtered out before it.
    context
        .contentType("application/json")
        .result("{\"entries\":[" + String.join(",", page) + "],\"last\":" + last + "}");
  }

  private static Predicate<Entry> ofCall(World world, @Nullable String leg) {
    if (leg == null) {
      return entry -> true;
    }
    Sid root =
        Sid.isWellFormed(SidKind.CALL, leg)
            ? world.call(new Sid(leg)).join().map(r -> r.call().sid()).orElse(null)
            : null;
    if (root == null) {
      throw Refusal.notFound("there is no call '" + leg + "'");
    }
    return entry -> root.equals(entry.call());
  }

  private static long number(Context context, String name, long otherwise) {
    String text = context.queryParam(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("\\d{1,18}")) {
      throw new Refusal(400, name + " must be a whole number, not '" + text + "'", name, null);
    }
    return Long.parseLong(text);
  }

  /** Server-sent events: a journal entry each, and a comment a second to keep the line open. */
  private void streamJournal(Context context) throws IOException {
    World world = world(context);
    Journal journal = world.journal();
    // What comes is read from the journal itself; the subscription only says that something came.
    LinkedBlockingQueue<Boolean> bell = new LinkedBlockingQueue<>(1);
    Runnable unsubscribe = journal.subscribe(entry -> bell.offer(true));
    context.contentType("text/event-stream;charset=utf-8").header("Cache-Control", "no-store");
    OutputStream out = context.res().getOutputStream();
    try {
      int generation = journal.generation();
      long sent = number(context, "after", journal.last());
      comment(out, "ready");
      while (!world.isClosed()) {
        if (journal.generation() != generation) {
          generation = journal.generation();
          sent = 0; // the world was reset
        }
        for (Entry entry : journal.after(sent, MAX_JOURNAL_PAGE)) {
          sent = send(out, entry);
        }
        if (bell.poll(1, TimeUnit.SECONDS) == null) {
          comment(out, "alive"); // fails when the reader has gone
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The reader has gone, as readers of streams do.
    } finally {
      unsubscribe.run();
    }
  }

  private static long send(OutputStream out, Entry entry) throws IOException {
    write(
        out,
        "id: %d\nevent: entry\ndata: %s\n\n".formatted(entry.number(), JournalJson.write(entry)));
    return entry.number();
  }

  private static void comment(OutputStream out, String text) throws IOException {
    write(out, ": " + text + "\n\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  // Time

  private void showClock(Context context) {
    context.json(Views.clock(world(context).clock().join()));
  }

  private void advance(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    body.missing("by");
    Optional<Duration> by = body.duration("by");
    body.done();
    body.check();
    if (!(world(context).settings().clock() instanceof ClockMode.Stepped)) {
      throw Refusal.conflict("only a stepped clock can be advanced", "start with --clock stepped");
    }
    CompletableFuture<?> reached = world(context).advance(by.orElseThrow());
    reached.join();
    showClock(context);
  }

  private void hold(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    body.missing("name");
    Optional<String> name = body.text("name");
    Duration lease = body.duration("lease").orElse(DEFAULT_LEASE);
    body.done();
    body.check();
    requireVirtual(context);
    List<Holds.Hold> holds = world(context).hold(name.orElseThrow(), lease).join();
    context.status(201).json(Map.of("holds", holds.stream().map(Views::hold).toList()));
  }

  private void release(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    @Nullable String name = context.queryParam("name");
    if (name == null) {
      body.missing("name");
    }
    String held = body.text("name").orElse(name == null ? "" : name);
    body.done();
    body.check();
    requireVirtual(context);
    if (!world(context).release(held).join()) {
      throw Refusal.notFound("nobody holds the clock by the name '" + held + "'");
    }
    context.status(204);
  }

  private void requireVirtual(Context context) {
    if (!world(context).settings().clock().virtual()) {
      throw Refusal.conflict(
          "a real clock cannot be held", "start with --clock skipping or stepped");
    }
  }

  private void reset(Context context) {
    world(context).reset().join();
    context.status(204);
  }
}
