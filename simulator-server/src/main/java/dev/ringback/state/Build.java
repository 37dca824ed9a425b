package dev.ringback.state;

import dev.ringback.engine.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * Which build of the engine this is: bytes of a snapshot name classes and lambdas as their compiler
 * did.
 */
public final class Build {
  private Build() {}

  private static final class Lazily {
    static final String NAME = compute();
  }

  /** The same for the same class files. */
  public static String name() {
    return Lazily.NAME;
  }

  private static String compute() {
    CodeSource source = World.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalStateException("nobody knows where the engine comes from");
    }
    try {
      Path place = Path.of(source.getLocation().toURI());
      CRC32C sum = new CRC32C();
      for (Path file : files(place)) {
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), sum)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
      return Long.toHexString(sum.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> all = Files.walk(place)) {
      return all.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
  }
}
