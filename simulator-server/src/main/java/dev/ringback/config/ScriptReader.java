package dev.ringback.config;

import dev.ringback.cast.CallParty;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Reaction;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.voice.Act;
import dev.ringback.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The directions for one call while they are read, from a scenario, a request to the control API or
 * the command line: {@code {at: 5s, act: hangup}}, {@code {on: /press 1/, act: press, digits: 1}}.
 */
public final class ScriptReader {
  private final List<ScriptStep> directions = new ArrayList<>();
  private final List<Reaction> reactions = new ArrayList<>();
  private final Map<ScriptStep, Integer> directionLines = new LinkedHashMap<>();
  private final Map<Reaction, Integer> reactionLines = new LinkedHashMap<>();
  private Caller caller = Caller.DEFAULT;

  /** What a person does at a time, or on hearing something. */
  public void party(CallParty role, Section section) {
    if (section.has("at") == section.has("on")) {
      section.wrong("at", "say when: 'at' a time, or 'on' words that are heard; one of them");
    }
    Optional<Duration> at = section.duration("at");
    Optional<String> on = pattern(section);
    Optional<Duration> after = section.duration("after");
    if (after.isPresent() && !section.has("on")) {
      section.wrong("after", "goes with 'on' only: from the beginning of what is heard");
    }
    boolean maybe = section.flag("maybe").orElse(false);
    CastReader.act(section)
        .ifPresent(act -> {
          at.ifPresent(time -> at(time, new ScriptStep.Does(role, act), maybe, section.line("")));
          on.ifPresent(words -> react(section, role, words, after, act, maybe));
        });
  }

  private void react(
      Section section,
      CallParty role,
      String words,
      Optional<Duration> after,
      Act act,
      boolean maybe) {
    // Who answers after hearing something stays, which takes no act but the words are good to read.
    if (act instanceof Act.Busy) {
      section.wrong("act", "who hears something has answered already");
    } else {
      Reaction reaction = new Reaction(role, words, after.orElse(null), act, maybe);
      reactions.add(reaction);
      reactionLines.putIfAbsent(reaction, section.line(""));
    }
  }

  /** {@code /regular expression/}, or plain words that are found in what is heard. */
  private static Optional<String> pattern(Section section) {
    Optional<String> text = section.text("on");
    if (text.isEmpty()) {
      return text;
    }
    String words = text.get();
    if (words.length() < 2 || !words.startsWith("/") || !words.endsWith("/")) {
      return Optional.of(Pattern.quote(words));
    }
    try {
      return Optional.of(Pattern.compile(words.substring(1, words.length() - 1)).pattern());
    } catch (PatternSyntaxException e) {
      return section.wrong("on", "is not a regular expression: " + e.getDescription());
    }
  }

  /** What happens, without a time: {@code {party: customer, act: hangup}}, {@code {joins: bob}}. */
  public static Optional<ScriptStep.Move> move(Section section) {
    if (section.has("joins")) {
      Optional<ScriptStep.Move> joins = section.text("joins").map(ScriptStep.Joins::new);
      section.done();
      return joins;
    }
    CallParty role =
        section.choice("party", List.of("customer", "worker")).orElse("customer").equals("worker")
            ? CallParty.WORKER
            : CallParty.CUSTOMER;
    Optional<ScriptStep.Move> does =
        CastReader.act(section).map(act -> new ScriptStep.Does(role, act));
    section.done();
    return does;
  }

  /** One of a list of directions: {@code {party: customer, at: 5s, act: hangup}}. */
  public void direction(Section section) {
    Optional<String> party = section.choice("party", List.of("customer", "worker"));
    party(
        party.orElse("customer").equals("worker") ? CallParty.WORKER : CallParty.CUSTOMER, section);
    section.done();
  }

  /** What the party that calls does after the beep of a Record. */
  public void caller(Section section) {
    caller = CastReader.caller(section);
  }

  /**
   * Something that is to happen at a certain time.
   *
   * @param maybe whether it is all the same when it is impossible then
   * @param line where it is written; 0: nowhere
   */
  public void at(Duration time, ScriptStep.Move move, boolean maybe, int line) {
    ScriptStep direction = new ScriptStep(time, move, maybe);
    directions.add(direction);
    directionLines.putIfAbsent(direction, line);
  }

  /** Where its directions are written. */
  public Map<ScriptStep, Integer> directionLines() {
    return directionLines;
  }

  /** Where its reactions are written. */
  public Map<Reaction, Integer> reactionLines() {
    return reactionLines;
  }

  /**
   * @param called casts, by number or identity
   */
  public Script script(Map<String, Cast> called) {
    return new Script(called, caller, List.copyOf(directions), List.copyOf(reactions));
  }
}
