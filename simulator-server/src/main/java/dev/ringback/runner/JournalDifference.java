package dev.ringback.runner;

import dev.ringback.callback.Param;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.scenario.AppAnswer;
import dev.ringback.twiml.TwimlElements;
import dev.ringback.twiml.TwimlElements.Element;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Urls;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first request at which two journals part: what was asked of the app, or what it answered.
 *
 * @param lines which request, and a line for each field: what it was, and what it is now
 */
public record JournalDifference(List<String> lines) {

  /** Empty: the app was asked the same and answered the same. */
  public static Optional<JournalDifference> between(
      List<JournalEntry> before, List<JournalEntry> now) {
    return between(before, now, Wildcards.NONE, Set.of());
  }

  /**
   * @param wildcards in the first journal; anything may stand in their place
   * @param left exchanges that are not looked at, in neither
   */
  public static Optional<JournalDifference> between(
      List<JournalEntry> before, List<JournalEntry> now, Wildcards wildcards, Set<String> left) {
    List<Exchange> was = lookedAt(before, left);
    List<Exchange> is = lookedAt(now, left);
    Duration later =
        before.isEmpty() || now.isEmpty()
            ? Duration.ZERO
            : Duration.between(before.getFirst().at(), now.getFirst().at());
    for (int i = 0; i < Math.min(was.size(), is.size()); i++) {
      List<String> fields = new Comparison(was.get(i), is.get(i), wildcards).fields(later);
      if (!fields.isEmpty()) {
        List<String> lines = new ArrayList<>();
        lines.add("request %d, %s".formatted(i + 1, name(was.get(i), before)));
        lines.addAll(fields);
        return Optional.of(new JournalDifference(lines));
      }
    }
    if (was.size() == is.size()) {
      return Optional.empty();
    }
    boolean fewer = was.size() > is.size();
    Exchange first = fewer ? was.get(is.size()) : is.get(was.size());
    return Optional.of(
        new JournalDifference(
            List.of(
                "request %d, %s"
                    .formatted(
                        Math.min(was.size(), is.size()) + 1, name(first, fewer ? before : now)),
                fewer ? "≠ it is not made any more" : "≠ it was not made before")));
  }

  private static List<Exchange> lookedAt(List<JournalEntry> journal, Set<String> left) {
    return Exchanges.of(journal).stream()
        .filter(exchange -> !left.contains(exchange.id().toString()))
        .toList();
  }

  private static String name(Exchange exchange, List<JournalEntry> journal) {
    Duration at = Duration.between(journal.getFirst().at(), exchange.leftAt());
    return "%s at %d.%03ds (%s %s)"
        .formatted(
            exchange.kind().wireName(),
            at.toSeconds(),
            at.toMillisPart(),
            exchange.request().method(),
            exchange.request().url());
  }

  /** Two requests that stand at the same place. */
  private static final class Comparison {
    private final Exchange was;
    private final Exchange is;
    private final Wildcards wildcards;
    private final List<String> fields = new ArrayList<>();

    Comparison(Exchange was, Exchange is, Wildcards wildcards) {
      this.was = was;
      this.is = is;
      this.wildcards = wildcards;
    }

    /**
     * @param later by how much the second journal began later
     */
    List<String> fields(Duration later) {
      Fact.Requested before = was.request();
      Fact.Requested now = is.request();
      field("request", before.kind().wireName(), now.kind().wireName());
      if (before.kind() != now.kind()) {
        return fields;
      }
      field("method", before.method().name(), now.method().name());
      field("url", path(before.url()), path(now.url()));
      field("at", was.leftAt().plus(later).toString(), is.leftAt().toString());
      Map<String, String> form = form(before);
      Map<String, String> formNow = form(now);
      Set<String> names = new LinkedHashSet<>(form.keySet());
      names.addAll(formNow.keySet());
      names.forEach(name -> field(name, form.get(name), formNow.get(name)));
      field(
          "attempts",
          Integer.toString(was.attempts().size()),
          Integer.toString(is.attempts().size()));
      answer(was.landing(), is.landing());
      return fields;
    }

