package dev.ringback.state;

import dev.ringback.config.ConfigView;
import dev.ringback.engine.WorldSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a world that is kept goes on with: its own settings, as long as nothing contradicts. */
public final class KeptSettings {
  private KeptSettings() {}

  /**
   * @param kept with which the world has lived
   * @param configured now; its tokens count when somebody chose them
   * @throws StateProblem when they differ in what a past depends on
   */
  public static WorldSettings resumed(WorldSettings kept, WorldSettings configured)
      throws StateProblem {
    List<String> differ = new ArrayList<>();
    Map<String, Object> then = relevant(kept);
    Map<String, Object> now = relevant(configured);
    now.forEach((key, value) -> {
      if (!Objects.equals(value, then.get(key))) {
        differ.add(key);
      }
    });
    if (!Objects.equals(kept.telephony().defaultVoice(), configured.telephony().defaultVoice())) {
      differ.add("--voice-url");
    }
    WorldSettings.Credentials credentials = configured.identity().credentials();
    if (!credentials.drawn() && !credentials.authToken().equals(kept.authToken())) {
      differ.add("account.authToken");
    }
    if (!differ.isEmpty()) {
      throw new StateProblem(
          "the state was begun with another configuration (%s); go on with that one, and change numbers and workers over the API, or begin anew in another folder"
              .formatted(String.join(", ", differ)));
    }
    return moved(kept, configured);
  }

  /** The same at another address, with other ways out. */
  public static WorldSettings moved(WorldSettings kept, WorldSettings configured) {
    return new WorldSettings(
        kept.identity().with(configured.identity().network()),
        kept.time(),
        kept.telephony(),
        kept.frontline(),
        kept.behaviour(),
        kept.faults());
  }

  /** Without what may be another each time: where it answers, and where its requests may go. */
  private static Map<String, Object> relevant(WorldSettings settings) {
    Map<String, Object> view = ConfigView.ofWorld(settings);
    List.of("server", "egress", "map").forEach(view::remove);
    return view;
  }
}
