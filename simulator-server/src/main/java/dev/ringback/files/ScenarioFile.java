package dev.ringback.files;

import dev.ringback.account.Addresses;
import dev.ringback.call.CallStatus;
import dev.ringback.call.RequestKind;
import dev.ringback.call.Target;
import dev.ringback.call.VoiceUrls;
import dev.ringback.callback.AddressMap;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Reaction;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.engine.Placement;
import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSettings.PhoneNumber;
import dev.ringback.scenario.Expectation;
import dev.ringback.scenario.Expectation.Answer;
import dev.ringback.scenario.Matcher;
import dev.ringback.scenario.Scenario;
import dev.ringback.scenario.Scenario.Entrance;
import dev.ringback.scenario.Scenario.Expected;
import dev.ringback.scenario.Vocabulary;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.words.Nearest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A scenario as a file says it; see INTERFACE, "A scenario", and {@code scenarios/README.md}. */
public final class ScenarioFile {
  private static final String DEFAULT_VOICE_PATH = "/voice";

  private final Path file;
  private final WorldDraft draft = new WorldDraft();
  private final List<Entrance> calls = new ArrayList<>();
  private final List<Expected> then = new ArrayList<>();
  private final Set<String> allow = new LinkedHashSet<>();
  private final Map<ScriptStep, Integer> directionLines = new LinkedHashMap<>();
  private final Map<Reaction, Integer> reactionLines = new LinkedHashMap<>();
  private Map<String, Cast> cast = Map.of();
  private String name = "";
  private boolean strict;
  private @Nullable Path app;
  private Paths paths = new Paths(null, HttpMethod.POST, null, null, null, null, null, null, null);

  /** Where on the app its endpoints are; null: the app has none, or the default. */
  private record Paths(
      @Nullable String voice,
      HttpMethod method,
      @Nullable String fallback,
      @Nullable String status,
      @Nullable String outgoing,
      @Nullable String debugger,
      @Nullable String routing,
      @Nullable String preWebhook,
      @Nullable String postWebhook) {}

  private ScenarioFile(Path file) {
    this.file = file;
  }

  public static ScenarioFile read(Path file) throws BadInput {
    Section root = Yaml.read(file);
    ScenarioFile scenario = new ScenarioFile(file);
    scenario.read(root);
    root.check();
    return scenario;
  }

  public Path file() {
    return file;
  }

  public String name() {
    return name;
  }

  /** The canned app beside the file; empty: the scenario wants a real one. */
  public Optional<Path> app() {
    return Optional.ofNullable(app);
  }

  public long seed() {
    return draft.seed;
  }

  public void seed(long seed) {
    draft.seed = seed;
  }

  /** Who the account is. */
  public void account(KnownAccount known) {
    draft.account(known);
  }

  /** Where apps find this Twilio. */
  public void publicUrl(String url) {
    draft.publicUrl = url;
  }

  public Scenario scenario() {
    return new Scenario(
        name,
        List.copyOf(calls),
        List.copyOf(then),
        Set.copyOf(allow),
        strict,
        new Scenario.Lines(Map.copyOf(directionLines), Map.copyOf(reactionLines)));
  }

  /**
   * The world the scenario plays in.
   *
   * @param appUrl where the app is; a URL with a path is the voice URL itself, unless the scenario
   *     names its paths
   */
  public WorldSettings settings(String appUrl) {
    return settings(appUrl, appUrl);
  }

  /**
   * The same, with the app under another address than the one it is known by.
   *
   * @param localUrl where it really is
   */
  public WorldSettings settings(String appUrl, String localUrl) {
    URI uri = URI.create(appUrl);
    boolean isVoiceUrl =
        paths.voice() == null && uri.getPath() != null && uri.getPath().length() > 1;
    String base = isVoiceUrl ? appUrl : WorldDraft.withoutSlash(appUrl);
    Target root = new Target(base, HttpMethod.POST);
    Target voice =
        isVoiceUrl
            ? new Target(appUrl, paths.method())
            : root.resolve(
                paths.voice() == null ? DEFAULT_VOICE_PATH : paths.voice(), paths.method());
    VoiceUrls line =
        new VoiceUrls(voice, target(root, paths.fallback()), target(root, paths.status()));
    draft.clockMode = "skipping";
    Set<String> dialled = new LinkedHashSet<>();
    for (Entrance call : calls) {
      if (call.placement() instanceof Placement.ByCustomer customer) {
        dialled.add(customer.to());
      }
    }
    Target outgoing = target(root, paths.outgoing());
    draft.debugger = target(root, paths.debugger());
    draft.hook(
        url(root, paths.routing()), url(root, paths.preWebhook()), url(root, paths.postWebhook()));
    if (!localUrl.equals(appUrl)) {
      draft.routes.clear();
      draft.routes.add(new AddressMap.Route(appUrl, localUrl));
    }
    return draft.settings(
        dialled.stream().map(number -> new PhoneNumber(number, line)).toList(),
        new VoiceUrls(outgoing == null ? voice : outgoing, line.fallback(), line.statusCallback()));
  }