    private void answer(@Nullable Landing before, @Nullable Landing now) {
      if (!(before instanceof Landing.Answered answered)
          || !(now instanceof Landing.Answered answeredNow)) {
        field("answer", said(before), said(now));
        return;
      }
      field(
          "answer.status",
          Integer.toString(answered.status()),
          Integer.toString(answeredNow.status()));
      field("answer.type", answered.contentType(), answeredNow.contentType());
      if (fields.isEmpty() && !answered.body().equals(answeredNow.body())) {
        documents(withoutHosts(answered.body()), withoutHosts(answeredNow.body()));
      }
    }

    /** By elements, where both are TwiML and differ in more than white space. */
    private void documents(String before, String now) {
      List<Element> elements = TwimlElements.of(before);
      List<Element> elementsNow = TwimlElements.of(now);
      for (int i = 0; i < Math.min(elements.size(), elementsNow.size()); i++) {
        Element element = elements.get(i);
        Element elementNow = elementsNow.get(i);
        if (!element.path().equals(elementNow.path())) {
          field("answer, element " + (i + 1), element.path(), elementNow.path());
          return;
        }
        Set<String> names = new LinkedHashSet<>(element.attributes().keySet());
        names.addAll(elementNow.attributes().keySet());
        names.stream()
            .sorted()
            .forEach(name ->
                field(
                    "answer." + element.name() + "." + name,
                    element.attributes().get(name),
                    elementNow.attributes().get(name)));
      }
      if (fields.isEmpty() && elements.size() == elementsNow.size()) {
        texts(elements, elementsNow);
      }
      if (fields.isEmpty() && elements.size() != elementsNow.size()) {
        field("answer.elements", names(elements), names(elementsNow));
      }
      if (fields.isEmpty()
          && (elements.isEmpty() || !elements.equals(elementsNow))
          && !wildcards.same(before, now)) {
        field("answer.body", before, now);
      }
    }

    /** The innermost element whose text differs: the text of those around it does, too. */
    private void texts(List<Element> before, List<Element> now) {
      int innermost = -1;
      for (int i = 0; i < before.size(); i++) {
        if (!wildcards.same(before.get(i).text(), now.get(i).text())
            && (innermost < 0
                || before.get(i).text().length() <= before.get(innermost).text().length())) {
          innermost = i;
        }
      }
      if (innermost >= 0) {
        field(
            "text of answer." + before.get(innermost).name(),
            before.get(innermost).text(),
            now.get(innermost).text());
      }
    }

    private static String names(List<Element> elements) {
      return String.join(" ", elements.stream().map(Element::name).toList());
    }

    private static @Nullable String said(@Nullable Landing landing) {
      return landing == null ? null : AppAnswer.of(landing);
    }

    /** The app may be somewhere else now. */
    private String withoutHosts(String body) {
      return withoutHost(withoutHost(body, was.request().url()), is.request().url());
    }

    private static String withoutHost(String body, String url) {
      int authority = url.indexOf("://") + 3;
      int start = url.indexOf('/', authority);
      String host = start < 0 ? url.substring(authority) : url.substring(authority, start);
      String encoded = URLEncoder.encode(host, StandardCharsets.UTF_8);
      return body.replaceAll("(https?://)?" + Pattern.quote(host), "")
          .replaceAll("(?i)(https?%3A%2F%2F)?" + Pattern.quote(encoded), "");
    }

    /** Without the host: the app may be somewhere else now. */
    private static String path(String url) {
      int start = url.indexOf('/', url.indexOf("://") + 3);
      return start < 0 ? "/" : url.substring(start);
    }

    private static Map<String, String> form(Fact.Requested request) {
      Map<String, String> form = new LinkedHashMap<>();
      for (Param param : request.form().params()) {
        form.put(param.name(), param.value());
      }
      return form;
    }

    private void field(String name, @Nullable String before, @Nullable String now) {
      if (!Objects.equals(before, now)
          && !isSamePath(before, now)
          && (before == null || now == null || !isSame(before, now))) {
        fields.add("≠ %s: was %s, is now %s".formatted(name, quoted(before), quoted(now)));
      }
    }

    private boolean isSame(String before, String now) {
      return wildcards.same(withoutHosts(before), withoutHosts(now));
    }

    /** Two URLs that differ in nothing but where they lead. */
    private static boolean isSamePath(@Nullable String before, @Nullable String now) {
      return before != null
          && now != null
          && Urls.isAbsoluteHttp(before)
          && Urls.isAbsoluteHttp(now)
          && path(before).equals(path(now));
    }

    private static String quoted(@Nullable String value) {
      return value == null ? "absent" : "'" + value + "'";
    }
  }
}
