package dev.ringback.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the API refuses: a request a line, and how it is answered. The table is in {@code
 * refusals.csv}.
 */
final class RefusalTable {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

  private RefusalTable() {}

  /**
   * A line of the table.
   *
   * @param setup what is there before, in order; see {@link RefusalSetups}
   * @param parameters a form of a POST, otherwise a query
   * @param message a part of it
   * @param right parameters with which the same request succeeds; empty: that is not asked
   */
  record Refusal(
      String name,
      List<String> setup,
      String method,
      String route,
      String parameters,
      int status,
      int code,
      String message,
      String right) {

    static Refusal of(String line) {
      String[] cells = line.split(", ?", -1);
      if (cells.length != 9) {
        throw new AssertionError(cells.length + " cells in " + line);
      }
      return new Refusal(
          cells[0],
          cells[1].isEmpty() ? List.of() : List.of(cells[1].split(" \\+ ", -1)),
          cells[2],
          cells[3],
          cells[4],
          Integer.parseInt(cells[5]),
          Integer.parseInt(cells[6]),
          cells[7],
          cells[8]);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Refusal> all() {
    try (InputStream in = RefusalTable.class.getResourceAsStream("refusals.csv")) {
      return Arrays.stream(
              new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                  .split("\n", -1))
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Refusal::of)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A text with its names filled in; a number stands for so many letters. */
  static String filled(String text, Map<String, String> things, UnaryOperator<String> written) {
    Matcher names = NAME.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (names.find()) {
      String name = names.group(1);
      String thing = name.matches("\\d+") ? "x".repeat(Integer.parseInt(name)) : things.get(name);
      if (thing == null) {
        throw new AssertionError("no " + name + " in " + things.keySet() + " for " + text);
      }
      names.appendReplacement(filled, Matcher.quoteReplacement(written.apply(thing)));
    }
    names.appendTail(filled);
    return filled.toString();
  }
}
