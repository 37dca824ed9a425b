package dev.ringback.scenariofile;

import dev.ringback.account.Addresses;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Reaction;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.config.CarrierReader;
import dev.ringback.config.FormWords;
import dev.ringback.config.ScriptReader;
import dev.ringback.config.Values;
import dev.ringback.engine.Carrier;
import dev.ringback.engine.Placement;
import dev.ringback.scenario.Scenario;
import dev.ringback.scenario.Scenario.Entrance;
import dev.ringback.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps under {@code when}: calls, each with the directions for its parties. */
final class WhenReader {
  private static final List<String> DIRECTIONS =
      List.of("customer", "worker", "api", "joins", "clock");

  private final Set<String> known;
  private final Map<String, Cast> cast;
  private final List<Scenario.Step> steps = new ArrayList<>();
  private final Map<ScriptStep, Integer> directionLines = new LinkedHashMap<>();
  private final Map<Reaction, Integer> reactionLines = new LinkedHashMap<>();

  /**
   * @param known the workers that a step can name
   * @param cast how called parties behave
   */
  WhenReader(Set<String> known, Map<String, Cast> cast) {
    this.known = known;
    this.cast = cast;
  }

  List<Scenario.Step> steps() {
    return List.copyOf(steps);
  }

  /** Where the directions are written. */
  Scenario.Lines lines() {
    return new Scenario.Lines(Map.copyOf(directionLines), Map.copyOf(reactionLines));
  }

  void read(List<Section> sections) {
    OneCall call = null;
    for (Section step : sections) {
      if (step.has("clock") && call != null) {
        end(call);
        call = new OneCall(null, false, null);
        step.section("clock").ifPresent(this::clock);
      } else if (step.has("call")) {
        end(call);
        call = begin(step.section("call").orElse(null));
      } else if (call == null) {
        if (DIRECTIONS.stream().anyMatch(step::has)) {
          step.wrong(step.keys().iterator().next(), "the first step must be a call");
        }
      } else {
        OneCall current = call;
        step.section("customer").ifPresent(s -> current.party(CallParty.CUSTOMER, s));
        step.section("worker").ifPresent(s -> current.party(CallParty.WORKER, s));
        step.section("api").ifPresent(current::api);
        step.section("joins").ifPresent(current::joins);
      }
      if (!step.has("call") && DIRECTIONS.stream().noneMatch(step::has)) {
        step.missing("call");
      }
      step.done();
    }
    end(call);
  }

  private void clock(Section clock) {
    clock.missing("advance");
    clock.duration("advance").ifPresent(by -> steps.add(new Scenario.Advance(by)));
    clock.done();
  }

  private void end(@Nullable OneCall call) {
    if (call != null) {
      call.end();
    }
  }

  /**
   * @param call null: what is written there is no call, which was said
   */
  private OneCall begin(@Nullable Section call) {
    if (call == null) {
      return new OneCall(null, false, null);
    }
    Duration at = call.duration("at").orElse(null);
    boolean byWorker = call.has("worker");
    Function<Script, Placement> placement = byWorker ? byWorker(call) : byCustomer(call);
    call.done();
    return new OneCall(placement, byWorker && placement != null, at);
  }

  private @Nullable Function<Script, Placement> byWorker(Section call) {
    Optional<String> worker = worker(call);
    Optional<String> conversation = call.text("conversationSid");
    Optional<String> customer = Values.number(call, "customer");
    if (conversation.isEmpty() == customer.isEmpty()) {
      call.wrong("worker", "calls a customer or from a conversationSid: name one of them");
    }
    return worker
        .<Function<Script, Placement>>map(w ->
            directed ->
                new Placement.ByWorker(
                    w, conversation.orElse(null), customer.orElse(null), directed))
        .orElse(null);
  }

  private static @Nullable Function<Script, Placement> byCustomer(Section call) {
    call.missing("from");
    call.missing("to");
    Optional<String> from =
        call.text(
            "from",
            Addresses::isCaller,
            "a number in E.164 such as +15558675310, a sip: address, or anonymous");
    Optional<String> to = Values.number(call, "to");
    Carrier carrier = CarrierReader.read(call);
    return from.isPresent() && to.isPresent()
        ? directed -> new Placement.ByCustomer(from.get(), to.get(), carrier, directed)
        : null;
  }

  private Optional<String> worker(Section section) {
    Optional<String> worker = section.text("worker");
    return worker.isEmpty() || known.contains(worker.get())
        ? worker
        : section.wrong(
            "worker",
            "nobody is called '" + worker.get() + "'",
            FormWords.meant(worker.get(), known)
                .orElse("the workers here are " + String.join(", ", known)));
  }

  /** One call while its directions are read. */
  private final class OneCall {
    private final ScriptReader script = new ScriptReader();
    private final @Nullable Function<Script, Placement> placement;
    private final boolean workerCalls;
    private final @Nullable Duration at;

    /**
     * @param placement of the parties with their directions; null: who calls whom is not known
     */
    OneCall(
        @Nullable Function<Script, Placement> placement,
        boolean workerCalls,
        @Nullable Duration at) {
      this.placement = placement;
      this.workerCalls = workerCalls;
      this.at = at;
    }

    void party(CallParty role, Section section) {
      if (section.has("act")) {
        script.party(role, section);
      } else {
        if (workerCalls == (role == CallParty.CUSTOMER)) {
          section.wrong("speaks", "is for the party that calls", "give the called one a cast");
        }
        script.caller(section);
      }
      section.done();
    }

    void api(Section section) {
      if (Stream.of("get", "post", "delete").anyMatch(section::has)) {
        request(section);
        return;
      }
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

    /** Any request of the REST API. */
    void request(Section section) {
      section.missing("at");
      Optional<Duration> at = section.duration("at");
      List<String> methods = Stream.of("get", "post", "delete").filter(section::has).toList();
      if (methods.size() != 1) {
        section.wrong(methods.get(1), "is a second request; each has an api: of its own");
      }
      Optional<String> path =
          section.text(
              methods.getFirst(),
              text -> text.startsWith("/"),
              "a path such as /2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}.json");
      Map<String, String> form = section.freeTexts("form");
      Optional<Integer> status =
          section.value(
              "answers",
              text ->
                  text.matches("[1-5]\\d\\d")
                      ? Optional.of(Integer.valueOf(text))
                      : Optional.<Integer>empty(),
              "a status of HTTP such as 404");
      boolean maybe = section.flag("maybe").orElse(false);
      section.done();
      if (at.isPresent() && path.isPresent()) {
        script.at(
            at.get(),
            new ScriptStep.ApiRequest(
                methods.getFirst().toUpperCase(Locale.ROOT), path.get(), form, status.orElse(0)),
            maybe,
            section.line(""));
      }
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

    void end() {
      Script directed = script.script(cast);
      directionLines.putAll(script.directionLines());
      reactionLines.putAll(script.reactionLines());
      if (placement != null) {
        steps.add(new Entrance(placement.apply(directed), at));
      }
    }
  }
}
