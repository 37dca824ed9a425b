package dev.ringback.scenariofile;

import dev.ringback.config.FormWords;
import dev.ringback.scenario.Expectation;
import dev.ringback.scenario.Expectation.Answer;
import dev.ringback.scenario.Matcher;
import dev.ringback.scenario.Scenario.Expected;
import dev.ringback.scenario.Vocabulary;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.yaml.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is expected: the list under {@code then}, and the errors that are allowed. */
final class ThenReader {
  private final List<Expected> expected = new ArrayList<>();
  private final Set<String> allowed = new LinkedHashSet<>();

  List<Expected> expected() {
    return List.copyOf(expected);
  }

  Set<String> allowed() {
    return Set.copyOf(allowed);
  }

  /** Adds what other parts of the file expect. */
  void add(Expected more) {
    expected.add(more);
  }

  /** Errors that may be raised without being expected. */
  void allow(Section section) {
    List<String> codes = Vocabulary.codes();
    for (String code : section.texts("allow")) {
      if (codes.contains(code)) {
        allowed.add(code);
      } else {
        section.wrong(
            "allow", "there is no error '" + code + "'", FormWords.meant(code, codes).orElse(null));
      }
    }
  }

  void read(Section section) {
    int line = section.line("");
    if (section.has("request")) {
      request(section, Answer.GOOD).ifPresent(r -> expected.add(new Expected(r, line)));
    } else if (section.has("never")) {
      section
          .section("never")
          .flatMap(unwanted -> request(unwanted, new Answer.Any()))
          .ifPresent(r -> expected.add(new Expected(new Expectation.Never(r), line)));
      section.done();
    } else if (section.has("call")) {
      section
          .section("call")
          .ifPresent(call -> {
            call.missing("ends");
            call.named("ends", CallStatus.class)
                .ifPresent(
                    status -> expected.add(new Expected(new Expectation.CallEnds(status), line)));
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
            expected.add(new Expected(new Expectation.Alerts(code), line));
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
    Map<String, Matcher> form = MatcherReader.byName(section, "form");
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
    Map<String, Matcher> query = MatcherReader.byName(section, "query");
    Optional<Expectation.Window> at = MatcherReader.window(section, "at");
    Answer answer = section.has("answer") ? answer(section) : unsaid;
    Optional<Integer> attempts = section.integer("attempts").map(Math::toIntExact);
    section.done();
    return kind.map(k ->
        new Expectation.Request(
            k,
            method.orElse(null),
            new Expectation.Parameters(form, query),
            at.orElse(null),
            answer,
            attempts.orElse(null)));
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
          Matcher status =
              given.has("status") ? MatcherReader.read(given, "status").orElse(null) : null;
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
