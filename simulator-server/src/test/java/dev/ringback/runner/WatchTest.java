package dev.ringback.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Ringback;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.server.WebApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What changes is played again. */
@Timeout(60)
class WatchTest {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  WatchTest() {}

  @Test
  void aFileThatChangesAndAnAppThatComesBack() throws Exception {
    Path a = Files.writeString(folder.resolve("a.yaml"), "a");
    Path b = Files.writeString(folder.resolve("b.yaml"), "b");
    AtomicBoolean up = new AtomicBoolean(true);
    AtomicInteger looks = new AtomicInteger();
    Watch watch =
        new Watch(
            List.of(a, b),
            () -> {
              looks.incrementAndGet();
              return up.get();
            });
    CompletableFuture<Set<Path>> next = CompletableFuture.supplyAsync(watch::next);
    Files.writeString(b, "longer");
    assertEquals(Set.of(b), next.get(20, TimeUnit.SECONDS));
    next = CompletableFuture.supplyAsync(watch::next);
    up.set(false);
    int before = looks.get();
    Awaitility.await().until(() -> looks.get() > before + 2);
    assertTrue(!next.isDone(), "an app that is away is waited for");
    up.set(true);
    assertEquals(Set.of(), next.get(20, TimeUnit.SECONDS));
  }

  @Test
  void aRunGoesOn() throws Exception {
    try (WebApp app =
        new WebApp()
            .at("/voice", WorldFixture.connect(""))
            .at("/action", "<Response><Hangup/></Response>")) {
      String scenario =
          """
          scenario: watched %s
          given:
            conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice}]
          when: [{call: {from: "+15558675310", to: "+15017122661"}}]
          then: [{request: action, answer: {verbs: [%s]}}]
          """;
      Files.writeString(folder.resolve("a.yaml"), scenario.formatted("a", "Hangup"));
      Path b = Files.writeString(folder.resolve("b.yaml"), scenario.formatted("b", "Hangup"));
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      CommandLine line = Ringback.commandLine();
      line.setOut(new PrintWriter(out, true));
      line.setErr(new PrintWriter(err, true));
      Thread run =
          Thread.ofVirtual()
              .start(() ->
                  line.execute(
                      "run", folder.toString(), "--app", app.url(), "--port", "0", "--watch"));
      Awaitility.await().until(() -> err.toString().contains("watching"));
      Files.writeString(b, scenario.formatted("b", "Hangup, Say"));
      Awaitility.await().until(() -> out.toString().contains("✗ watched b"));
      assertTrue(out.toString().contains("0 passed, 1 failed"), "only what changed");
      Files.writeString(b, "scenario: wrong");
      Awaitility.await().until(() -> err.toString().contains("'when' is missing"));
      Files.writeString(b, scenario.formatted("b", "Hangup"));
      Awaitility.await().until(() -> out.toString().contains("1 passed, 0 failed"));
      assertTrue(run.isAlive());
      run.interrupt();
    }
  }
}
