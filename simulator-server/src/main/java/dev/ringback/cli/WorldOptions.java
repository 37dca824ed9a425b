package dev.ringback.cli;

import dev.ringback.callback.AddressMap;
import dev.ringback.config.ClockSection;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.KnownAccount;
import dev.ringback.config.Values;
import dev.ringback.config.WorldDraft;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import dev.ringback.voice.Urls;
import dev.ringback.words.DidYouMean;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what the world is like; they go before the configuration file. */
final class WorldOptions {
  private static final Path DEFAULT_FILE = Path.of("ringback.yaml");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "configuration; ./ringback.yaml is read by itself when it is there")
  @Nullable Path config;

  @Option(
      names = "--clock",
      paramLabel = "real|skipping|stepped",
      description = "how time passes; default: real")
  @Nullable String clock;

  @Option(names = "--speed", paramLabel = "N", description = "of a real clock, default 1")
  @Nullable String speed;

  @Option(names = "--seed", paramLabel = "N", description = "of all identifiers, default 42")
  @Nullable Long seed;

  @Option(
      names = "--voice-url",
      paramLabel = "URL",
      description = "answers every number that is not configured")
  @Nullable String voiceUrl;

  @Option(
      names = "--map",
      paramLabel = "PUBLIC=LOCAL",
      description = "a public address and where it really runs")
  List<String> maps = new ArrayList<>();

  /** Whether any of these was given on the command line. */
  boolean given() {
    return config != null
        || clock != null
        || speed != null
        || seed != null
        || voiceUrl != null
        || !maps.isEmpty();
  }

  static boolean defaultFileExists() {
    return Files.exists(DEFAULT_FILE);
  }

  /** What the options and the file say together. */
  ConfigFile read() throws BadInput {
    Path file = config != null ? config : Files.exists(DEFAULT_FILE) ? DEFAULT_FILE : null;
    ConfigFile read = file == null ? new ConfigFile() : ConfigFile.read(file);
    apply(read.world);
    if (!read.world.namesAccount()) {
      read.world.account(KnownAccount.of(System.getenv()));
    }
    return read;
  }

  /** Who the account is for a world of this command alone: the app knows its SID and token. */
  static KnownAccount accountOfApp() throws BadInput {
    return KnownAccount.of(System.getenv()).besideAServer().withToken();
  }

  /**
   * The same for an app that is started here, and has to be told of one account.
   *
   * @param seed of its SID; null: the usual one
   */
  static KnownAccount accountOfApp(@Nullable Long seed) throws BadInput {
    KnownAccount known = accountOfApp();
    WorldDraft draft = new WorldDraft();
    draft.seed = seed == null ? WorldDraft.DEFAULT_SEED : seed;
    return known.sid() != null
        ? known
        : new KnownAccount(draft.settings().account(), known.authToken());
  }

  private void apply(WorldDraft world) throws BadInput {
    if (clock != null) {
      world.clock =
          world.clock.withMode(choice("--clock", clock, List.of("real", "skipping", "stepped")));
    }
    if (speed != null) {
      world.clock =
          world.clock.withSpeed(
              ClockSection.parseSpeed(speed)
                  .orElseThrow(() -> wrong("--speed", "must be a number above 0, at most 1000")));
      if (world.clock.clockMode().virtual()) {
        throw wrong("--speed", "goes with a real clock only");
      }
    }
    if (seed != null) {
      world.seed = seed;
    }
    if (voiceUrl != null) {
      if (!Urls.isAbsoluteHttp(voiceUrl)) {
        throw wrong("--voice-url", "must be an absolute http(s) URL, not '" + voiceUrl + "'");
      }
      world.numbers = world.numbers.withDefaultVoice(new Target(voiceUrl, HttpMethod.POST));
    }
    List<AddressMap.Route> routes = new ArrayList<>(world.routes);
    for (String map : maps) {
      int at = map.indexOf("=http");
      if (at < 0
          || !Urls.isAbsoluteHttp(map.substring(0, at))
          || !Urls.isAbsoluteHttp(map.substring(at + 1))) {
        throw wrong(
            "--map",
            "must be PUBLIC=LOCAL, such as https://my-app.example=http://localhost:3000, not '%s'"
                .formatted(map));
      }
      routes.addFirst(
          new AddressMap.Route(
              Values.withoutSlash(map.substring(0, at)),
              Values.withoutSlash(map.substring(at + 1))));
    }
    world.routes = List.copyOf(routes);
  }

  /** One of a few words, in whatever letter case. */
  static String choice(String option, String text, List<String> choices) throws BadInput {
    for (String choice : choices) {
      if (choice.equalsIgnoreCase(text)) {
        return choice;
      }
    }
    throw new BadInput(
        new Problem(
            null,
            0,
            option,
            "must be one of %s, not '%s'".formatted(String.join(", ", choices), text),
            DidYouMean.to(text, choices).map(n -> "did you mean '" + n + "'?").orElse(null)));
  }

  static BadInput wrong(String option, String message) {
    return new BadInput(new Problem(null, 0, option, message, null));
  }
}
