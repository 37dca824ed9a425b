package dev.ringback.control;

import dev.ringback.engine.ClockMode;
import dev.ringback.engine.ClockView;
import dev.ringback.engine.Holds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the control API shows of time; keys stay in this order. */
final class Views {
  private Views() {}

  static Map<String, Object> clock(ClockView clock) {
    Map<String, Object> view = new LinkedHashMap<>();
    switch (clock.mode()) {
      case ClockMode.Real real -> {
        view.put("mode", "real");
        view.put("speed", real.speed());
      }
      case ClockMode.Skipping skipping -> view.put("mode", "skipping");
      case ClockMode.Stepped stepped -> view.put("mode", "stepped");
    }
    view.put("now", clock.now().toString());
    view.put("inFlight", clock.inFlight());
    view.put("holds", clock.holds().stream().map(Views::hold).toList());
    put(view, "nextDue", clock.nextDue());
    return view;
  }

  static Map<String, Object> hold(Holds.Hold hold) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", hold.name());
    view.put("leaseMs", hold.lease().toMillis());
    return view;
  }

  private static void put(Map<String, Object> view, String key, @Nullable Object value) {
    if (value != null) {
      view.put(key, value instanceof List<?> list ? list : value.toString());
    }
  }
}
