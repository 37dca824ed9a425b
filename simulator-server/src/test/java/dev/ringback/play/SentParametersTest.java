package dev.ringback.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import dev.ringback.callback.Param;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.scenario.ParameterNames;
import dev.ringback.scenario.ParameterValues;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.voice.RequestKind;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is really sent is a parameter, and has a value, that a scenario may expect. */
@Timeout(120)
class SentParametersTest {
  @Test
  @dev.ringback.fidelity.Fact("call-status.of-webhooks")
  void holdsWhatTheShippedScenariosSend() throws Exception {
    Set<String> unknown = new TreeSet<>();
    Set<RequestKind> seen = EnumSet.noneOf(RequestKind.class);
    HttpServer app = AdvisorLine.start(0);
    try {
      Player player = new Player("http://localhost:" + app.getAddress().getPort());
      for (Path file : ScenariosTest.files()) {
        for (JournalEntry entry : player.play(ScenarioReader.read(file)).journal()) {
          if (entry.fact() instanceof Fact.Requested request) {
            seen.add(request.kind());
            for (Param param : request.form().params()) {
              check(request.kind(), param, unknown);
            }
          }
        }
      }
    } finally {
      app.stop(0);
    }
    assertEquals(Set.of(), unknown);
    assertTrue(seen.size() >= 19, seen.toString());
  }

  private static void check(RequestKind kind, Param param, Set<String> unknown) {
    if (!ParameterNames.carries(kind, param.name())) {
      unknown.add(kind.wireName() + " " + param.name());
    }
    ParameterValues.of(kind, param.name())
        .filter(values -> !values.contains(param.value()))
        .ifPresent(values -> unknown.add("%s %s=%s".formatted(kind, param.name(), param.value())));
  }
}
