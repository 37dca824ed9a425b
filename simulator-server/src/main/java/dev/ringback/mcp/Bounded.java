package dev.ringback.mcp;

import java.util.List;

/** Texts as long as an agent likes to read them. */
final class Bounded {
  private static final int MOST_CHARACTERS = 8_000;

  private Bounded() {}

  /**
   * The lines from one on, as many as there is room for, and how to see the others.
   *
   * @param from the first line's number, from 1
   */
  static String of(String text, int from) {
    List<String> lines = text.lines().toList();
    if (from > lines.size() && !lines.isEmpty()) {
      throw new ToolRefused(
          "there are %d lines, and none from %d on".formatted(lines.size(), from));
    }
    StringBuilder some = new StringBuilder();
    int next = from - 1;
    while (next < lines.size()) {
      String line = lines.get(next);
      if (some.length() + line.length() > MOST_CHARACTERS && !some.isEmpty()) {
        break;
      }
      some.append(line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) + "…" : line)
          .append('\n');
      next++;
    }
    if (next < lines.size()) {
      some.append(
          "… %d of %d lines more: from_line %d\n"
              .formatted(lines.size() - next, lines.size(), next + 1));
    }
    return some.toString();
  }
}