  private static @Nullable Target target(Target root, @Nullable String path) {
    return path == null ? null : root.resolve(path, HttpMethod.POST);
  }

  private static @Nullable String url(Target root, @Nullable String path) {
    Target target = target(root, path);
    return target == null ? null : target.url();
  }

  private void read(Section root) {
    root.missing("scenario");
    name = root.text("scenario").orElse("");
    strict = root.flag("strict").orElse(false);
    allow(root);
    root.section("given").ifPresent(this::readGiven);
    root.missing("when");
    readWhen(root);
    root.missing("then");
    if (calls.isEmpty() || root.sections("then").isEmpty()) {
      root.wrong("then", "a scenario has at least one call and one expectation");
    }
    root.sections("then").forEach(this::readExpectation);
    root.done();
  }

  /** Errors that may be raised without being expected. */
  private void allow(Section section) {
    List<String> codes = Vocabulary.codes();
    for (String code : section.texts("allow")) {
      if (codes.contains(code)) {
        allow.add(code);
      } else {
        section.wrong(
            "allow", "there is no error '" + code + "'", FormWords.meant(code, codes).orElse(null));
      }
    }
  }

  private void readGiven(Section given) {
    draft.readPeople(given);
    given.integer("seed").ifPresent(s -> draft.seed = s);
    given.duration("latency").ifPresent(l -> draft.latency = l);
    given.duration("patience").ifPresent(p -> draft.patience = p);
    cast = Casts.byName(given, "cast");
    given.section("cast").ifPresent(names -> names.keys().forEach(name -> castOf(names, name)));
    given.text("app").ifPresent(a -> app = file.resolveSibling(a));
    given
        .section("urls")
        .ifPresent(urls -> {
          paths =
              new Paths(
                  path(urls, "voice"),
                  urls.choice("method", List.of("GET", "POST"))
                      .map(HttpMethod::valueOf)
                      .orElse(HttpMethod.POST),
                  path(urls, "fallback"),
                  path(urls, "status"),
                  path(urls, "outgoing"),
                  path(urls, "debugger"),
                  path(urls, "routing"),
                  path(urls, "preWebhook"),
                  path(urls, "postWebhook"));
          urls.done();
        });
    given.done();
  }

  /**
   * A number can always be called, and so can whom the app adds or its TwiML names; whether it does
   * is known afterwards. What looks like one of the workers was meant to be one.
   */
  private void castOf(Section names, String name) {
    Set<String> known = draft.people();
    String client = name.startsWith("client:") ? name.substring("client:".length()) : name;
    if (Script.isPattern(name)
        || known.contains(client)
        || Addresses.isE164(name)
        || name.startsWith("sip:")) {
      return;
    }
    if (name.matches("\\+?[\\d ().-]{5,}")) {
      names.wrong(name, "a number is written in E.164, such as +15558675310, not '" + name + "'");
    } else if (!name.startsWith("client:") && Nearest.slip(client, known).isPresent()) {
      names.wrong(
          name,
          "nobody is called '" + name + "'",
          "did you mean '%s'? Write client:%s for a client that the app's own TwiML dials"
              .formatted(Nearest.slip(client, known).orElseThrow(), name));
    } else {
      then.add(new Expected(new Expectation.Called(client), names.line(name)));
    }
  }

  private static Optional<String> nobody(
      Section section, String key, String name, Set<String> known) {
    return section.wrong(
        key,
        "nobody is called '" + name + "'",
        FormWords.meant(name, known).orElse("the workers here are " + String.join(", ", known)));
  }

