package dev.ringback.embedded;

import dev.ringback.config.AuthToken;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.KnownAccount;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.World;
import dev.ringback.json.JournalJson;
import dev.ringback.media.InstalledVoices;
import dev.ringback.media.Voices;
import dev.ringback.play.Player;
import dev.ringback.play.Player.Performance;
import dev.ringback.report.Detail;
import dev.ringback.report.Ink;
import dev.ringback.report.TimelineReader;
import dev.ringback.report.TimelineText;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.server.CannotListen;
import dev.ringback.server.RestApiServer;
import dev.ringback.server.RingbackServer;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import dev.ringback.wire.HttpWire;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import okhttp3.internal.concurrent.TaskRunner;
import org.jspecify.annotations.Nullable;

/**
 * A server on a free port of the loopback interface, and worlds with a stepped clock in it. What it
 * is asked and what it answers are strings, numbers, lists and maps.
 */
public final class EmbeddedRingback
    implements BiFunction<String, Map<String, Object>, Map<String, Object>>, AutoCloseable {
  private final RingbackServer server;
  private final String token = AuthToken.draw();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong seeds = new AtomicLong(2_000_000);
  private @Nullable RestApiServer restApi;

  private EmbeddedRingback(RingbackServer server) {
    this.server = server;
  }

  /** Starts one. */
  public static EmbeddedRingback start() throws BadInput, CannotListen {
    ConfigFile config = ConfigFile.read(Yaml.parse("embedded", "server: {port: 0}\n"));
    config.voices = Voices.TONES;
    return new EmbeddedRingback(
        RingbackServer.start(
            config,
            seed -> {
              WorldDraft draft = new WorldDraft();
              draft.seed = seed;
              return draft;
            }));
  }

  /**
   * Does something.
   *
   * @param what {@code about}, {@code world}, {@code request}, {@code scenarios} or {@code play}
   * @return with {@code error} and a sentence when it cannot be done
   */
  @Override
  public Map<String, Object> apply(String what, Map<String, Object> with) {
    try {
      return switch (what) {
        case "about" -> Map.of("url", server.url(), "authToken", token);
        case "world" -> world(with);
        case "request" -> request(with);
        case "scenarios" -> scenarios(with);
        case "play" -> play(with);
        default -> throw new IllegalArgumentException(what);
      };
    } catch (BadInput e) {
      return Map.of("error", e.problems().getFirst().toString());
    } catch (IOException | CannotListen e) {
      return Map.of("error", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of("error", "interrupted");
    }
  }

  /** A world of its own, whose clock is stepped: {@code voiceUrl} and {@code config}. */
  private Map<String, Object> world(Map<String, Object> with) throws BadInput {
    WorldDraft draft = new WorldDraft();
    draft.seed = seeds.incrementAndGet();
    draft.publicUrl = server.url();
    draft.clock = draft.clock.withMode("stepped");
    Section config =
        Yaml.parse(
            "world",
            JournalJson.mapper().writeValueAsString(with.getOrDefault("config", Map.of())));
    draft.read(config);
    config.done();
    config.check();
    draft.account(new KnownAccount(null, token));
    draft.numbers =
        draft.numbers.withDefaultVoice(
            new Target(String.valueOf(with.get("voiceUrl")), HttpMethod.POST));
    World world = server.start(draft.settings());
    return Map.of("accountSid", world.settings().account().value());
  }

  /** A request to the control API: {@code method}, {@code path}, {@code body}, {@code accept}. */
  private Map<String, Object> request(Map<String, Object> with)
      throws IOException, InterruptedException {
    Object body = with.get("body");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/sim/v1" + with.get("path")))
            .method(
                String.valueOf(with.get("method")),
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(JournalJson.mapper().writeValueAsString(body)))
            .header("Accept", String.valueOf(with.getOrDefault("accept", "application/json")));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    String type = response.headers().firstValue("Content-Type").orElse("");
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", response.statusCode());
    answer.put(
        "body",
        type.startsWith("application/json")
            ? JournalJson.mapper().readValue(response.body(), Object.class)
            : response.body());
    return answer;
  }

  // Scenarios

  /** Those of a file or folder: {@code path}. */
  private static Map<String, Object> scenarios(Map<String, Object> with)
      throws BadInput, IOException {
    Path path = Path.of(String.valueOf(with.get("path")));
    if (!Files.exists(path)) {
      return Map.of("error", "there is no " + path.toAbsolutePath());
    }
    List<Object> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        String text = Files.readString(file);
        if (!text.lines().anyMatch(line -> line.startsWith("scenario:"))) {
          continue; // a canned app, or what scenarios share
        }
        for (ScenarioFile scenario : ScenarioReader.readAll(file)) {
          all.add(Map.of("file", file.toString(), "name", scenario.name()));
        }
      }
    }
    return Map.of("scenarios", all);
  }

  /** {@code file}, {@code name}, {@code app}. */
  private Map<String, Object> play(Map<String, Object> with) throws BadInput, CannotListen {
    ScenarioFile scenario =
        ScenarioReader.readAll(Path.of(String.valueOf(with.get("file")))).stream()
            .filter(each -> each.name().equals(with.get("name")))
            .findFirst()
            .orElseThrow()
            .withAccount(new KnownAccount(null, token));
    Object app = with.get("app");
    Player player =
        new Player(app == null ? null : app.toString(), HttpWire.TOTAL_TIMEOUT, restApi());
    Performance performance = player.play(scenario);
    List<String> failures = new ArrayList<>();
    performance
        .verdict()
        .failures()
        .forEach(failure -> {
          failures.add(
              "%s:%d: expected %s".formatted(scenario.file(), failure.line(), failure.expected()));
          failure.nearest().forEach(line -> failures.add("    " + line));
        });
    List<String> timeline = new ArrayList<>();
    for (CallRecord record : performance.calls()) {
      timeline.addAll(
          TimelineText.lines(
              TimelineReader.read(record), Ink.PLAIN, Detail.USUAL, performance.hints()));
    }
    Map<String, Object> played = new LinkedHashMap<>();
    played.put("passed", performance.verdict().passed());
    played.put("cause", performance.verdict().cause());
    played.put("failures", failures);
    played.put("timeline", String.join("\n", timeline));
    played.put("seed", scenario.seed());
    return played;
  }

  private synchronized RestApiServer restApi() throws CannotListen {
    if (restApi == null) {
      restApi = RestApiServer.listen(0, InstalledVoices.best());
    }
    return restApi;
  }

  @Override
  public synchronized void close() {
    if (restApi != null) {
      restApi.close();
    }
    server.close();
    client.close();
    if (TaskRunner.INSTANCE.getBackend() instanceof TaskRunner.RealBackend backend) {
      backend.shutdown(); // this OkHttp is nobody else's
    }
  }
}
