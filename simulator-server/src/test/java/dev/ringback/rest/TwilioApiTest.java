package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.engine.World;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.worlds.Worlds;
import io.javalin.Javalin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An API of Twilio's with a route that nobody would write. */
@Timeout(60)
class TwilioApiTest {
  @Test
  @Fact("rest-errors.code-20500")
  void whatFailsHereIsNoFaultOfTheClients() {
    Routes routes =
        Routes.of(Product.API)
            .get(
                "/Broken",
                request -> {
                  throw new IllegalStateException("a mistake of ours");
                });
    try (Worlds worlds = new Worlds()) {
      World world = worlds.begin(new WorldFixture().settings(), null);
      Javalin http =
          Javalin.create(
              javalin -> new TwilioApi(worlds, 0, List.of(routes)).routes(javalin.routes));
      try {
        http.start(0);
        RestClient.Answer answer =
            RestClient.of("http://localhost:" + http.port(), world).get("/2010-04-01/Broken.json");
        assertEquals(List.of(500, 20500), List.of(answer.status(), answer.code()), answer.body());
        assertEquals(500, answer.json().path("status").asInt());
      } finally {
        http.stop();
      }
    }
  }
}
