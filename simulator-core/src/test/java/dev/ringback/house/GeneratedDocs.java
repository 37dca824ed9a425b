package dev.ringback.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pages of {@code docs/} that are printed from the code: written on demand, checked always. */
public final class GeneratedDocs {
  private static final Path DOCS = Path.of("..", "docs");

  private GeneratedDocs() {}

  public static void check(String name, String page) {
    Path file = DOCS.resolve(name);
    try {
      if ("write".equals(System.getProperty("ringback.docs"))) {
        Files.writeString(file, page);
      }
      String written = Files.exists(file) ? Files.readString(file) : "";
      assertEquals(page, written, "docs/" + name + " is out of date; run `make docs`");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
