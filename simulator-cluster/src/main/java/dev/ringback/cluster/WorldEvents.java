package dev.ringback.cluster;

import dev.ringback.json.JournalJson;
import dev.ringback.state.Packed;
import dev.ringback.state.StoredSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The events of a world as they are persisted, texts all; and its snapshots, which are bytes. */
final class WorldEvents {
  private WorldEvents() {}

  /** An event. */
  sealed interface Event {
    /** It begins, with these settings. */
    record Begun(String settings) implements Event {}

    /** Lines of its history. */
    record Lines(List<String> lines) implements Event {}

    /** A snapshot was named. */
    record Named(ActorLedger.Kept kept) implements Event {}

    /** A name of a snapshot was taken away. */
    record Unnamed(String name) implements Event {}

    /** It is gone for good. */
    record Ended() implements Event {}
  }

  /**
   * Where a start goes on.
   *
   * @param named snapshots
   */
  record Start(String settings, ActorLedger.Kept start, List<ActorLedger.Kept> named) {}

  static String write(Event event) {
    return switch (event) {
      case Event.Begun begun -> "begun\n" + begun.settings();
      case Event.Lines lines -> "lines\n" + String.join("\n", lines.lines());
      case Event.Named named -> "named\n" + json(named.kept());
      case Event.Unnamed unnamed -> "unnamed\n" + unnamed.name();
      case Event.Ended ended -> "ended\n";
    };
  }

  static Event read(String text) {
    int end = text.indexOf('\n');
    String rest = text.substring(end + 1);
    return switch (text.substring(0, end)) {
      case "begun" -> new Event.Begun(rest);
      case "lines" -> new Event.Lines(rest.lines().toList());
      case "named" -> new Event.Named(kept(rest));
      case "unnamed" -> new Event.Unnamed(rest);
      case "ended" -> new Event.Ended();
      default -> throw new IllegalArgumentException("no event of a world: " + text);
    };
  }

  private static String json(ActorLedger.Kept kept) {
    return JournalJson.mapper()
        .writeValueAsString(
            Map.of(
                "snapshot",
                kept.what(),
                "bytes",
                Base64.getEncoder().encodeToString(kept.packed().bytes())));
  }

  private static ActorLedger.Kept kept(String text) {
    JsonNode json = JournalJson.mapper().readTree(text);
    return new ActorLedger.Kept(
        JournalJson.mapper().treeToValue(json.path("snapshot"), StoredSnapshot.class),
        Packed.read(Base64.getDecoder().decode(json.path("bytes").asString())));
  }

  static byte[] write(Start start) {
    List<String> lines = new ArrayList<>();
    lines.add(start.settings());
    lines.add(json(start.start()));
    start.named().forEach(kept -> lines.add(json(kept)));
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  static Start readStart(byte[] bytes) {
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    return new Start(
        lines.getFirst(),
        kept(lines.get(1)),
        lines.stream().skip(2).map(WorldEvents::kept).toList());
  }
}
