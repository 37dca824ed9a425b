package dev.ringback.yaml;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as YAML in a line, such as {@code {from: "+15558675310", talks: 30s}}. */
public final class YamlText {
  private YamlText() {}

  /**
   * @param value a map, a list, or what becomes a single value by its {@code toString}
   */
  public static String of(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> scalar(String.valueOf(e.getKey())) + ": " + of(e.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case List<?> list ->
          list.stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> scalar(value.toString());
    };
  }

  /** Words stand as they are; what YAML could take for something else stands in quotes. */
  public static String scalar(String text) {
    boolean plain =
        text.matches(
                "[A-Za-z][A-Za-z0-9_.@/-]*( [A-Za-z0-9_.@/-]+)*|\\d{1,15}|\\d+(\\.\\d+)?(ms|s|m|h)")
            && !text.matches("(?i)true|false|null|yes|no|on|off|y|n|0\\d+");
    if (plain) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> {
              if (c < 0x20 || c == 0x7F || c == 0x85 || (c >= 0x2028 && c <= 0x2029)) {
                quoted.append("\\u%04X".formatted(c));
              } else {
                quoted.appendCodePoint(c);
              }
            }
          }
        });
    return quoted.append('"').toString();
  }
}
