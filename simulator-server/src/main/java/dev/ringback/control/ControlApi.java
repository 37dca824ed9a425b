package dev.ringback.control;

import dev.ringback.config.WorldDraft;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldGone;
import dev.ringback.engine.WorldSettings;
import dev.ringback.state.StateUnavailable;
import dev.ringback.worlds.NoWorld;
import dev.ringback.worlds.RequestRecorder;
import dev.ringback.worlds.WorldChoice;
import dev.ringback.worlds.Worlds;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The routes below {@code /sim/v1}. A handler only posts to the world and waits for its word;
 * errors are {@code {"error": {"message", "field"?, "hint"?}}} with 400, 404, 409, 415, 422, 429 or
 * 503.
 */
public final class ControlApi {

  private static final String BASE = "/sim/v1";

  /**
   * What is asked with POST because the question is long; and what a history knows by a name of its
   * own.
   */
  private static final Set<String> LOOKING_ONLY =
      Set.of(
          "/await",
          "/signature",
          "/calls/{sid}/fork",
          "/snapshots",
          "/snapshots/{name}",
          "/snapshots/{name}/restore");

  private static final Pattern JSON =
      Pattern.compile("\\s*application/json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

  private static final List<AnswerCheck> CHECKS =
      ServiceLoader.load(AnswerCheck.class, ControlApi.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private final Worlds worlds;
  private final WorldChoice choice;
  private final CallHandlers calls;
  private final ReplayHandlers replays;
  private final ExchangeHandlers exchanges;
  private final AccountHandlers account;
  private final ConfigurationHandlers configuration;
  private final JournalHandlers journal;
  private final ClockHandlers clock;
  private final FaultHandlers faults;
  private final SampleAppHandlers sampleApp;
  private final CallbackHandlers callbacks;
  private final SnapshotHandlers snapshots;
  private final LongFunction<WorldDraft> drafts;

  /**
   * @param drafts what another world starts from, given its seed
   * @param server what is configured of the server itself, by key
   */
  public ControlApi(Worlds worlds, LongFunction<WorldDraft> drafts, Map<String, Object> server) {
    this.worlds = worlds;
    this.choice = new WorldChoice(worlds);
    this.calls = new CallHandlers(choice);
    this.replays = new ReplayHandlers(choice);
    this.exchanges = new ExchangeHandlers(choice);
    this.account = new AccountHandlers(choice);
    this.configuration = new ConfigurationHandlers(choice, server);
    this.journal = new JournalHandlers(choice);
    this.clock = new ClockHandlers(choice);
    this.sampleApp = new SampleAppHandlers(choice);
    this.faults = new FaultHandlers(choice);
    this.callbacks = new CallbackHandlers(choice);
    this.snapshots = new SnapshotHandlers(worlds, choice);
    this.drafts = drafts;
  }

  /** Adds the routes. */
  public void routes(RoutesConfig routes) {
    for (Endpoint endpoint : endpoints()) {
      add(routes, BASE + endpoint.path(), endpoint);
      if (endpoint.ofWorld()) {
        add(routes, BASE + "/worlds/{" + WorldChoice.ACCOUNT + "}" + endpoint.path(), endpoint);
      }
    }
    routes.exception(Refusal.class, (e, context) -> context.status(e.status()).json(e.body()));
    routes.exception(
        NoWorld.class,
        (none, context) -> {
          String message = String.valueOf(none.getMessage());
          Refusal refusal =
              none.starting()
                  ? new Refusal(503, message, null, "try again")
                  : Refusal.notFound(message);
          context.status(refusal.status()).json(refusal.body());
        });
    routes.exception(
        CompletionException.class,
        (e, context) -> {
          Refusal refusal = refusal(e.getCause());
          context.status(refusal.status()).json(refusal.body());
        });
    // Javalin hands on what a wait failed of, or the failed wait.
    routes.exception(
        WorldGone.class,
        (gone, context) -> {
          Refusal refusal = refusal(gone);
          context.status(refusal.status()).json(refusal.body());
        });
    routes.exception(
        StateUnavailable.class,
        (e, context) -> {
          Refusal refusal = new Refusal(503, String.valueOf(e.getMessage()), null, null);
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

  private static Refusal refusal(@Nullable Throwable why) {
    String message = why == null ? "" : String.valueOf(why.getMessage());
    if (!(why instanceof WorldGone gone)) {
      return new Refusal(500, "Ringback failed: " + message, null, null);
    }
    return switch (gone.why()) {
      case RESET, CLOSED -> new Refusal(409, message, null, null);
      case SHUT_DOWN, DIED -> new Refusal(503, message, null, null);
    };
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
        new Endpoint("POST", "/calls", true, calls::placeCall),
        new Endpoint("GET", "/calls", true, calls::listCalls),
        new Endpoint("GET", "/calls/{sid}", true, calls::showCall),
        new Endpoint("GET", "/calls/{sid}/timeline", true, calls::showTimeline),
        new Endpoint("POST", "/calls/{sid}/acts", true, calls::act),
        new Endpoint("GET", "/calls/{sid}/scenario", true, replays::scenario),
        new Endpoint("GET", "/calls/{sid}/explain", true, replays::explain),
        new Endpoint("POST", "/calls/{sid}/fork", true, replays::fork),
        new Endpoint("POST", "/workers/{identity}/calls", true, calls::placeWorkerCall),
        new Endpoint("POST", "/sample-app", true, sampleApp::start),
        new Endpoint("GET", "/exchanges/{sid}/{number}", true, exchanges::show),
        new Endpoint("POST", "/exchanges/{sid}/{number}/resend", true, exchanges::resend),
        new Endpoint("GET", "/account", true, account::show),
        new Endpoint("POST", "/workers/{identity}", true, account::changeWorker),
        new Endpoint("GET", "/configuration", true, configuration::show),
        new Endpoint("POST", "/numbers/{number}", true, configuration::changeNumber),
        new Endpoint("GET", "/journal", true, journal::journal),
        new Endpoint("GET", "/journal/stream", true, journal::streamJournal),
        new Endpoint("GET", "/clock", true, clock::showClock),
        new Endpoint("POST", "/clock", true, clock::run),
        new Endpoint("POST", "/clock/advance", true, clock::advance),
        new Endpoint("POST", "/clock/holds", true, clock::hold),
        new Endpoint("DELETE", "/clock/holds", true, clock::release),
        new Endpoint("POST", "/faults", true, faults::order),
        new Endpoint("GET", "/faults", true, faults::list),
        new Endpoint("DELETE", "/faults", true, faults::removeAll),
        new Endpoint("DELETE", "/faults/{id}", true, faults::remove),
        new Endpoint("POST", "/callbacks/{callback}", true, callbacks::make),
        new Endpoint("GET", "/debugger", true, faults::debugger),
        new Endpoint("POST", "/await", true, new AwaitHandlers(choice)::await),
        new Endpoint("POST", "/signature", true, new SignatureHandlers(choice)::examine),
        new Endpoint("POST", "/reset", true, clock::reset),
        new Endpoint("POST", "/snapshots", true, snapshots::take),
        new Endpoint("GET", "/snapshots", true, snapshots::list),
        new Endpoint("POST", "/snapshots/{name}/restore", true, snapshots::restore),
        new Endpoint("DELETE", "/snapshots/{name}", true, snapshots::delete),
        new Endpoint("POST", "/worlds", false, this::createWorld),
        new Endpoint("DELETE", "/worlds/{" + WorldChoice.ACCOUNT + "}", false, this::deleteWorld),
        new Endpoint("GET", "/openapi.yaml", false, this::describe));
  }

  private void add(RoutesConfig routes, String path, Endpoint endpoint) {
    Handler checked =
        context -> {
          handle(context, endpoint);
          check(endpoint, context);
        };
    Handler strict =
        context -> {
          requireJson(context);
          context.body(); // what is half sent is not half done
          checked.handle(context);
        };
    switch (endpoint.method()) {
      case "GET" -> routes.get(path, checked);
      case "POST" -> routes.post(path, strict);
      case "DELETE" -> routes.delete(path, strict);
      default -> throw new IllegalArgumentException(endpoint.method());
    }
  }

  private void handle(Context context, Endpoint endpoint) throws Exception {
    if (!endpoint.ofWorld()) {
      endpoint.handler().handle(context);
      return;
    }
    boolean changes = !endpoint.method().equals("GET") && !LOOKING_ONLY.contains(endpoint.path());
    try (RequestRecorder.Open open = worlds.recorder().open(context, choice.of(context), changes)) {
      endpoint.handler().handle(context);
      open.acknowledge();
    }
  }

  /** A stream has been written already, and is not looked at. */
  private static void check(Endpoint endpoint, Context context) {
    String type = context.res().getContentType();
    if (CHECKS.isEmpty()
        || context.res().isCommitted()
        || type == null
        || context.statusCode() >= 400) {
      return;
    }
    String body = context.result();
    CHECKS.forEach(check ->
        check.answered(
            endpoint.method() + " " + endpoint.path(),
            context.statusCode(),
            type,
            body == null ? "" : body));
  }

  /**
   * A body must say that it is JSON: what a page may send elsewhere without asking first (a form,
   * plain text) is refused whatever is in it. No body and no word of a type is well.
   */
  public static void requireJson(Context context) {
    String type = context.header("Content-Type");
    boolean hasBody = context.contentLength() > 0 || context.header("Transfer-Encoding") != null;
    boolean json = type != null && JSON.matcher(type).matches();
    if (!json && (type != null || hasBody)) {
      throw new Refusal(
          415,
          type == null
              ? "the body has no Content-Type"
              : "the control API takes application/json, not '" + type + "'",
          "Content-Type",
          "send Content-Type: application/json, or no body");
    }
  }

  private void describe(Context context) throws IOException {
    try (InputStream description = ControlApi.class.getResourceAsStream("openapi.yaml")) {
      context
          .contentType("application/yaml; charset=utf-8")
          .result(Objects.requireNonNull(description).readAllBytes());
    }
  }

  // Worlds

  private void createWorld(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    if (worlds.firstAccount().isEmpty()) {
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
    WorldSettings settings = draft.settings();
    if (!worlds.open(settings)) {
      throw Refusal.conflict(
          "there is a world of that account already, or there are too many",
          "give it another seed, or delete the old one");
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("accountSid", settings.account().value());
    view.put("authToken", settings.authToken());
    context.status(201).json(view);
  }

  private void deleteWorld(Context context) {
    World world = choice.of(context);
    String account = world.settings().account().value();
    if (worlds.firstAccount().filter(account::equals).isPresent()) {
      throw Refusal.conflict("the first world stays as long as the server", "POST /sim/v1/reset");
    }
    worlds.end(account);
    context.status(204);
  }
}
