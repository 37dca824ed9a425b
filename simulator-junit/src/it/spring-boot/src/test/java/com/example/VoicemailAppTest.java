package com.example;

import static dev.ringback.junit.Casts.answers;
import static dev.ringback.junit.Casts.busy;
import static dev.ringback.junit.Requests.action;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.junit.Call;
import dev.ringback.junit.Ringback;
import dev.ringback.junit.RingbackExtension;
import dev.ringback.junit.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(RingbackExtension.class)
class VoicemailAppTest {
  @LocalServerPort int port;

  /** The app is told of Twilio before it starts. */
  @DynamicPropertySource
  static void twilio(DynamicPropertyRegistry properties) {
    properties.add("twilio.auth-token", Ringback::authToken);
    properties.add("twilio.base-url", Ringback::url);
  }

  @Test
  void aBusyWorker(World world) {
    Call call =
        world.app("http://localhost:" + port).call("+15558675310", "+15017122661").worker(busy());
    assertEquals("busy", call.expect(action()).value("DialCallStatus"));
    assertTrue(call.expect(action()).body().contains("<Record"));
    call.ends("completed");
  }

  @Test
  void aTalk(World world) {
    Call call =
        world.app("http://localhost:" + port).call("+15558675310", "+15017122661").worker(answers());
    call.expect(action().with("Result", "session-success"));
    call.ends("completed");
  }
}
