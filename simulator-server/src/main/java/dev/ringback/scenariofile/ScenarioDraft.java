package dev.ringback.scenariofile;

import dev.ringback.yaml.YamlText;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parts {@code given} and {@code when} of a scenario, while a program writes them. */
public final class ScenarioDraft {
  private final StringBuilder given = new StringBuilder();
  private final StringBuilder when = new StringBuilder();

  /** A key of {@code given}. */
  public ScenarioDraft given(String key, Object value) {
    given.append("  ").append(key).append(": ").append(YamlText.of(value)).append('\n');
    return this;
  }

  /** A step of {@code when}, such as {@code call} with who calls whom. */
  public ScenarioDraft when(String step, Object what) {
    when.append("  - ").append(step).append(": ").append(YamlText.of(what)).append('\n');
    return this;
  }

  public String text() {
    return "given:\n" + given + "when:\n" + when;
  }

  /** Keys with their values, in this order. */
  public static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i].toString(), pairs[i + 1]);
    }
    return map;
  }
}
