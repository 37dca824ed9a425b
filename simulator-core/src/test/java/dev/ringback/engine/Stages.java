package dev.ringback.engine;

import dev.ringback.cast.CallParty;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Reaction;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.conversation.Participant;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.Act;
import dev.ringback.voice.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call put on stage, for tests: who is called how, who does what when, and what came of it. */
public final class Stages {
  public final Worlds worlds = new Worlds();
  public final FakeApp app = new FakeApp();
  private final Map<String, Cast> called = new LinkedHashMap<>();
  private final List<ScriptStep> directions = new ArrayList<>();
  private final List<Reaction> reactions = new ArrayList<>();
  private Caller caller = Caller.DEFAULT;

  public Stages() {
    for (String path : List.of("/after", "/got", "/r", "/left", "/next", "/nothing")) {
      at(path, "<Hangup/>");
    }
  }

  private World world = worlds.with(app);

  public Stages at(String path, String twiml) {
    app.at(path, twiml.startsWith("<Response") ? twiml : "<Response>" + twiml + "</Response>");
    return this;
  }

  public Stages cast(String who, Cast cast) {
    called.put(who, cast);
    return this;
  }

  public static Cast answers(int after, int talks) {
    return new Cast.Answers(Duration.ofSeconds(after), Duration.ofSeconds(talks), false);
  }

  public Stages caller(int speaks, boolean hangsUp, String says) {
    caller = new Caller(Duration.ofSeconds(speaks), hangsUp, says);
    return this;
  }

  public Stages customer(double second, Act act) {
    return does(CallParty.CUSTOMER, second, act);
  }

  public Stages worker(double second, Act act) {
    return does(CallParty.WORKER, second, act);
  }

  private Stages does(CallParty role, double second, Act act) {
    return happens(second, new ScriptStep.Does(role, act));
  }

  public Stages happens(double second, ScriptStep.Move move) {
    directions.add(new ScriptStep(Duration.ofMillis((long) (second * 1000)), move));
    return this;
  }

  public Stages on(CallParty role, String words, Act act) {
    reactions.add(new Reaction(role, words, null, act));
    return this;
  }

  public Script script() {
    return new Script(called, caller, List.copyOf(directions), List.copyOf(reactions));
  }

  /** The customer calls, and everything that follows happens. */
  public Stages play() {
    world = worlds.with(app);
    world.place(new Placement.ByCustomer(Worlds.CUSTOMER, Worlds.NUMBER, script()));
    world.runUntilIdle();
    return this;
  }

  /** Another caller comes in. */
  public Stages joined(String from) {
    world.place(new Placement.ByCustomer(from, Worlds.NUMBER, script()));
    world.runUntilIdle();
    return this;
  }

  /** What follows happens in that world. */
  public void on(World world) {
    this.world = world;
  }

  public World world() {
    return world;
  }

  public List<JournalEntry> journal() {
    return world.journal().after(0, 100_000);
  }

  /** When something was requested of that path, in seconds from the beginning. */
  public List<Double> times(String path) {
    return journal().stream()
        .filter(e -> e.fact() instanceof Fact.Requested r && r.url().endsWith("app.test" + path))
        .map(e -> Duration.between(WorldSettings.VIRTUAL_START, e.at()).toMillis() / 1000.0)
        .toList();
  }

  /** A parameter of the last request to that path. */
  public String form(String path, String name) {
    return app.to(path).getLast().form().value(name).orElse("absent");
  }

  public List<Alert> alerts() {
    return journal().stream()
        .filter(e -> e.fact() instanceof Fact.Alerted)
        .map(e -> ((Fact.Alerted) e.fact()).alert())
        .toList();
  }

  public List<String> codes() {
    return alerts().stream().map(Alert::code).toList();
  }

  /** Adds a worker as the REST API does, with its webhooks. */
  void addWorker(Sid conversation, String worker) {
    var unused =
        world()
            .make(
                account ->
                    account
                        .directory()
                        .participantChanges()
                        .add(conversation, Participant.Draft.worker(worker)),
                true);
  }
}
