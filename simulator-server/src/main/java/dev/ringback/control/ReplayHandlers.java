package dev.ringback.control;

import dev.ringback.call.CallEvent;
import dev.ringback.cast.ScriptStep;
import dev.ringback.config.ScriptReader;
import dev.ringback.conversation.Participant;
import dev.ringback.engine.Account;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.World;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.JournalJson;
import dev.ringback.replay.Fork;
import dev.ringback.replay.KnownPair;
import dev.ringback.replay.RecordedScenario;
import dev.ringback.report.Detail;
import dev.ringback.report.Explanation;
import dev.ringback.report.Hints;
import dev.ringback.report.Ink;
import dev.ringback.report.Timeline;
import dev.ringback.report.TimelineReader;
import dev.ringback.report.TimelineText;
import dev.ringback.viewer.CallViews;
import dev.ringback.viewer.ExchangeViews;
import dev.ringback.viewer.Moments;
import dev.ringback.worlds.WorldChoice;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Durations;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A call that happened: as a scenario, and once more with a difference. */
final class ReplayHandlers {
  private final WorldChoice choice;

  ReplayHandlers(WorldChoice choice) {
    this.choice = choice;
  }

  void scenario(Context context) {
    World world = choice.of(context);
    CallRecord record = record(context, world);
    List<KnownPair> pairs = world.ask(account -> pairs(account, record)).join();
    try {
      context
          .contentType("application/yaml;charset=utf-8")
          .result(RecordedScenario.write(world.settings(), record, pairs));
    } catch (BadInput e) {
      throw Refusal.conflict(e.problems().getFirst().message(), e.problems().getFirst().hint());
    }
  }

  private static CallRecord record(Context context, World world) {
    String text = context.pathParam("sid");
    if (!Sid.isWellFormed(SidKind.CALL, text)) {
      throw Refusal.notFound("'" + text + "' is not a call SID: CA and 32 hexadecimal digits");
    }
    return world
        .call(new Sid(text))
        .join()
        .orElseThrow(() -> Refusal.notFound("there is no call " + text));
  }

  /** The conversations that the call found, with their numbers. */
  private static List<KnownPair> pairs(Account account, CallRecord record) {
    List<KnownPair> pairs = new ArrayList<>();
    for (JournalEntry entry : record.entries()) {
      if (entry.fact() instanceof Fact.Happened(CallEvent.ConversationChosen chosen)
          && !chosen.created()) {
        pair(account, chosen.conversation()).ifPresent(pairs::add);
      }
    }
    return pairs;
  }

  private static Optional<KnownPair> pair(Account account, Sid conversation) {
    String worker = account.conversations().workers(conversation).stream().findFirst().orElse(null);
    return account.conversations().participants(conversation).stream()
        .map(Participant::binding)
        .flatMap(binding ->
            binding == null || binding.address() == null || binding.proxyAddress() == null
                ? java.util.stream.Stream.<KnownPair>empty()
                : java.util.stream.Stream.of(
                    new KnownPair(binding.address(), binding.proxyAddress(), worker)))
        .findFirst();
  }

  /** Nothing can differ before a call begins or after it has ended. */
  private static void refuseAt(CallRecord record, Duration at) {
    Instant start = record.call().facts().leg().startedAt();
    Instant end = record.call().facts().leg().endedAt();
    if (at.isZero() || (end != null && start.plus(at).isAfter(end))) {
      throw new Refusal(
          422,
          "must be within the call, after its beginning"
              + (end == null
                  ? ""
                  : " and not after " + Durations.text(Duration.between(start, end))),
          "at",
          null);
    }
  }

  private static void refuseImpossible(CallRecord forked) {
    for (JournalEntry entry : forked.entries()) {
      if (entry.fact() instanceof Fact.DirectionRefused refused) {
        throw Refusal.conflict(
            refused.direction().move().text() + ": impossible then: " + refused.reason(), null);
      }
    }
  }

  void explain(Context context) {
    CallRecord record = record(context, choice.of(context));
    Explanation explanation = Explanation.of(record);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("callSid", record.call().sid().value());
    view.put("over", record.over());
    view.put("steps", explanation.view());
    view.put(
        "text",
        String.join(
                "\n",
                explanation.lines(
                    "true".equals(context.queryParam("colour")) ? Ink.ANSI : Ink.PLAIN))
            + "\n");
    context.json(view);
  }

  /** What happens after the first difference. */
  private static Optional<ScriptStep> then(Section section, Duration first) {
    section.missing("at");
    section.missing("do");
    Optional<Duration> at = section.duration("at");
    Optional<ScriptStep.Move> move = section.section("do").flatMap(ScriptReader::move);
    if (at.isPresent() && at.get().compareTo(first) < 0) {
      section.wrong("at", "must not be before the first difference");
    }
    section.done();
    return at.flatMap(time -> move.map(does -> new ScriptStep(time, does)));
  }

  void fork(Context context) throws BadInput {
    World world = choice.of(context);
    Section body = Yaml.parseBody(context.body());
    body.missing("at");
    body.missing("do");
    Optional<Duration> at = body.duration("at");
    Optional<ScriptStep.Move> move = body.section("do").flatMap(ScriptReader::move);
    List<ScriptStep> then = new ArrayList<>();
    for (Section later : body.sections("then")) {
      then(later, at.orElse(Duration.ZERO)).ifPresent(then::add);
    }
    body.done();
    body.check();
    CallRecord record = record(context, world);
    refuseAt(record, at.orElseThrow());
    then.addFirst(new ScriptStep(at.orElseThrow(), move.orElseThrow()));
    CallRecord forked = Fork.of(world.settings(), record, then);
    refuseImpossible(forked);
    Timeline timeline = TimelineReader.read(forked);
    Map<String, Object> view = new LinkedHashMap<>(CallViews.timeline(timeline));
    List<JsonNode> journal = new ArrayList<>();
    for (JournalEntry entry : forked.entries()) {
      journal.add(JournalJson.mapper().valueToTree(entry));
    }
    view.put("moments", Moments.of(world.settings(), forked));
    view.put("exchanges", ExchangeViews.all(world.settings(), forked));
    view.put("journal", journal);
    view.put(
        "text",
        String.join(
                "\n",
                TimelineText.lines(
                    timeline,
                    "true".equals(context.queryParam("colour")) ? Ink.ANSI : Ink.PLAIN,
                    Detail.USUAL,
                    Hints.withoutToken(world.settings())))
            + "\n");
    context.status(201).json(view);
  }
}
