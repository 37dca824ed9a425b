package dev.ringback.cli;

import dev.ringback.files.BadInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Files that a command writes when it is done. Their folders are made before anything begins, so
 * that nobody plays for an hour and has nowhere to put the result; a file is written under another
 * name and renamed, so that nobody reads half of it.
 */
final class OutputFiles {
  private OutputFiles() {}

  /** What writes the contents. */
  interface Contents {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Makes the folder of a file.
   *
   * @param option of the command line that names it
   * @param file null: none will be written
   */
  static void prepareFile(String option, @Nullable Path file) throws BadInput {
    if (file == null) {
      return;
    }
    if (Files.isDirectory(file)) {
      throw WorldOptions.wrong(option, "must be a file, but " + file + " is a folder");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      prepareFolder(option, folder);
    }
  }

  /**
   * Makes a folder.
   *
   * @param folder null: nothing will be written
   */
  static void prepareFolder(String option, @Nullable Path folder) throws BadInput {
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw WorldOptions.wrong(
          option, "the folder %s cannot be made: %s".formatted(folder, reason(e)));
    }
    if (!Files.isWritable(folder)) {
      throw WorldOptions.wrong(option, "nothing can be written to the folder " + folder);
    }
  }

  /** Writes a file, all of it or nothing. */
  static void write(String option, Path file, Contents contents) throws BadInput {
    Path folder = file.toAbsolutePath().getParent();
    Path name = file.getFileName();
    if (folder == null || name == null) {
      throw WorldOptions.wrong(option, "must be a file, not " + file);
    }
    try {
      Path unfinished = Files.createTempFile(folder, "." + name, ".part");
      try {
        try (OutputStream out = Files.newOutputStream(unfinished)) {
          contents.writeTo(out);
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw WorldOptions.wrong(
          option, "the file %s cannot be written: %s".formatted(file, reason(e)));
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage());
  }
}
