package dev.ringback.replay;

import dev.ringback.account.Addresses;
import dev.ringback.call.CallInput;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Reaction;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.engine.CallRecord;
import dev.ringback.id.ClientAddress;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.Act;
import dev.ringback.voice.Leg;
import dev.ringback.yaml.Durations;
import dev.ringback.yaml.YamlText;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Who called, and what people did, by their script or by hand. */
final class RecordedWhen {
  private final CallRecord record;
  private final List<KnownPair> pairs;
  private final Leg leg;
  private final Instant start;
  private final StringBuilder text = new StringBuilder();

  private RecordedWhen(CallRecord record, List<KnownPair> pairs) {
    this.record = record;
    this.pairs = pairs;
    this.leg = record.call().facts().leg();
    this.start = leg.startedAt();
  }

  /** Keys of {@code carrier} and the parameters that they become. */
  private static final Map<String, String> CARRIER =
      new TreeMap<>(
          Map.of(
              "callerName", "CallerName",
              "forwardedFrom", "ForwardedFrom",
              "stirVerstat", "StirVerstat",
              "city", "FromCity",
              "state", "FromState",
              "zip", "FromZip"));

  static String text(CallRecord record, List<KnownPair> pairs) {
    RecordedWhen when = new RecordedWhen(record, pairs);
    when.when();
    return when.text.toString();
  }

  private Script script() {
    return ((Fact.Placed) record.entries().getFirst().fact()).script();
  }

  private void when() {
    line("when:");
    Map<String, Object> call = new LinkedHashMap<>();
    if (ClientAddress.is(leg.party())) {
      call.put("worker", ClientAddress.identity(leg.party()));
      customerOrConversation(call);
    } else {
      Map<String, String> told = carrier();
      call.put("from", Addresses.isCaller(leg.from()) ? leg.from() : "anonymous");
      call.put("to", leg.to());
      if (!told.isEmpty()) {
        call.put("carrier", told);
      }
    }
    line("  - call: " + YamlText.of(call));
    caller();
    for (ScriptStep step : script().directions()) {
      direction(step);
    }
    for (Reaction reaction : script().reactions()) {
      reaction(reaction);
    }
    for (JournalEntry entry : record.entries()) {
      byHand(entry);
    }
  }

  /** What carriers told of the caller. */
  private Map<String, String> carrier() {
    Map<String, String> known = record.call().facts().parameters();
    Map<String, String> told = new LinkedHashMap<>();
    if (!Addresses.isCaller(leg.from())) {
      told.put("callerId", leg.from());
    }
    CARRIER.forEach((key, parameter) -> {
      String value = known.get(parameter);
      if (value != null) {
        told.put(key, value);
      }
    });
    return told;
  }

  /** Whom the worker wanted to talk with: the party that was called, or what the app named. */
  private void customerOrConversation(Map<String, Object> call) {
    List<Leg> called = record.call().facts().children();
    String conversation =
        Exchanges.of(record.entries()).stream()
            .flatMap(exchange -> exchange.request().form().value("ConversationSid").stream())
            .findFirst()
            .orElse(null);
    if (!pairs.isEmpty()) {
      call.put("customer", pairs.getFirst().customer());
    } else if (!called.isEmpty()) {
      call.put("customer", called.getFirst().to());
    } else if (conversation != null) {
      call.put("conversationSid", conversation);
    }
  }

  private void caller() {
    Caller caller = script().caller();
    if (!caller.equals(Caller.DEFAULT)) {
      Map<String, Object> speaks = new LinkedHashMap<>();
      speaks.put("speaks", Durations.text(caller.speaks()));
      if (!caller.says().isEmpty()) {
        speaks.put("says", caller.says());
      }
      speaks.put("then", caller.hangsUp() ? "hangs up" : "stays");
      line(
          "  - %s: %s"
              .formatted(
                  ClientAddress.is(leg.party()) ? "worker" : "customer", YamlText.of(speaks)));
    }
  }