  private static @Nullable String path(Section section, String key) {
    return section
        .text(key, p -> p.startsWith("/"), "a path that begins with a slash")
        .orElse(null);
  }

  // when

  private void readWhen(Section root) {
    Play play = new Play();
    for (Section step : root.sections("when")) {
      if (step.has("call")) {
        play.end();
        play.begin(step.section("call"));
      } else if (!play.begun()) {
        step.wrong(
            step.keys().stream().findFirst().orElse("call"), "the first step must be a call");
      } else {
        step.section("customer").ifPresent(s -> play.party(CallParty.CUSTOMER, s));
        step.section("worker").ifPresent(s -> play.party(CallParty.WORKER, s));
        step.section("api").ifPresent(play::api);
        step.section("joins").ifPresent(play::joins);
      }
      step.done();
    }
    play.end();
  }

  /** One call while its directions are read. */
  private final class Play {
    private ScriptDraft script = new ScriptDraft();
    private @Nullable Placement placement;
    private @Nullable Duration at;
    private boolean begun;

    boolean begun() {
      return begun;
    }

    void begin(Optional<Section> section) {
      begun = true;
      section.ifPresent(call -> {
        at = call.duration("at").orElse(null);
        if (call.has("worker")) {
          Optional<String> worker = worker(call);
          Optional<String> conversation = call.text("conversationSid");
          Optional<String> customer = WorldDraft.number(call, "customer");
          if (conversation.isEmpty() == customer.isEmpty()) {
            call.wrong("worker", "calls a customer or from a conversationSid: name one of them");
          }
          worker.ifPresent(w ->
              placement =
                  new Placement.ByWorker(
                      w, conversation.orElse(null), customer.orElse(null), Script.NO_DIRECTIONS));
        } else {
          call.missing("from");
          call.missing("to");
          Optional<String> from =
              call.text(
                  "from",
                  Addresses::isCaller,
                  "a number in E.164 such as +15558675310, a sip: address, or anonymous");
          Optional<String> to = WorldDraft.number(call, "to");
          if (from.isPresent() && to.isPresent()) {
            placement = new Placement.ByCustomer(from.get(), to.get(), Script.NO_DIRECTIONS);
          }
        }
        call.done();
      });
    }

    void party(CallParty role, Section section) {
      if (section.has("act")) {
        script.party(role, section);
      } else {
        boolean workerCalls = placement instanceof Placement.ByWorker;
        if (workerCalls == (role == CallParty.CUSTOMER)) {
          section.wrong("speaks", "is for the party that calls", "give the called one a cast");
        }
        script.caller(section);
      }
      section.done();
    }

    void api(Section section) {
      section.missing("at");
      section.missing("status");
      Optional<Duration> at = section.duration("at");
      boolean cancel =
          section
              .choice("status", List.of("completed", "canceled"))
              .filter("canceled"::equals)
              .isPresent();
      boolean maybe = section.flag("maybe").orElse(false);
      CallParty role =
          section.choice("leg", List.of("customer", "worker")).orElse("customer").equals("worker")
              ? CallParty.WORKER
              : CallParty.CUSTOMER;
      section.done();
      at.ifPresent(
          t -> script.at(t, new ScriptStep.EndedByApi(role, cancel), maybe, section.line("")));
    }

    void joins(Section section) {
      section.missing("at");
      section.missing("worker");
      Optional<Duration> at = section.duration("at");
      Optional<String> worker = worker(section);
      boolean maybe = section.flag("maybe").orElse(false);
      section.done();
      if (at.isPresent() && worker.isPresent()) {
        script.at(at.get(), new ScriptStep.Joins(worker.get()), maybe, section.line(""));
      }
    }

    private Optional<String> worker(Section section) {
      Optional<String> worker = section.text("worker");
      Set<String> known = draft.people();
      return worker.isEmpty() || known.contains(worker.get())
          ? worker
          : nobody(section, "worker", worker.get(), known);
    }

