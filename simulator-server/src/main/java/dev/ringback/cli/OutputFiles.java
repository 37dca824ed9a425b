package dev.ringback.cli;

import dev.ringback.proxy.HomeFolder;
import dev.ringback.yaml.BadInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
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
    if (file.toString().isEmpty()) {
      throw WorldOptions.wrong(option, "must name a file");
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
    if (folder.toString().isEmpty()) {
      throw WorldOptions.wrong(option, "must name a folder");
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

  /** Writes a file, all of it or nothing; to a device or a pipe it is written straight. */
  static void write(String option, Path file, Contents contents) throws BadInput {
    write(option, file, contents, false);
  }

  /** Writes a file that its owner alone may read: there are secrets in it. */
  static void writePrivately(String option, Path file, Contents contents) throws BadInput {
    write(option, file, contents, true);
  }

  private static void write(String option, Path file, Contents contents, boolean secret)
      throws BadInput {
    try {
      Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      if (Files.exists(real) && !Files.isRegularFile(real)) {
        write(real, contents, StandardOpenOption.WRITE);
        return;
      }
      Path unfinished =
          real.resolveSibling(
              ".%s.%d.part".formatted(real.getFileName(), ProcessHandle.current().pid()));
      try {
        if (secret) {
          HomeFolder.write(unfinished, new byte[0], HomeFolder.PRIVATE);
        }
        write(
            unfinished, contents, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(unfinished, real, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw WorldOptions.wrong(
          option, "the file %s cannot be written: %s".formatted(file, reason(e)));
    }
  }

  private static void write(Path to, Contents contents, OpenOption... how) throws IOException {
    try (OutputStream out = Files.newOutputStream(to, how)) {
      contents.writeTo(out);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException taken -> taken.getFile() + " is a file";
      case NoSuchFileException missing -> missing.getFile() + " is not there";
      case AccessDeniedException denied -> denied.getFile() + " may not be written to";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason().toLowerCase(Locale.ROOT);
      default -> String.valueOf(e.getMessage());
    };
  }
}
