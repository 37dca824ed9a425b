package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.engine.WorldSettings;
import dev.ringback.fidelity.Fact;
import dev.ringback.proxy.LocalAuthority;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twilio's own Node SDK, from its registry, over a socket. */
class NodeSdkTest {
  @TempDir Path home;

  private static Map<String, String> environment(RestFixture fixture) {
    WorldSettings settings = fixture.world().settings();
    Map<String, String> environment = new HashMap<>();
    environment.put("TWILIO_ACCOUNT_SID", settings.account().value());
    environment.put("TWILIO_AUTH_TOKEN", settings.authToken());
    environment.put("CONTROL_URL", fixture.server.url());
    environment.put("APP_URL", fixture.app.url());
    return environment;
  }

  @Test
  @Fact({
    "call-json.formatted",
    "call-status.of-rest",
    "calls.ended-calls-are-not-changed",
    "calls.fetch",
    "calls.redirect-interrupts",
    "calls.update-parameters",
    "conversation-calls.voicemail-is-the-apps-message",
    "conversation-webhooks.global-configuration",
    "conversation-webhooks.global-fields",
    "conversation-webhooks.scoped-fields",
    "conversations.address-fields",
    "conversations.by-unique-name",
    "conversations.configuration",
    "conversations.every-path-twice",
    "conversations.fields",
    "conversations.service-fields",
    "conversations.services",
    "conversations.user-by-identity",
    "conversations.user-fields",
    "frontline-api.base-url",
    "frontline-api.by-sid-or-identity",
    "frontline-api.fields",
    "frontline-api.node-name",
    "frontline-routing.user-before-first-login",
    "paging.other-lists",
    "participants.binding-of-sms",
    "participants.conversations-fields",
    "participants.conversations-key",
    "participants.conversations-of-somebody",
    "participants.customer-has-binding",
    "participants.fields",
    "participants.identity-null-is-null",
    "recordings.channels",
    "recordings.current",
    "recordings.duration",
    "recordings.of-a-call",
    "recordings.of-the-account",
    "recordings.other-fields",
    "recordings.pause-behavior",
    "recordings.pause-resume-stop",
    "recordings.status",
    "recordings.track",
    "sids.account",
    "sids.address-configuration",
    "sids.api-key",
    "sids.application",
    "sids.conversation",
    "sids.message",
    "sids.messaging-service",
    "sids.participant",
    "sids.phone-number",
    "sids.role",
    "sids.service",
    "sids.sms",
    "sids.user",
    "sids.webhook"
  })
  void everyResource() throws Exception {
    Path folder = Node.folder();
    try (RestFixture fixture = new RestFixture("rest: {callsPerSecond: 100}");
        CheckingProxy proxy = new CheckingProxy(fixture.server.url())) {
      fixture
          .app
          .at("/hello", "<Response><Say>Hi</Say><Pause length='300'/></Response>")
          .at("/queue", "<Response><Enqueue waitUrl=''>support</Enqueue></Response>")
          .at("/room", "<Response><Dial><Conference>room</Conference></Dial></Response>")
          .at("/broken", "no TwiML at all");
      Map<String, String> environment = environment(fixture);
      environment.put("RINGBACK_URL", proxy.url());
      Node.Run run = Node.run(folder, environment, 120, "node", "--test", "sdk-suite.mjs");
      assertEquals(0, run.exit(), run.output());
      assertTrue(run.output().contains("pass 9"), run.output());
      proxy.assertAllWell(100);
    }
  }

  @Test
  void anUnmodifiedAppThroughTheProxy() throws Exception {
    Path folder = Node.folder();
    System.setProperty("ringback.home", home.toString());
    try (RestFixture fixture = new RestFixture("")) {
      Map<String, String> environment = environment(fixture);
      environment.put("HTTP_PROXY", fixture.server.url());
      environment.put("NODE_EXTRA_CA_CERTS", LocalAuthority.in(home).certificateFile().toString());
      Node.Run run = Node.run(folder, environment, 60, "node", "unmodified.mjs");
      assertEquals(0, run.exit(), run.output());
      assertEquals("unmodified\n", run.output());
    } finally {
      System.clearProperty("ringback.home");
    }
  }
}
