package dev.ringback.scenariofile;

import dev.ringback.scenario.Matcher;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An app made of canned answers: the first one whose path and form match is given; a request that
 * matches none gets 204.
 */
public record CannedApp(List<CannedAnswer> answers) {
  /** Stands for the app's own address in an answer, for attributes that want an absolute URL. */
  public static final String OWN_ADDRESS = "{app}";

  /**
   * @param form what the request must carry
   * @param contentType null: none is sent
   */
  public record CannedAnswer(
      String path,
      Map<String, Matcher> form,
      int status,
      @Nullable String contentType,
      String body) {}

  public static CannedApp read(Path file) throws BadInput {
    Section root = Yaml.read(file);
    List<CannedAnswer> answers = new ArrayList<>();
    for (Section section : root.sections("answers")) {
      answer(section).ifPresent(answers::add);
    }
    root.missing("answers");
    root.done();
    root.check();
    return new CannedApp(List.copyOf(answers));
  }

  private static Optional<CannedAnswer> answer(Section section) {
    section.missing("path");
    Optional<String> path =
        section.text("path", p -> p.startsWith("/"), "a path that begins with a slash");
    Map<String, Matcher> form = MatcherReader.byName(section, "form");
    int status = section.integer("status").orElse(200L).intValue();
    Optional<String> twiml = section.text("twiml");
    Optional<String> body = section.text("body");
    Optional<String> contentType = section.text("contentType");
    section.done();
    return path.map(p ->
        new CannedAnswer(
            p,
            form,
            status,
            contentType.orElse(twiml.isPresent() ? "text/xml" : null),
            twiml.or(() -> body).orElse("")));
  }

  /** The answer to a request. */
  public CannedAnswer answer(String path, Map<String, String> form) {
    for (CannedAnswer answer : answers) {
      if (answer.path().equals(path)
          && answer.form().entrySet().stream()
              .allMatch(e -> e.getValue().matches(form.get(e.getKey())))) {
        return answer;
      }
    }
    return new CannedAnswer(path, new LinkedHashMap<>(), 204, null, "");
  }
}
