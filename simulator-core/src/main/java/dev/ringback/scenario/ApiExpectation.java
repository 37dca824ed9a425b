package dev.ringback.scenario;

import dev.ringback.engine.ApiLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request of the app's to the REST API, at whatever time.
 *
 * @param method of HTTP
 * @param form by parameter, of its query or body
 * @param status of the answer; null: 2xx
 * @param times there is such a request; null: at least once
 */
public record ApiExpectation(
    String method,
    Matcher path,
    Map<String, Matcher> form,
    @Nullable Matcher status,
    @Nullable Matcher times)
    implements Expectation {

  @Override
  public String text() {
    return "api: %s %s%s%s%s"
        .formatted(
            method,
            path.text(),
            form.isEmpty() ? "" : ", form: " + Matcher.text(form),
            status == null ? "" : ", answers: " + status.text(),
            times == null ? "" : ", times: " + times.text());
  }

  ApiExpectation with(Variables values) {
    return new ApiExpectation(method, path.with(values), Matcher.with(values, form), status, times);
  }

  /** Empty: there is such a request, or as many as there should be. Otherwise what there is. */
  Optional<List<String>> check(List<ApiLog.Request> requests) {
    long found = requests.stream().filter(request -> differences(request).isEmpty()).count();
    if (times == null ? found > 0 : times.matches(Long.toString(found))) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    if (times != null) {
      lines.add("≠ times: expected %s, was %d".formatted(times.text(), found));
    }
    if (found == 0) {
      lines.addAll(nearest(requests));
    }
    return Optional.of(lines);
  }

  /** The first that is such a request, in a line. */
  Optional<List<String>> first(List<ApiLog.Request> requests) {
    return requests.stream()
        .filter(request -> differences(request).isEmpty())
        .findFirst()
        .map(request ->
            List.of(
                "the app asked %s %s, which was answered %d"
                    .formatted(request.method(), request.path(), request.status())));
  }

  private List<String> nearest(List<ApiLog.Request> requests) {
    return requests.stream()
        .min(Comparator.comparingInt(request -> distance(differences(request))))
        .map(request -> {
          List<String> lines = new ArrayList<>();
          lines.add("nearest: %s %s".formatted(request.method(), request.path()));
          lines.addAll(differences(request).values());
          return lines;
        })
        .orElse(List.of("the app sent no request to the REST API at all"));
  }

  /** Another path is a worse mismatch than any parameters. */
  private static int distance(Map<String, String> differences) {
    int distance = differences.size();
    if (differences.containsKey("path")) {
      distance += 1_000;
    }
    return differences.containsKey("method") ? distance + 100 : distance;
  }

  /** By field, a line for each that differs. */
  private Map<String, String> differences(ApiLog.Request request) {
    Map<String, String> lines = new LinkedHashMap<>();
    compare(lines, "method", new Matcher.Equal(method), request.method());
    compare(lines, "path", path, request.path());
    form.forEach(
        (name, matcher) -> compare(lines, "form." + name, matcher, request.form().get(name)));
    String answered = Integer.toString(request.status());
    compare(lines, "answers", status == null ? SUCCESS : status, answered);
    return lines;
  }

  private static final Matcher SUCCESS = new Matcher.Regex("^2\\d\\d$");

  private static void compare(
      Map<String, String> lines, String name, Matcher matcher, @Nullable String value) {
    if (!matcher.matches(value)) {
      lines.put(name, Differences.line(name, matcher.text(), value));
    }
  }
}
