package dev.ringback.control;

import dev.ringback.call.Call;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Script;
import dev.ringback.config.CarrierReader;
import dev.ringback.config.CastReader;
import dev.ringback.config.ScriptReader;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.Carrier;
import dev.ringback.engine.PastCalls;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.report.CallWatch;
import dev.ringback.report.Detail;
import dev.ringback.report.Hints;
import dev.ringback.report.Ink;
import dev.ringback.report.Timeline;
import dev.ringback.report.TimelineReader;
import dev.ringback.report.TimelineText;
import dev.ringback.viewer.CallViews;
import dev.ringback.viewer.Moments;
import dev.ringback.voice.Act;
import dev.ringback.voice.Leg;
import dev.ringback.worlds.WorldChoice;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Durations;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Placing calls, acting in them, and reading what happened. */
final class CallHandlers {
  private final WorldChoice choice;

  CallHandlers(WorldChoice choice) {
    this.choice = choice;
  }

  void placeCall(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    body.missing("from");
    body.missing("to");
    String from = body.text("from").orElse("");
    String to = body.text("to").orElse("");
    Carrier carrier = CarrierReader.read(body);
    Script script = script(body);
    body.done();
    body.check();
    place(context, new Placement.ByCustomer(from, to, carrier, script));
  }

  void placeWorkerCall(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    Optional<String> conversation = body.text("conversationSid");
    Optional<String> customer = body.text("customer");
    Script script = script(body);
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
            script));
  }

  private static Script script(Section body) {
    ScriptReader script = new ScriptReader();
    body.section("caller")
        .ifPresent(section -> {
          script.caller(section);
          section.done();
        });
    body.sections("directions").forEach(script::direction);
    return script.script(CastReader.byName(body, "cast"));
  }

  private void place(Context context, Placement placement) {
    switch (choice.of(context).place(placement).join()) {
      case Placed.Ringing ringing ->
          context.status(201).json(Map.of("callSid", ringing.call().value()));
      case Placed.Refused refused ->
          throw new Refusal(
              refused.tooMany() ? 429 : 422, refused.message(), refused.field(), refused.hint());
    }
  }

  void listCalls(Context context) {
    World world = choice.of(context);
    context.json(
        Map.of(
            "calls",
            world.calls().join().stream()
                .map(call -> world.call(call.sid()))
                .flatMap(record -> record.join().stream())
                .map(CallViews::summary)
                .toList()));
  }

  void showCall(Context context) {
    context.json(CallViews.summary(record(context)));
  }

  void showTimeline(Context context) {
    boolean text = String.valueOf(context.header("Accept")).startsWith("text/plain");
    if (text && context.queryParam("follow") != null) {
      follow(context);
      return;
    }
    Timeline timeline = TimelineReader.read(until(context, record(context)));
    if (text) {
      Hints hints = Hints.withoutToken(choice.of(context).settings());
      List<String> lines = TimelineText.lines(timeline, ink(context), detail(context), hints);
      context.result(String.join("\n", lines) + "\n");
    } else {
      Map<String, Object> view = CallViews.timeline(timeline);
      if (context.queryParam("moments") != null) {
        view.put("moments", Moments.of(choice.of(context).settings(), timeline.record()));
      }
      context.json(view);
    }
  }

  /** With {@code ?at=5s} as it was so long after its beginning. */
  private CallRecord until(Context context, CallRecord record) {
    Optional<Duration> at = duration(context, "at");
    return at.isEmpty()
        ? record
        : new PastCalls(choice.of(context).settings())
            .until(record, record.call().facts().leg().startedAt().plus(at.get()));
  }

  private static Optional<Duration> duration(Context context, String name) {
    String text = context.queryParam(name);
    if (text == null) {
      return Optional.empty();
    }
    Optional<Duration> duration = Durations.parse(text);
    if (duration.isEmpty()) {
      throw new Refusal(
          400, "%s must be %s, not '%s'".formatted(name, Durations.FORM, text), name, null);
    }
    return duration;
  }

  /** The timeline line by line while the call goes on, for {@code ?follow=true}. */
  private void follow(Context context) {
    World world = choice.of(context);
    Sid sid = callSid(context);
    if (world.call(sid).join().isEmpty()) {
      throw Refusal.notFound("there is no call " + sid);
    }
    context.contentType("text/plain;charset=utf-8").header("Cache-Control", "no-store");
    try {
      OutputStream out = context.res().getOutputStream();
      new CallWatch(world, ink(context), detail(context), Hints.withoutToken(world.settings()))
          .follow(
              sid,
              lines -> {
                out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The reader has gone.
    }
  }

  private static Ink ink(Context context) {
    return "true".equals(context.queryParam("colour")) ? Ink.ANSI : Ink.PLAIN;
  }

  private static Detail detail(Context context) {
    String name = context.queryParam("detail");
    if (name == null) {
      return Detail.USUAL;
    }
    return switch (name) {
      case "quiet" -> Detail.QUIET;
      case "usual" -> Detail.USUAL;
      case "verbose" -> Detail.VERBOSE;
      default ->
          throw new Refusal(
              400, "detail must be quiet, usual or verbose, not '" + name + "'", "detail", null);
    };
  }

  /** The call of the path; with {@code ?wait=30s} as it is when it is over, or by then. */
  private CallRecord record(Context context) {
    Sid sid = callSid(context);
    World world = choice.of(context);
    duration(context, "wait")
        .ifPresent(most ->
            world
                .whenOver(sid)
                .completeOnTimeout(null, most.toMillis(), TimeUnit.MILLISECONDS)
                .join());
    return world.call(sid).join().orElseThrow(() -> Refusal.notFound("there is no call " + sid));
  }

  private static Sid callSid(Context context) {
    String text = context.pathParam("sid");
    if (!Sid.isWellFormed(SidKind.CALL, text)) {
      throw Refusal.notFound("'" + text + "' is not a call SID: CA and 32 hexadecimal digits");
    }
    return new Sid(text);
  }

  void act(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    Call call = record(context).call();
    Sid named = callSid(context);
    boolean ofLeg = !named.equals(call.sid());
    if (!ofLeg) {
      body.missing("party");
    }
    Optional<String> party = body.choice("party", List.of("customer", "worker"));
    Optional<Act> act = CastReader.act(body);
    body.done();
    body.check();
    Sid leg = ofLeg ? named : legOf(call, party.orElseThrow());
    String who = ofLeg ? "the party of leg " + leg : "the " + party.orElseThrow();
    choice
        .of(context)
        .act(leg, act.orElseThrow())
        .join()
        .ifPresent(reason -> {
          throw Refusal.conflict(who + " cannot do that now: " + reason, null);
        });
    context.status(202).json(Map.of("callSid", leg.value()));
  }

  /** The leg of that party; who is called together with others must be named by the leg. */
  private static Sid legOf(Call call, String party) {
    CallParty role = party.equals("worker") ? CallParty.WORKER : CallParty.CUSTOMER;
    Leg leg =
        role.leg(call)
            .orElseThrow(() -> Refusal.conflict("the " + party + " is not in the call yet", null));
    List<Leg> called = call.facts().children().stream().filter(child -> !child.ended()).toList();
    if (!leg.sid().equals(call.sid()) && called.size() > 1) {
      throw Refusal.conflict(
          "%d parties are called at once; say which by its leg, POST /sim/v1/calls/{leg}/acts"
              .formatted(called.size()),
          called.stream()
              .map(child -> child.to() + " is " + child.sid())
              .collect(Collectors.joining(", ")));
    }
    return leg.sid();
  }
}
