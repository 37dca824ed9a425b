package dev.ringback.control;

import dev.ringback.call.Act;
import dev.ringback.cast.Role;
import dev.ringback.cast.Troupe;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.files.BadInput;
import dev.ringback.files.Casts;
import dev.ringback.files.Durations;
import dev.ringback.files.Section;
import dev.ringback.files.TroupeDraft;
import dev.ringback.files.Yaml;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.report.Ink;
import dev.ringback.report.Timeline;
import dev.ringback.report.TimelineText;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

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
    Troupe troupe = troupe(body);
    body.done();
    body.check();
    place(context, new Placement.ByCustomer(from, to, troupe));
  }

  void placeWorkerCall(Context context) throws BadInput {
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
    TroupeDraft troupe = new TroupeDraft();
    body.section("caller")
        .ifPresent(section -> {
          troupe.caller(section);
          section.done();
        });
    body.sections("directions").forEach(troupe::direction);
    return troupe.troupe(Casts.byName(body, "cast"));
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
    context.json(
        Map.of("calls", choice.of(context).calls().join().stream().map(Views::call).toList()));
  }

  void showCall(Context context) {
    context.json(Views.call(record(context).call()));
  }

  void showTimeline(Context context) {
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
    World world = choice.of(context);
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

  void act(Context context) throws BadInput {
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
    choice
        .of(context)
        .act(leg, act.orElseThrow())
        .join()
        .ifPresent(reason -> {
          throw Refusal.conflict("the " + party.get() + " cannot do that now: " + reason, null);
        });
    context.status(202).json(Map.of("callSid", leg.value()));
  }
}
