package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands;
import dev.ringback.config.AccountFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.WorldSettings;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Express app with the official SDK passes scenarios of {@code ringback run}. */
class ExpressAppTest {
  private record Played(int exit, String output, List<String> said) {}

  @TempDir Path home;

  @SuppressWarnings("NullAway.Init")
  ExpressAppTest() {}

  /**
   * Starts the app with the account of a server on this machine, plays a scenario against it, stops
   * it. {@code run} finds the token by itself: the app checks signatures and calls the API with it.
   */
  private Played play(String scenario, String routing, String awaited) throws Exception {
    Path folder = Node.folder();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    WorldSettings settings = new WorldDraft().settings();
    System.setProperty("ringback.home", home.toString());
    ProcessBuilder builder =
        new ProcessBuilder("node", "express-app.mjs")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("(?i).*proxy"));
    builder.environment().put("TWILIO_ACCOUNT_SID", settings.account().value());
    builder.environment().put("TWILIO_AUTH_TOKEN", settings.authToken());
    builder.environment().put("SERVICE", WorldFixture.SERVICE.value());
    builder.environment().put("ROUTING", routing);
    builder.environment().put("RINGBACK_URL", "http://localhost:" + port);
    Process app = builder.start();
    List<String> said = new CopyOnWriteArrayList<>();
    AccountFile running = AccountFile.write(home, 4010, settings).orElseThrow();
    try (running;
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(app.getInputStream(), StandardCharsets.UTF_8))) {
      String first = String.valueOf(lines.readLine());
      assertTrue(first.startsWith("listening "), first);
      Thread reader = Thread.ofVirtual().start(() -> lines.lines().forEach(said::add));
      Commands.Run run =
          Commands.run(
              "run",
              "src/test/node/scenarios/" + scenario + ".yaml",
              "--app",
              "http://127.0.0.1:" + first.substring("listening ".length()),
              "--port",
              Integer.toString(port),
              "--timeline");
      try {
        Awaitility.await()
            .atMost(Duration.ofSeconds(5))
            .until(() -> awaited.isEmpty() || said.contains(awaited));
      } catch (ConditionTimeoutException e) {
        throw new AssertionError(awaited + " was not said: " + said + "\n" + run.said(), e);
      } finally {
        app.destroyForcibly(); // before its output is closed, which waits for it
      }
      reader.join();
      return new Played(run.exit(), run.said(), List.copyOf(said));
    } finally {
      System.clearProperty("ringback.home");
    }
  }

  @Test
  @Fact({
    "connect.apps-list-the-child-of-a-session",
    "conversation-calls.caller-becomes-participant",
    "conversation-calls.log-is-told",
    "conversation-calls.log-key",
    "conversation-calls.order-of-creation",
    "conversation-calls.state",
    "conversation-webhooks.frontlines-own-writes",
    "conversation-webhooks.on-conversation-added",
    "conversation-webhooks.post-or-get-forms",
    "conversation-webhooks.pre-changes-conversations",
    "conversation-webhooks.signed",
    "conversation-webhooks.source-api",
    "frontline-routing.answer-adds-nobody",
    "frontline-routing.callback-comes-after-creation",
    "frontline-routing.callback-is-a-form",
    "frontline-routing.callback-is-signed",
    "frontline-routing.callback-parameters",
    "frontline-voice.requests-are-signed",
    "known-problems.dotted-keys",
    "parameters.call-sid",
    "participants.worker-has-identity"
  })
  void routedInTime() throws Exception {
    Played played =
        play(
            "routed-in-time",
            "prompt",
            "child outbound-dial +15558675310 client:alice@example.com completed 30");
    assertEquals(0, played.exit(), played.output() + played.said());
    assertEquals(
        List.of(
            "named Call from +15558675310",
            "routed alice@example.com null",
            "logged call_ended 30 true",
            "child outbound-dial +15558675310 client:alice@example.com completed 30"),
        played.said());
  }

  /** The routing handler waits for a change that has a pre-webhook of its own. */
  @Test
  void routedBeforeTheAnswer() throws Exception {
    Played played = play("routed-in-time", "awaited", "routed while Twilio waits");
    assertEquals(0, played.exit(), played.output() + played.said());
    assertFalse(played.output().contains("48010"), played.output());
  }

  @Test
  void routedTooLate() throws Exception {
    Played played = play("routed-too-late", "slow", "");
    assertEquals(0, played.exit(), played.output() + played.said());
    assertTrue(played.said().contains("routed alice@example.com null"), played.said().toString());
    assertTrue(played.output().contains("32506"), played.output());
  }

  @Test
  @Fact("conversation-webhooks.rejected-conversation")
  void rejectedByThePreWebhook() throws Exception {
    Played played = play("rejected", "prompt", "");
    assertEquals(0, played.exit(), played.output() + played.said());
    assertEquals(List.of(), played.said());
  }

  @Test
  @Fact({
    "connect.apps-list-the-child-of-a-session",
    "connect.worker-calls-come-to-an-application",
    "conversation-calls.log-entry",
    "frontline-voice.called-from-proxy-address",
    "frontline-voice.child-by-parent-call-sid",
    "frontline-voice.outbound-legs",
    "frontline-voice.outgoing-request-url",
    "frontline-voice.requests-are-signed",
    "frontline-voice.status-callback-of-app-and-number",
    "frontline-voice.worker-calls-as-client",
    "parameters.application-sid",
    "parameters.caller-copies-from",
    "parameters.client-calls-are-inbound",
    "parameters.client-calls-from",
    "parameters.client-calls-have-an-application",
    "parameters.client-calls-to-is-empty",
    "parameters.from-and-to-are-clients",
    "parameters.of-the-client-sdk"
  })
  void aWorkerCallsTheCustomer() throws Exception {
    Played played =
        play(
            "worker-calls", "prompt", "child outbound-dial +15017122661 +15558675310 completed 20");
    assertEquals(0, played.exit(), played.output() + played.said());
    assertTrue(
        played
            .said()
            .containsAll(
                List.of(
                    "outgoing client:alice@example.com CH AP",
                    "logged call_ended 20 false",
                    "child outbound-dial +15017122661 +15558675310 completed 20")),
        played.said().toString());
  }
}
