package dev.ringback.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.engine.Egress;
import dev.ringback.yaml.BadInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node of a cluster plays for whoever orders it, and what it does not. */
class LoadOrderTest {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  LoadOrderTest() {}

  private static LoadOrder order(String app, Set<String> allowed, Map<String, String> files) {
    List<LoadOrder.Played> plans =
        files.keySet().stream().map(file -> new LoadOrder.Played(file, 1)).toList();
    return new LoadOrder(
        LoadOrder.VERSION, files, plans, app, allowed, "skipping", 1, 0, 1, 1, 1, 1, null, null);
  }

  @Test
  void whoOrdersLoadOpensNoHostOfTheNode() throws BadInput {
    LoadOrder order = order("http://192.0.2.1:3000", Set.of("192.0.2.1", "192.0.2.2"), Map.of());
    Egress sealed = new Egress(Egress.Rule.SEALED, Set.of("192.0.2.2"), 0);
    BadInput refused = assertThrows(BadInput.class, () -> order.within(sealed));
    assertTrue(String.valueOf(refused.getMessage()).contains("192.0.2.1 is not among"));
    Egress listed = new Egress(Egress.Rule.SEALED, Set.of("192.0.2.1"), 0);
    assertEquals(Set.of("192.0.2.1"), order.within(listed).allowed());
    assertEquals(order, order.within(Egress.ANYTHING));
  }

  @Test
  void filesStayBelowTheirFolder() {
    for (String file : List.of("../out.yaml", "/tmp/out.yaml", "a/../../out.yaml", "")) {
      LoadOrder order = order("http://127.0.0.1:3000", Set.of(), Map.of(file, "x"));
      assertThrows(BadInput.class, () -> order.in(folder), file);
    }
  }
}
