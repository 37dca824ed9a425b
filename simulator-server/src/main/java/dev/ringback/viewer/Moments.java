package dev.ringback.viewer;

import dev.ringback.engine.CallRecord;
import dev.ringback.engine.PastCalls;
import dev.ringback.engine.WorldSettings;
import dev.ringback.report.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the people of a call could do at each time of it, and what Twilio would have done next. */
public final class Moments {
  private Moments() {}

  /**
   * In order; each holds until the next. An instant has one, its last.
   *
   * @param settings of the world in which the call took place
   */
  public static List<Map<String, Object>> of(WorldSettings settings, CallRecord record) {
    Instant start = record.call().facts().leg().startedAt();
    List<Map<String, Object>> views = new ArrayList<>();
    for (PastCalls.Moment moment : new PastCalls(settings).moments(record.entries())) {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("offsetMs", Duration.between(start, moment.at()).toMillis());
      view.put("status", moment.call().facts().leg().status().wireName());
      view.put("parties", Parties.of(moment.call()));
      Optional<String> next = Outlook.of(moment.call());
      next.ifPresent(text -> view.put("next", text));
      if (!views.isEmpty()
          && Objects.equals(views.getLast().get("offsetMs"), view.get("offsetMs"))) {
        views.removeLast();
      }
      if (views.isEmpty() || differ(views.getLast(), view)) {
        views.add(view);
      }
    }
    return views;
  }

  private static boolean differ(Map<String, Object> one, Map<String, Object> other) {
    Map<String, Object> same = new LinkedHashMap<>(other);
    same.put("offsetMs", one.get("offsetMs"));
    return !same.equals(one);
  }
}
