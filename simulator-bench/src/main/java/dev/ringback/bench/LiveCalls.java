package dev.ringback.bench;

import dev.ringback.callback.WebRequest;
import dev.ringback.cast.Script;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.engine.Wire;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.json.AccountJson;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What a call costs while so many others are live: a Gather, a Dial that is answered, their actions
 * and callbacks, in a world whose other calls wait.
 *
 * <p>Arguments: numbers of live calls; a line is JSON.
 */
public final class LiveCalls {
  private static final String WAITS = "+15017122661";
  private static final String MEASURED = "+15017122662";
  private static final int BATCH = 500;
  private static final int WARM = 20;
  private static final int BATCHES = 20;
  private static final int ROUNDS = 5;

  /** Longer than all of it takes in the world. */
  private static final String PAUSE = "<Response><Pause length='14000'/></Response>";

  private static final String MENU =
      "<Response><Gather timeout='1' action='http://app.test/menu'/>"
          + "<Dial action='http://app.test/done'><Number statusCallback='http://app.test/status'"
          + " statusCallbackEvent='initiated ringing answered completed'>+15558675311</Number></Dial></Response>";

  private LiveCalls() {}

  public static void main(String... arguments) {
    for (String argument : arguments) {
      measure(Integer.parseInt(argument));
    }
  }

  private static void measure(int live) {
    try (World world = new World(settings(), new App(), new AccountJson())) {
      world.start();
      place(world, WAITS, live);
      world.advance(Duration.ofSeconds(1)).join();
      for (int i = 0; i < WARM; i++) {
        batch(world);
      }
      List<Double> micros = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        for (int i = 0; i < BATCHES; i++) {
          batch(world);
        }
        micros.add((System.nanoTime() - start) / 1e3 / BATCHES / BATCH);
      }
      micros.sort(null);
      int still = world.watch().liveCalls();
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.printf(
          "{\"name\":\"live\",\"live\":%d,\"microsPerCall\":%.1f,\"least\":%.1f,\"most\":%.1f,\"heapMib\":%d}%n",
          still,
          micros.get(micros.size() / 2),
          micros.getFirst(),
          micros.getLast(),
          (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }
  }

  private static void batch(World world) {
    place(world, MEASURED, BATCH);
    world.advance(Duration.ofSeconds(20)).join();
  }

  private static void place(World world, String to, int calls) {
    List<CompletableFuture<Placed>> placed = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      placed.add(
          world.place(
              new Placement.ByCustomer(
                  "+1555%07d".formatted(i % 1_000_000), to, Script.NO_DIRECTIONS)));
    }
    for (CompletableFuture<Placed> one : placed) {
      if (!(one.join() instanceof Placed.Ringing)) {
        throw new IllegalStateException("refused: " + one.join());
      }
    }
  }

  private static WorldSettings settings() {
    WorldSettings plain = WorldSettings.ofSeed(1, new ClockMode.Stepped());
    return new WorldSettings(
        plain.identity(),
        new WorldSettings.Time(plain.clock(), null, Duration.ZERO, Duration.ZERO, Duration.ZERO),
        new WorldSettings.Telephony(
            List.of(
                new WorldSettings.PhoneNumber(WAITS, urls("/wait")),
                new WorldSettings.PhoneNumber(MEASURED, urls("/voice"))),
            null,
            Map.of(),
            null,
            1,
            200_000),
        plain.frontline(),
        plain.behaviour(),
        plain.faults());
  }

  private static VoiceUrls urls(String path) {
    return new VoiceUrls(
        new Target("http://app.test" + path, HttpMethod.POST),
        null,
        new Target("http://app.test/end", HttpMethod.POST));
  }

  private static final class App implements Wire {
    @Override
    public void send(WebRequest request, Receiver receiver) {
      String url = request.url();
      receiver.landed(
          url.endsWith("/wait")
              ? new Landing.Answered(200, "text/xml", PAUSE)
              : url.endsWith("/voice")
                  ? new Landing.Answered(200, "text/xml", MENU)
                  : new Landing.Answered(204, null, ""),
          Duration.ZERO);
    }

    @Override
    public void abandon() {}
  }
}
