package dev.ringback.scenariofile;

import dev.ringback.config.FormWords;
import dev.ringback.scenario.ApiExpectation;
import dev.ringback.scenario.ElementName;
import dev.ringback.scenario.Expectation;
import dev.ringback.scenario.Expectation.Answer;
import dev.ringback.scenario.Matcher;
import dev.ringback.scenario.ParameterNames;
import dev.ringback.scenario.Resource;
import dev.ringback.scenario.Scenario.Expected;
import dev.ringback.scenario.Variables;
import dev.ringback.scenario.Vocabulary;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is expected: the list under {@code then}, and the errors that are allowed. */
final class ThenReader {
  private static final List<String> KINDS =
      List.of(
          "request",
          "inAnyOrder",
          "never",
          "call",
          "alert",
          "allow",
          "conversation",
          "participant",
          "recording",
          "api");

  private final List<Expected> expected = new ArrayList<>();

  /** What has been captured so far, and so can be spoken of. */
  private final Set<String> captured = new LinkedHashSet<>();

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
    section.find(Variables::namesIn).forEach((name, at) -> unknown(section, name, at));
    List<String> kinds = KINDS.stream().filter(section::has).toList();
    if (kinds.isEmpty()) {
      section.missing("request");
      section.done();
      return;
    }
    switch (kinds.getFirst()) {
      case "request" ->
          request(section, Answer.good()).ifPresent(r -> expected.add(new Expected(r, line)));
      case "inAnyOrder" -> {
        inAnyOrder(section).ifPresent(group -> expected.add(new Expected(group, line)));
        section.done();
      }
      case "never" -> {
        section
            .section("never")
            .flatMap(this::unwanted)
            .ifPresent(n -> expected.add(new Expected(n, line)));
        section.done();
      }
      case "call" -> {
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
      }
      case "alert" -> {
        alert(section)
            .ifPresent(code -> expected.add(new Expected(new Expectation.Alerts(code), line)));
        section.done();
      }
      case "allow" -> {
        allow(section);
        section.done();
      }
      case "api" -> api(section).ifPresent(asked -> expected.add(new Expected(asked, line)));
      default -> resource(section).ifPresent(exists -> expected.add(new Expected(exists, line)));
    }
    section.section("capture").ifPresent(names -> captured.addAll(names.keys()));
  }

  private void unknown(Section section, String name, int line) {
    if (!captured.contains(name)) {
      section.wrongIn(
          line,
          "nothing is called ${%s} here".formatted(name),
          FormWords.meant(name, captured)
              .orElse(
                  "a variable is a key of examples:, or is captured by a request further up"
                      + " (capture: {%s: CallSid})".formatted(name)));
    }
  }

  private static Optional<String> alert(Section section) {
    List<String> codes = Vocabulary.codes();
    Optional<String> alert = section.text("alert");
    return alert.isEmpty() || codes.contains(alert.get())
        ? alert
        : section.wrong(
            "alert",
            "there is no alert '" + alert.get() + "'",
            FormWords.meant(alert.get(), codes).orElse(null));
  }

  private Optional<Expectation> unwanted(Section section) {
    if (Arrays.stream(Resource.Kind.values()).anyMatch(kind -> section.has(kind.wireName()))) {
      if (section.has("times")) {
        section.wrong("times", "does not go with never, which is about none at all");
      }
      return resource(section).map(Expectation.Never::new);
    }
    if (section.has("api")) {
      if (section.has("times")) {
        section.wrong("times", "does not go with never, which is about none at all");
      }
      return api(section).map(Expectation.Never::new);
    }
    for (String key : List.of("times", "capture", "attempts")) {
      if (section.has(key)) {
        section.wrong(key, "does not go with never, which is about no request at all");
      }
    }
    return request(section, new Answer.Any()).map(Expectation.Never::new);
  }

  private Optional<Expectation> inAnyOrder(Section section) {
    List<Section> sections = section.sections("inAnyOrder");
    if (sections.isEmpty()) {
      return section.wrong("inAnyOrder", "must be a list of requests");
    }
    List<Expected> requests = new ArrayList<>();
    for (Section one : sections) {
      if (one.has("times")) {
        one.wrong("times", "does not go with inAnyOrder; write the request as often as it comes");
      }
      request(one, Answer.good()).ifPresent(r -> requests.add(new Expected(r, one.line(""))));
      one.section("capture").ifPresent(names -> captured.addAll(names.keys()));
    }
    return Optional.of(new Expectation.InAnyOrder(List.copyOf(requests)));
  }

  // Resources

  private static Optional<Expectation> resource(Section section) {
    Resource.Kind kind =
        Arrays.stream(Resource.Kind.values())
            .filter(k -> section.has(k.wireName()))
            .findFirst()
            .orElseThrow();
    Map<String, Matcher> fields = MatcherReader.byName(section, kind.wireName());
    section
        .section(kind.wireName())
        .ifPresent(names -> {
          for (String name : names.keys()) {
            if (!kind.fields().contains(name)) {
              names.wrong(
                  name,
                  "a %s has no '%s'".formatted(kind.wireName(), name),
                  FormWords.meant(name, kind.fields())
                      .orElse("known here: " + String.join(", ", kind.fields())));
            }
          }
        });
    Matcher times = MatcherReader.count(section, "times");
    section.done();
    return Optional.of(new Expectation.Exists(kind, fields, times));
  }

  // The app's requests to the REST API

  private static final List<String> METHODS = List.of("get", "post", "delete");

  private static Optional<Expectation> api(Section section) {
    Optional<Expectation> api = section.section("api").flatMap(asked -> api(section, asked));
    section.done();
    return api;
  }

  private static Optional<Expectation> api(Section section, Section asked) {
    List<String> methods = METHODS.stream().filter(asked::has).toList();
    if (methods.size() != 1) {
      asked.wrong("post", "name one of get, post and delete, with the path");
    }
    Matcher path = methods.isEmpty() ? null : path(asked, methods.getFirst());
    Map<String, Matcher> form = MatcherReader.byName(asked, "form");
    Matcher status = MatcherReader.count(asked, "answers");
    if (status instanceof Matcher.Equal(String text) && !text.matches("[1-5]\\d\\d")) {
      asked.wrong("answers", "must be a status of HTTP such as 404, not '" + text + "'");
    }
    if (asked.has("times")) {
      asked.wrong("times", "stands beside api:, not in it");
    }
    asked.done();
    Matcher times = MatcherReader.count(section, "times");
    return path == null
        ? Optional.empty()
        : Optional.of(
            new ApiExpectation(
                methods.getFirst().toUpperCase(Locale.ROOT), path, form, status, times));
  }

  /** As Twilio's pages write it, with names in braces, or another matcher. */
  private static @Nullable Matcher path(Section asked, String method) {
    asked.missing(method);
    Matcher path = matcher(asked, method);
    if (!(path instanceof Matcher.Equal(String text))) {
      return path;
    }
    if (!text.startsWith("/")) {
      asked.wrong(
          method, "must be a path such as /2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json");
    }
    return new Matcher.PathTemplate(text);
  }

  // Requests

  /**
   * @param unsaid what its answer must be when the file does not say
   */
  private static Optional<Expectation.Request> request(Section section, Answer unsaid) {
    section.missing("request");
    Optional<RequestKind> kind = section.named("request", RequestKind.class);
    Optional<HttpMethod> method =
        section.choice("method", List.of("GET", "POST")).map(HttpMethod::valueOf);
    Map<String, Matcher> form = MatcherReader.byName(section, "form");
    kind.ifPresent(
        k -> section.section("form").ifPresent(names -> FormWords.checkMatchers(names, k, form)));
    Map<String, Matcher> query = MatcherReader.byName(section, "query");
    Map<String, String> captures = captures(section, kind);
    Optional<Expectation.Window> at = window(section);
    Answer answer = section.has("answer") ? answer(section) : unsaid;
    Expectation.Counts counts =
        new Expectation.Counts(
            MatcherReader.count(section, "attempts"), MatcherReader.count(section, "times"));
    section.done();
    return kind.map(k ->
        new Expectation.Request(
            k,
            method.orElse(null),
            new Expectation.Parameters(form, query, captures),
            at.orElse(null),
            answer,
            counts));
  }

  /** {@code at}, or {@code within} a time from the beginning of the first call. */
  private static Optional<Expectation.Window> window(Section section) {
    Optional<Expectation.Window> at = MatcherReader.window(section, "at");
    Optional<Duration> within = section.duration("within");
    if (section.has("at") && within.isPresent()) {
      return section.wrong("within", "does not go with 'at'; name one of them");
    }
    return at.or(() -> within.map(most -> new Expectation.Window(Duration.ZERO, most)));
  }

  /** By variable: the parameter whose value it takes. */
  private static Map<String, String> captures(Section section, Optional<RequestKind> kind) {
    Map<String, String> captures = section.freeTexts("capture");
    section
        .section("capture")
        .ifPresent(names ->
            captures.forEach((variable, parameter) -> {
              if (Variables.namesIn("${" + variable + "}").isEmpty()) {
                names.wrong(variable, "is no name of a variable", "letters, digits and _");
              }
              kind.filter(k -> !ParameterNames.carries(k, parameter))
                  .flatMap(k -> FormWords.meant(parameter, ParameterNames.of(k)))
                  .ifPresent(meant ->
                      names.wrong(
                          variable,
                          "no %s request carries '%s'"
                              .formatted(kind.orElseThrow().wireName(), parameter),
                          meant));
            }));
    return captures;
  }

  // Answers

  private static Answer answer(Section section) {
    if (section.isText("answer")) {
      section.choice("answer", List.of("none"));
      return new Answer.None();
    }
    return section
        .section("answer")
        .<Answer>map(given -> {
          Matcher status = matcher(given, "status");
          if (status instanceof Matcher.Equal equal && !equal.expected().matches("[1-5]\\d\\d")) {
            given.wrong(
                "status",
                "must be a status of HTTP such as 500, not '%s'".formatted(equal.expected()));
          }
          Answer.Twiml twiml =
              new Answer.Twiml(
                  verbs(given),
                  given.has("elements") ? given.texts("elements") : null,
                  attributes(given),
                  matcher(given, "says"));
          Matcher type = matcher(given, "type");
          Duration within = given.duration("within").orElse(null);
          given.done();
          return new Answer.Given(status, type, twiml, within);
        })
        .orElse(Answer.good());
  }

  private static @Nullable Matcher matcher(Section section, String key) {
    return section.has(key) ? MatcherReader.read(section, key).orElse(null) : null;
  }

  private static @Nullable List<String> verbs(Section given) {
    if (!given.has("verbs")) {
      return null;
    }
    List<String> verbs = given.texts("verbs");
    Set<String> known = Vocabulary.verbs();
    verbs.stream()
        .filter(verb -> !known.contains(verb))
        .forEach(verb ->
            given.wrong(
                "verbs",
                "there is no verb <" + verb + ">",
                FormWords.meant(verb, known).orElse(null)));
    return verbs;
  }

  /** By {@code Element.attribute}. */
  private static Map<String, Matcher> attributes(Section given) {
    Map<String, Matcher> attributes = MatcherReader.byName(given, "attributes");
    Set<String> known = Vocabulary.attributes();
    given
        .section("attributes")
        .ifPresent(names -> {
          for (String name : names.keys()) {
            if (!ElementName.of(name).isKnown()) {
              names.wrong(
                  name,
                  "TwiML has no attribute '" + name + "'",
                  FormWords.meant(name, known)
                      .orElse("write Element.attribute, such as Conversation.inboundTimeout"));
            }
          }
        });
    return attributes;
  }
}
