package dev.ringback.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that people write: UTF-8, and no larger than such files are. */
public final class TextFile {
  private TextFile() {}

  /**
   * Reads it; of a file that has no end, no more than the limit.
   *
   * @param most bytes
   */
  public static String read(Path file, int most) throws BadInput {
    if (Files.isDirectory(file)) {
      throw problem(file, "it is a folder");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw problem(file, "it is larger than %d kB".formatted(most / 1024));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw problem(file, "there is no such file");
    } catch (CharacterCodingException e) {
      throw problem(file, "the file is not UTF-8");
    } catch (IOException e) {
      throw problem(file, "the file cannot be read: " + e.getMessage());
    }
  }

  private static BadInput problem(Path file, String message) {
    return new BadInput(new Problem(file.toString(), 0, "", message, null));
  }
}
