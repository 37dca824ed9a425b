package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.engine.WorldSettings;
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