    void end() {
      Script directed = script.script(cast);
      directionLines.putAll(script.directionLines());
      reactionLines.putAll(script.reactionLines());
      if (placement != null) {
        calls.add(
            new Entrance(
                switch (placement) {
                  case Placement.ByCustomer c ->
                      new Placement.ByCustomer(c.from(), c.to(), directed);
                  case Placement.ByWorker w ->
                      new Placement.ByWorker(
                          w.worker(), w.conversationSid(), w.customer(), directed);
                  case Placement.ByApi api ->
                      throw new IllegalStateException("a scenario places no such call");
                },
                at));
      }
      placement = null;
      script = new ScriptDraft();
    }
  }

  // then

  private void readExpectation(Section section) {
    int line = section.line("");
    if (section.has("request")) {
      request(section, Answer.GOOD).ifPresent(r -> then.add(new Expected(r, line)));
    } else if (section.has("never")) {
      section
          .section("never")
          .flatMap(unwanted -> request(unwanted, new Answer.Any()))
          .ifPresent(r -> then.add(new Expected(new Expectation.Never(r), line)));
      section.done();
    } else if (section.has("call")) {
      section
          .section("call")
          .ifPresent(call -> {
            call.missing("ends");
            call.named("ends", CallStatus.class)
                .ifPresent(
                    status -> then.add(new Expected(new Expectation.CallEnds(status), line)));
            call.done();
          });
      section.done();
    } else if (section.has("alert")) {
      List<String> codes = Vocabulary.codes();
      section
          .text("alert")
          .ifPresent(code -> {
            if (!codes.contains(code)) {
              section.wrong(
                  "alert",
                  "there is no alert '" + code + "'",
                  FormWords.meant(code, codes).orElse(null));
            }
            then.add(new Expected(new Expectation.Alerts(code), line));
          });
      section.done();
    } else if (section.has("allow")) {
      allow(section);
      section.done();
    } else {
      section.missing("request");
      section.done();
    }
  }

  /**
   * @param unsaid what its answer must be when the file does not say
   */
  private static Optional<Expectation.Request> request(Section section, Answer unsaid) {
    section.missing("request");
    Optional<RequestKind> kind = section.named("request", RequestKind.class);
    Optional<HttpMethod> method =
        section.choice("method", List.of("GET", "POST")).map(HttpMethod::valueOf);
    Map<String, Matcher> form = Matchers.byName(section, "form");
    Map<String, String> equal = new LinkedHashMap<>();
    Map<String, String> patterns = new LinkedHashMap<>();
    form.forEach((name, matcher) -> {
      if (matcher instanceof Matcher.Equal value) {
        equal.put(name, value.expected());
      } else if (matcher instanceof Matcher.Regex regex) {
        patterns.put(name, regex.pattern());
      }
    });
    kind.ifPresent(k ->
        section.section("form").ifPresent(names -> FormWords.check(names, k, equal, patterns)));
    Map<String, Matcher> query = Matchers.byName(section, "query");
    Optional<Expectation.Window> at = Matchers.window(section, "at");
    Answer answer = section.has("answer") ? answer(section) : unsaid;
    Optional<Integer> attempts = section.integer("attempts").map(Math::toIntExact);
    section.done();
    return kind.map(k ->
        new Expectation.Request(
            k, method.orElse(null), form, query, at.orElse(null), answer, attempts.orElse(null)));
  }

  private static Answer answer(Section section) {
    if (section.isText("answer")) {
      section.choice("answer", List.of("none"));
      return new Answer.None();
    }
    return section
        .section("answer")
        .<Answer>map(given -> {
          List<String> verbs = given.has("verbs") ? given.texts("verbs") : null;
          if (verbs != null) {
            Set<String> known = Vocabulary.verbs();
            verbs.stream()
                .filter(verb -> !known.contains(verb))
                .forEach(verb ->
                    given.wrong(
                        "verbs",
                        "there is no verb <" + verb + ">",
                        FormWords.meant(verb, known).orElse(null)));
          }
          Matcher status = given.has("status") ? Matchers.read(given, "status").orElse(null) : null;
          if (status instanceof Matcher.Equal equal && !equal.expected().matches("[1-5]\\d\\d")) {
            given.wrong(
                "status",
                "must be a status of HTTP such as 500, not '%s'".formatted(equal.expected()));
          }
          given.done();
          return new Answer.Given(status, verbs);
        })
        .orElse(Answer.GOOD);
  }
}