  private void direction(ScriptStep step) {
    Map<String, Object> how = new LinkedHashMap<>();
    how.put("at", Durations.text(step.at()));
    String party =
        switch (step.move()) {
          case ScriptStep.Does does -> {
            how.putAll(act(does.act()));
            yield does.role().word();
          }
          case ScriptStep.EndedByApi ends -> {
            how.put("status", ends.cancel() ? "canceled" : "completed");
            how.put("leg", ends.role().word());
            yield "api";
          }
          case ScriptStep.ApiRequest request -> {
            how.put(request.method().toLowerCase(Locale.ROOT), request.path());
            if (!request.form().isEmpty()) {
              how.put("form", request.form());
            }
            if (request.status() != 0) {
              how.put("answers", request.status());
            }
            yield "api";
          }
          case ScriptStep.Joins joins -> {
            how.put("worker", joins.worker());
            yield "joins";
          }
        };
    if (step.maybe()) {
      how.put("maybe", true);
    }
    line("  - %s: %s".formatted(party, YamlText.of(how)));
  }

  private void reaction(Reaction reaction) {
    Map<String, Object> how = new LinkedHashMap<>();
    String on = reaction.on();
    boolean plain = on.startsWith("\\Q") && on.endsWith("\\E");
    how.put("on", plain ? on.substring(2, on.length() - 2) : "/" + on + "/");
    if (reaction.after() != null) {
      how.put("after", Durations.text(reaction.after()));
    }
    how.putAll(act(reaction.act()));
    if (reaction.maybe()) {
      how.put("maybe", true);
    }
    line("  - %s: %s".formatted(reaction.role().word(), YamlText.of(how)));
  }

  /** What people and the REST API did while the call went on, beside its script. */
  private void byHand(JournalEntry entry) {
    String at = Durations.text(Duration.between(start, entry.at()));
    switch (entry.fact()) {
      case Fact.ActedByHand acted -> {
        Map<String, Object> how = new LinkedHashMap<>();
        how.put("at", at);
        how.putAll(act(acted.act()));
        line(
            "  - %s: %s # by hand"
                .formatted(CallParty.of(record.call(), acted.leg()).word(), YamlText.of(how)));
      }
      case Fact.Took(CallInput.Redirected redirected) when !isDirected(entry) ->
          line(
              "  # at %s the REST API redirected the call; say so by `api: {at, post: …}`"
                  .formatted(at));
      case Fact.Took(CallInput.RecordingChanged changed) when !isDirected(entry) ->
          line(
              "  # at %s the REST API changed a recording; say so by `api: {at, post: …}`"
                  .formatted(at));
      case Fact.Took(CallInput.EndedByApi ends) when !isDirected(entry) ->
          line(
              "  - api: "
                  + YamlText.of(
                      ordered(
                          "at",
                          at,
                          "status",
                          ends.cancel() ? "canceled" : "completed",
                          "leg",
                          CallParty.of(record.call(), ends.leg()).word())));
      default -> {}
    }
  }

  private boolean isDirected(JournalEntry entry) {
    return script().directions().stream()
        .anyMatch(step ->
            (step.move() instanceof ScriptStep.EndedByApi
                    || step.move() instanceof ScriptStep.ApiRequest)
                && start.plus(step.at()).equals(entry.at()));
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i].toString(), pairs[i + 1]);
    }
    return map;
  }

  private static Map<String, Object> act(Act act) {
    return switch (act) {
      case Act.Answer answer -> ordered("act", "answer");
      case Act.Decline decline -> ordered("act", "decline");
      case Act.Busy busy -> ordered("act", "busy");
      case Act.HangUp hangUp -> ordered("act", "hangup");
      case Act.Press press -> ordered("act", "press", "digits", press.digits());
      case Act.Speak speak -> {
        Map<String, Object> how = ordered("act", "speak", "for", Durations.text(speak.length()));
        if (!speak.words().isEmpty()) {
          how.put("words", speak.words());
          how.put("confidence", speak.confidence());
        }
        yield how;
      }
      case Act.Ring ring -> throw byNobody(ring);
      case Act.Unreachable unreachable -> throw byNobody(unreachable);
      case Act.Talk talk -> throw byNobody(talk);
    };
  }

  private static IllegalArgumentException byNobody(Act act) {
    return new IllegalArgumentException("nobody can be made to do that by hand: " + act.text());
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
