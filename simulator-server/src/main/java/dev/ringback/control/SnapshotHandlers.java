package dev.ringback.control;

import dev.ringback.worlds.SnapshotRefused;
import dev.ringback.worlds.Snapshots;
import dev.ringback.worlds.WorldChoice;
import dev.ringback.worlds.Worlds;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The world as it was, to come back to. */
final class SnapshotHandlers {
  private static final int LONGEST_NAME = 100;
  private static final String NAME =
      "1 to %d characters without '/' and line breaks".formatted(LONGEST_NAME);

  private final Worlds worlds;
  private final WorldChoice choice;

  SnapshotHandlers(Worlds worlds, WorldChoice choice) {
    this.worlds = worlds;
    this.choice = choice;
  }

  private Snapshots of(Context context) {
    return worlds.snapshotsOf(choice.of(context));
  }

  void take(Context context) throws BadInput, InterruptedException {
    Section body = Yaml.parseBody(context.body());
    String name = body.text("name", SnapshotHandlers::isName, NAME).orElse("");
    body.missing("name");
    body.done();
    body.check();
    try {
      context.status(201).json(view(of(context).take(name)));
    } catch (SnapshotRefused e) {
      throw Refusal.conflict(String.valueOf(e.getMessage()), null);
    }
  }

  private static boolean isName(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST_NAME
        && name.chars().noneMatch(c -> Character.isISOControl(c) || c == '/');
  }

  void list(Context context) {
    List<Map<String, Object>> all = of(context).all().stream().map(SnapshotHandlers::view).toList();
    context.json(Map.of("snapshots", all));
  }

  void restore(Context context) {
    String name = context.pathParam("name");
    context.json(
        of(context).restore(name).map(SnapshotHandlers::view).orElseThrow(() -> unknown(name)));
  }

  void delete(Context context) {
    String name = context.pathParam("name");
    if (!of(context).delete(name)) {
      throw unknown(name);
    }
    context.status(204);
  }

  private static Refusal unknown(String name) {
    return new Refusal(
        404, "there is no snapshot '" + name + "'", null, "GET /sim/v1/snapshots lists them");
  }

  private static Map<String, Object> view(Snapshots.Named snapshot) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", snapshot.name());
    view.put("time", snapshot.time().toString());
    view.put("takenAt", snapshot.taken().toString());
    view.put("bytes", snapshot.size());
    return view;
  }
}
