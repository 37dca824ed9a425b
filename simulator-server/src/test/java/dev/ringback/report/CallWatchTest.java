package dev.ringback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.ConfigFile;
import dev.ringback.engine.Placed;
import dev.ringback.engine.World;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.json.AccountJson;
import dev.ringback.server.WebApp;
import dev.ringback.wire.HttpWire;
import dev.ringback.yaml.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that are printed while they happen: each line once, whatever comes afterwards. */
@Timeout(60)
class CallWatchTest {
  private static final int CALLS = 20;

  @Test
  void everyCallIsPrintedOnce() throws Exception {
    List<String> printed = new CopyOnWriteArrayList<>();
    try (WebApp app = new WebApp().at("/voice", "<Response><Say>x</Say></Response>")) {
      String yaml =
          "clock: {mode: skipping}\nnumbers: [{number: \"%s\", voiceUrl: \"%s/voice\"}]"
              .formatted(WorldFixture.NUMBER, app.url());
      ConfigFile config = ConfigFile.read(Yaml.parse("ringback.yaml", yaml));
      try (HttpWire wire = new HttpWire();
          World world = new World(config.world.settings(), wire, new AccountJson()).start()) {
        Thread printer =
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    new CallWatch(world, Ink.PLAIN, Detail.USUAL, Hints.of(world.settings()))
                        .followAll(printed::addAll);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } catch (Exception e) {
                    printed.add("failed: " + e);
                  }
                });
        // The loop lingers between two entries of a step, so that somebody looks in between.
        Runnable lingers =
            world
                .journal()
                .subscribe(entry ->
                    new CompletableFuture<Void>()
                        .completeOnTimeout(null, 2, TimeUnit.MILLISECONDS)
                        .join());
        for (int i = 0; i < CALLS; i++) {
          Placed placed = world.place(WorldFixture.call()).join();
          var unused = world.whenOver(((Placed.Ringing) placed).call()).join();
        }
        Awaitility.await()
            .untilAsserted(() -> assertEquals(CALLS, count(printed, "call ends completed")));
        // The last words of a call come after its end; nothing more may follow them.
        Awaitility.await()
            .during(Duration.ofMillis(800))
            .untilAsserted(() -> assertEquals(CALLS, heads(printed), printed::toString));
        lingers.run();

        // A reset world begins again, with the identifiers of before.
        assertTrue(world.reset().join());
        Placed again = world.place(WorldFixture.call()).join();
        assertEquals(printed.getFirst().split(" ", 3)[1], ((Placed.Ringing) again).call().value());
        Awaitility.await()
            .untilAsserted(() -> assertEquals(CALLS + 1, count(printed, "call ends completed")));
        printer.interrupt();
        printer.join();
      }
    }
    assertEquals(CALLS + 1, heads(printed), printed::toString);
    assertEquals(0, count(printed, "failed"), printed::toString);
  }

  /** Each call begins once; when calls take turns, it goes on. */
  private static int heads(List<String> lines) {
    return count(lines, "Call CA") - count(lines, "goes on");
  }

  private static int count(List<String> lines, String part) {
    return (int) lines.stream().filter(line -> line.contains(part)).count();
  }
}
