package dev.ringback.viewer;

import dev.ringback.call.Call;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallState;
import dev.ringback.callback.Param;
import dev.ringback.engine.CallRecord;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.report.Outlook;
import dev.ringback.report.Timeline;
import dev.ringback.report.TimelineReader;
import dev.ringback.twiml.Finding;
import dev.ringback.voice.Alert;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Leg;
import dev.ringback.voice.SessionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call as the control API, the console and the HTML report have it; keys stay in this order. It
 * is read from the journal's exchanges and nothing else.
 */
public final class CallViews {
  private CallViews() {}

  /** A call with its legs and recordings. */
  public static Map<String, Object> call(Call call) {
    Map<String, Object> view = leg(call.facts().leg());
    view.put("state", state(call.state()));
    view.put("over", call.over());
    view.put("legs", call.facts().children().stream().map(CallViews::leg).toList());
    List<Map<String, Object>> recordings = new ArrayList<>();
    call.facts()
        .recordings()
        .forEach(r -> {
          Map<String, Object> recording = new LinkedHashMap<>();
          recording.put("recordingSid", r.sid().value());
          recording.put("status", r.status().wireName());
          recording.put("channels", r.channels());
          recording.put("source", r.source().wireName());
          if (r.stoppedAt() != null) {
            Instant start = call.facts().leg().startedAt();
            recording.put("beginsMs", Duration.between(start, r.begin()).toMillis());
            recording.put("durationMs", r.length().toMillis());
          }
          recordings.add(recording);
        });
    view.put("recordings", recordings);
    return view;
  }

  private static String state(CallState state) {
    return switch (state) {
      case CallState.InSession session -> session.session().state().getClass().getSimpleName();
      case CallState.Dialling dial -> "Dial" + dial.dial().phase().getClass().getSimpleName();
      default -> state.getClass().getSimpleName();
    };
  }

  private static Map<String, Object> leg(Leg leg) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("callSid", leg.sid().value());
    put(view, "parentCallSid", leg.parent());
    view.put("from", leg.from());
    view.put("to", leg.to());
    view.put("direction", leg.direction().wireName());
    view.put("status", leg.status().wireName());
    view.put("startedAt", leg.startedAt().toString());
    put(view, "answeredAt", leg.answeredAt());
    put(view, "endedAt", leg.endedAt());
    view.put("duration", leg.seconds());
    return view;
  }

  /** A call's timeline as JSON. */
  public static Map<String, Object> timeline(Timeline timeline) {
    Instant start = timeline.record().call().facts().leg().startedAt();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Timeline.Row row : timeline.rows()) {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("at", row.at().toString());
      view.put("offsetMs", Duration.between(start, row.at()).toMillis());
      switch (row) {
        case Timeline.Event event -> {
          view.put("kind", "event");
          view.put("who", event.who());
          view.put("text", event.text());
        }
        case Timeline.Problem problem -> alert(view, problem.alert());
        case Timeline.Request request -> request(view, request);
      }
      rows.add(view);
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("call", call(timeline.record().call()));
    view.put("failed", timeline.failed());
    Outlook.of(timeline.record().call()).ifPresent(next -> view.put("next", next));
    view.put("parties", Parties.of(timeline.record().call()));
    view.put("rows", rows);
    view.put("expected", ExpectedCallbacks.of(timeline.record()));
    return view;
  }

  private static void alert(Map<String, Object> view, Alert alert) {
    view.put("kind", "alert");
    view.put("level", alert.level().name());
    view.put("code", alert.code());
    view.put("text", alert.message());
    put(view, "url", alert.url());
  }

  private static void request(Map<String, Object> view, Timeline.Request request) {
    view.put("kind", "request");
    view.put("id", request.exchange().id().toString());
    view.put("request", request.sent().kind().wireName());
    view.put("method", request.sent().method().name());
    view.put("url", request.sent().url());
    view.put("attempt", request.sent().attempt());
    view.put("form", form(request.sent().form().params()));
    put(view, "again", request.again());
    landing(view, request.landing(), request.verbs());
    if (request.exchange().document() != null && request.landing() != null) {
      findings(view, request.exchange().document().findings());
    }
    if (request.took() != null) {
      view.put("tookMs", request.took().toNanos() / 1e6);
    }
  }

  private static void findings(Map<String, Object> view, List<Finding> findings) {
    List<Map<String, Object>> views = new ArrayList<>();
    for (Finding finding : findings) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("level", finding.level().name());
      one.put("code", finding.code());
      one.put("line", finding.line());
      one.put("column", finding.column());
      one.put("message", finding.message());
      views.add(one);
    }
    view.put("findings", views);
  }

  /** A request with its answer. */
  public static Map<String, Object> exchange(Exchange exchange) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("request", exchange.kind().wireName());
    view.put("method", exchange.request().method().name());
    view.put("url", exchange.request().url());
    view.put("attempts", exchange.attempts().size());
    view.put("form", form(exchange.request().form().params()));
    landing(view, exchange.landing(), exchange.verbs());
    return view;
  }

  private static Map<String, String> form(List<Param> params) {
    Map<String, String> form = new LinkedHashMap<>();
    params.forEach(param -> form.put(param.name(), param.value()));
    return form;
  }

  private static void landing(
      Map<String, Object> view, @Nullable Landing landing, @Nullable List<String> verbs) {
    switch (landing) {
      case null -> {}
      case Landing.Answered answered -> {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", answered.status());
        put(answer, "contentType", answered.contentType());
        answer.put("body", answered.body());
        put(answer, "verbs", verbs);
        view.put("answer", answer);
      }
      case Landing.Failed failed -> {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", failed.error().code());
        error.put("message", failed.cause());
        view.put("error", error);
      }
    }
  }

  /** How a request ended. */
  public static Map<String, Object> landing(Landing landing) {
    Map<String, Object> view = new LinkedHashMap<>();
    landing(view, landing, null);
    return view;
  }

  /** A call in a list: with how it ended, and whether an error of the app's was among it. */
  public static Map<String, Object> summary(CallRecord record) {
    Map<String, Object> view = call(record.call());
    view.put("failed", TimelineReader.read(record).failed());
    view.put("ending", ending(record));
    return view;
  }

  /** Such as {@code session-success / completed}; the status where nobody was connected. */
  private static String ending(CallRecord record) {
    String ending = record.call().facts().leg().status().wireName();
    for (JournalEntry entry : record.entries()) {
      if (entry.fact() instanceof Fact.Happened(CallEvent.SessionEnded ended)) {
        SessionOutcome outcome = ended.outcome();
        ending =
            outcome.result().wireName()
                + (outcome.dialCallStatus() == null
                    ? ""
                    : " / " + outcome.dialCallStatus().wireName());
      }
    }
    return ending;
  }

  private static void put(Map<String, Object> view, String key, @Nullable Object value) {
    if (value != null) {
      view.put(key, value instanceof List<?> list ? list : value.toString());
    }
  }
}
