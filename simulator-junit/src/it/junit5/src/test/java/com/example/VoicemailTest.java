package com.example;

import static dev.ringback.junit.Casts.answers;
import static dev.ringback.junit.Casts.ignores;
import static dev.ringback.junit.Requests.action;
import static dev.ringback.junit.Requests.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ringback.junit.Call;
import dev.ringback.junit.RingbackExtension;
import dev.ringback.junit.World;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The voicemail app of Twilio's page, with nothing but the JDK, and its contract. */
@ExtendWith(RingbackExtension.class)
class VoicemailTest {
  static HttpServer app;
  static String url;

  @BeforeAll
  static void start() throws Exception {
    app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.createContext(
        "/",
        exchange -> {
          String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String twiml =
              switch (exchange.getRequestURI().getPath()) {
                case "/voice" ->
                    "<Connect action='/after'><Conversation inboundTimeout='20'"
                        + " serviceInstanceSid='IS0123456789abcdef0123456789abcdef'/></Connect>";
                case "/after" ->
                    form.contains("Result=session-success")
                        ? "<Hangup/>"
                        : "<Say>Please leave a message.</Say><Record action='/thanks'/>";
                default -> "<Say>Thank you.</Say>";
              };
          byte[] body = ("<Response>" + twiml + "</Response>").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/xml");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    app.start();
    url = "http://localhost:" + app.getAddress().getPort();
  }

  @AfterAll
  static void stop() {
    app.stop(0);
  }

  @Test
  void whoIsNotAnsweredLeavesAMessage(World world) {
    Call call = world.app(url).call("+15558675310", "+15017122661").worker(ignores());
    assertEquals(
        "no-answer", call.expect(action().with("Result", "dialed-call-incomplete")).value("DialCallStatus"));
    assertEquals("5", call.expect(record()).value("RecordingDuration"));
    call.ends("completed");
  }

  @Test
  void whoIsAnsweredTalks(World world) {
    Call call = world.app(url).call("+15558675310", "+15017122661").worker(answers());
    assertEquals("10", call.expect(action().with("Result", "session-success")).value("DialCallDuration"));
    assertThrows(AssertionError.class, () -> call.expect(record()));
    assertTrue(call.timeline().contains("<Hangup>"));
  }

  /** Nothing of the engine's is on this class path. */
  @Test
  void theEngineIsElsewhere() {
    for (String name : new String[] {"io.javalin.Javalin", "okhttp3.OkHttpClient", "tools.jackson.databind.JsonNode", "dev.ringback.engine.World"}) {
      assertThrows(ClassNotFoundException.class, () -> Class.forName(name), name);
    }
  }
}
