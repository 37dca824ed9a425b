package dev.ringback.config;

import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.voice.Act;
import dev.ringback.voice.Pace;
import dev.ringback.yaml.Durations;
import dev.ringback.yaml.Section;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Casts and acts as people write them. */
public final class CastReader {
  private static final Duration AFTER = Duration.ofSeconds(2);
  private static final Duration TALKS = Duration.ofSeconds(10);
  private static final Duration SPEAKS = Duration.ofSeconds(5);

  /** What a cast can be named. */
  public static final List<String> NAMES =
      List.of("answers", "declines", "busy", "ignores", "unreachable", "by-hand");

  /** What a person can be made to do. */
  private static final List<String> ACTS =
      List.of("answer", "decline", "busy", "unreachable", "hangup", "press", "speak");

  private CastReader() {}

  /** Casts by number or identity, in the file's order. */
  public static Map<String, Cast> byName(Section parent, String key) {
    Map<String, Cast> casts = new LinkedHashMap<>();
    parent
        .section(key)
        .ifPresent(section -> {
          for (String name : section.keys()) {
            read(section, name).ifPresent(cast -> casts.put(name, cast));
          }
          section.done();
        });
    return casts;
  }

  /** {@code declines}, or {@code {answers: {after: 4s, talks: 30s}}}. */
  public static Optional<Cast> read(Section parent, String key) {
    if (!parent.has(key)) {
      return Optional.empty();
    }
    if (parent.isText(key)) {
      return parent.choice(key, NAMES).map(CastReader::named);
    }
    return parent.section(key).flatMap(CastReader::directed);
  }

  /** The cast of that name with its default times. */
  public static Cast named(String name) {
    return switch (name) {
      case "answers" -> new Cast.Answers(AFTER, TALKS, false);
      case "declines" -> new Cast.Declines(AFTER);
      case "busy" -> new Cast.Busy();
      case "ignores" -> new Cast.Ignores();
      case "unreachable" -> new Cast.Unreachable();
      case "by-hand" -> new Cast.ByHand();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Optional<Cast> directed(Section section) {
    Optional<Cast> answers =
        section
            .section("answers")
            .map(s -> {
              Cast cast =
                  new Cast.Answers(
                      s.duration("after").orElse(AFTER),
                      s.duration("talks").orElse(TALKS),
                      s.flag("silent").orElse(false));
              s.done();
              return cast;
            });
    Optional<Cast> declines =
        section
            .section("declines")
            .map(s -> {
              Cast cast = new Cast.Declines(s.duration("after").orElse(AFTER));
              s.done();
              return cast;
            });
    section.done();
    if (answers.isPresent() == declines.isPresent()) {
      return section.wrong(
          "answers", "a cast with directions is {answers: {…}} or {declines: {…}}, one of them");
    }
    return answers.or(() -> declines);
  }

  /** A cast as {@link #read} takes it. */
  public static Object view(Cast cast) {
    return switch (cast) {
      case Cast.Answers answers -> {
        Map<String, Object> how = new LinkedHashMap<>();
        how.put("after", Durations.text(answers.after()));
        how.put("talks", Durations.text(answers.talks()));
        if (answers.silent()) {
          how.put("silent", true);
        }
        yield Map.of("answers", how);
      }
      case Cast.Declines declines ->
          Map.of("declines", Map.of("after", Durations.text(declines.after())));
      case Cast.Busy busy -> "busy";
      case Cast.Ignores ignores -> "ignores";
      case Cast.Unreachable unreachable -> "unreachable";
      case Cast.ByHand person -> "by-hand";
    };
  }

  /** The caller of {@code {speaks: 10s, then: hangs up}}. */
  public static Caller caller(Section section) {
    Optional<String> says = section.text("says");
    return new Caller(
        section
            .duration("speaks")
            .or(() -> says.map(words -> Pace.words(words, "en")))
            .orElse(Caller.DEFAULT.speaks()),
        section.choice("then", List.of("hangs up", "stays")).filter("hangs up"::equals).isPresent(),
        says.orElse(""));
  }

  /** The act of {@code {act: press, digits: "1"}}. */
  public static Optional<Act> act(Section section) {
    section.missing("act");
    Optional<String> act = section.choice("act", ACTS);
    Optional<String> digits =
        section.text("digits", text -> text.matches("[0-9A-D*#]+"), "made of 0-9, A-D, * and #");
    Optional<Duration> length = section.duration("for");
    Optional<String> words = section.text("words");
    Optional<Double> confidence =
        section.value("confidence", CastReader::confidence, "a number from 0 to 1");
    if (act.isEmpty()) {
      return Optional.empty();
    }
    if (digits.isPresent() && !act.get().equals("press")) {
      return section.wrong("digits", "goes with act: press only");
    }
    if (length.isPresent() && !act.get().equals("speak")) {
      return section.wrong("for", "goes with act: speak only");
    }
    if ((words.isPresent() || confidence.isPresent()) && !act.get().equals("speak")) {
      return section.wrong("words", "goes with act: speak only");
    }
    return switch (act.get()) {
      case "answer" -> Optional.of(new Act.Answer());
      case "decline" -> Optional.of(new Act.Decline());
      case "busy" -> Optional.of(new Act.Busy());
      case "unreachable" -> Optional.of(new Act.Unreachable());
      case "hangup" -> Optional.of(new Act.HangUp());
      case "press" -> {
        if (!section.has("digits")) {
          section.wrong("act", "press needs digits");
        }
        yield digits.map(Act.Press::new);
      }
      default ->
          Optional.of(
              new Act.Speak(
                  length.or(() -> words.map(text -> Pace.words(text, "en"))).orElse(SPEAKS),
                  words.orElse(""),
                  confidence.orElse(Act.Speak.USUAL_CONFIDENCE)));
    };
  }

  private static Optional<Double> confidence(String text) {
    try {
      double confidence = Double.parseDouble(text);
      return confidence >= 0 && confidence <= 1 ? Optional.of(confidence) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
