package dev.ringback.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.WorldDraft;
import dev.ringback.worlds.Worlds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description and the routes are the same. */
class OpenApiTest {
  @Test
  void everyRouteIsDescribedAndNoOther() throws Exception {
    Set<String> routes = new TreeSet<>();
    try (Worlds worlds = new Worlds()) {
      new ControlApi(worlds, seed -> new WorldDraft(), Map.of())
          .endpoints()
          .forEach(e -> routes.add(e.method() + " " + e.path()));
    }
    Set<String> described = new TreeSet<>();
    try (var in = Objects.requireNonNull(ControlApi.class.getResourceAsStream("openapi.yaml"))) {
      Map<?, ?> document =
          (Map<?, ?>)
              new Load(LoadSettings.builder().build())
                  .loadFromString(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      Map<?, ?> paths = (Map<?, ?>) Objects.requireNonNull(document.get("paths"));
      paths.forEach((path, operations) ->
          ((Map<?, ?>) operations)
              .keySet()
              .forEach(method ->
                  described.add(method.toString().toUpperCase(Locale.ROOT) + " " + path)));
    }
    assertEquals(routes, described);
  }

  /**
   * What the check of origins and the strictness about bodies answer is said of every operation.
   */
  @Test
  void everyOperationSaysWhoIsRefused() throws Exception {
    try (var in = Objects.requireNonNull(ControlApi.class.getResourceAsStream("openapi.yaml"))) {
      Map<?, ?> document =
          (Map<?, ?>)
              new Load(LoadSettings.builder().build())
                  .loadFromString(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      Map<?, ?> paths = (Map<?, ?>) Objects.requireNonNull(document.get("paths"));
      paths.forEach((path, operations) ->
          ((Map<?, ?>) operations)
              .forEach((method, operation) -> {
                Map<?, ?> responses =
                    (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) operation).get("responses"));
                assertTrue(responses.containsKey("403"), path + " " + method);
                assertTrue(responses.containsKey("421"), path + " " + method);
                assertEquals(
                    !method.equals("get"), responses.containsKey("415"), path + " " + method);
              }));
    }
  }

  /** All suites have every success answer looked at; what is not described is seen. */
  @Test
  void anAnswerThatIsNotAsDescribedIsSeen() {
    DescribedAnswers answers = new DescribedAnswers();
    String clock =
        "{\"mode\":\"real\",\"speed\":1.0,\"now\":\"2026-01-01T09:00:00Z\",\"inFlight\":0,\"holds\":[]%s}";
    answers.answered("GET /clock", 200, "application/json", clock.formatted(""));
    for (String wrong :
        List.of(
            "{}", clock.formatted(",\"more\":1"), clock.replace("real", "unreal").formatted(""))) {
      assertThrows(
          IllegalStateException.class,
          () -> answers.answered("GET /clock", 200, "application/json", wrong));
    }
    assertThrows(
        IllegalStateException.class,
        () -> answers.answered("GET /nothing", 200, "application/json", "{}"));
    assertTrue(ServiceLoader.load(AnswerCheck.class).findFirst().isPresent());
  }
}
