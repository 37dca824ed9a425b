package dev.ringback.control;

import dev.ringback.config.FaultReader;
import dev.ringback.engine.ActiveFault;
import dev.ringback.engine.LoggedAlert;
import dev.ringback.engine.World;
import dev.ringback.fault.FaultRule;
import dev.ringback.worlds.WorldChoice;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trouble to order, and the trouble there was. */
final class FaultHandlers {
  private final WorldChoice choice;

  FaultHandlers(WorldChoice choice) {
    this.choice = choice;
  }

  void order(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    Optional<FaultRule> order = FaultReader.read(body);
    body.check();
    World world = choice.of(context);
    if (world.faults().join().size() >= World.MAX_FAULTS) {
      throw Refusal.conflict(
          "there are " + World.MAX_FAULTS + " faults already", "remove some with DELETE");
    }
    String id = world.addFault(order.orElseThrow()).join();
    context
        .status(201)
        .json(
            world.faults().join().stream()
                .filter(f -> f.id().equals(id))
                .findFirst()
                .map(FaultHandlers::view)
                .orElse(Map.of("id", id)));
  }

  void list(Context context) {
    List<ActiveFault> faults = choice.of(context).faults().join();
    context.json(Map.of("faults", faults.stream().map(FaultHandlers::view).toList()));
  }

  void remove(Context context) {
    String id = context.pathParam("id");
    if (!choice.of(context).removeFault(id).join()) {
      throw Refusal.notFound("there is no fault '" + id + "'");
    }
    context.status(204);
  }

  void removeAll(Context context) {
    choice.of(context).removeFaults().join();
    context.status(204);
  }

  private static Map<String, Object> view(ActiveFault fault) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", fault.id());
    view.putAll(FaultReader.view(fault.rule()));
    view.put("struck", fault.struck());
    return view;
  }

  /** What the Debugger keeps, the newest first. */
  void debugger(Context context) {
    List<LoggedAlert> entries = choice.of(context).debugger().join().reversed();
    context.json(Map.of("entries", entries.stream().map(FaultHandlers::view).toList()));
  }

  private static Map<String, Object> view(LoggedAlert entry) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("sid", entry.sid().value());
    view.put("at", entry.at().toString());
    view.put("callSid", entry.call() == null ? null : entry.call().value());
    view.put("level", entry.alert().level().name());
    view.put("code", entry.alert().code());
    view.put("text", entry.alert().message());
    if (entry.alert().url() != null) {
      view.put("url", entry.alert().url());
    }
    return view;
  }
}
