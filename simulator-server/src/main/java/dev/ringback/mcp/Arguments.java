package dev.ringback.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of a tool; the schema has been checked. */
record Arguments(Map<String, Object> values) {

  /** Empty: it was not given, or is empty. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(String::valueOf).filter(t -> !t.isEmpty());
  }

  /**
   * @throws ToolRefused when it was not given
   */
  String needed(String name) {
    return text(name).orElseThrow(() -> new ToolRefused("the argument '" + name + "' is missing"));
  }

  Optional<Integer> number(String name) {
    return values.get(name) instanceof Number number
        ? Optional.of(number.intValue())
        : Optional.empty();
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  /** The given ones of these, as they are. */
  Map<String, Object> of(String... names) {
    Map<String, Object> some = new LinkedHashMap<>();
    for (String name : names) {
      Object value = values.get(name);
      if (value != null) {
        some.put(name, value);
      }
    }
    return some;
  }

  List<?> list(String name) {
    return values.get(name) instanceof List<?> list ? list : List.of();
  }
}
