package dev.ringback.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * {@code RINGBACK_HOME} keeps secrets: the folder is for its owner alone when it is made here, and
 * a file has its permissions before it has its content.
 */
public final class HomeFolder {
  /** Permissions of a file that only its owner reads. */
  public static final String PRIVATE = "rw-------";

  private HomeFolder() {}

  /** {@code RINGBACK_HOME}, or {@code .ringback} in the home of the user. */
  public static Path home() {
    String home = System.getProperty("ringback.home", System.getenv("RINGBACK_HOME"));
    return home == null || home.isBlank()
        ? Path.of(System.getProperty("user.home"), ".ringback")
        : Path.of(home);
  }

  /** Makes the folder with {@code rwx------}; one that is there stays as it is. */
  public static void make(Path folder) throws IOException {
    if (isPosix(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  /**
   * Writes a file that is whole whenever it is there.
   *
   * @param permissions such as {@link #PRIVATE}, where the file system knows them
   */
  public static void write(Path file, byte[] bytes, String permissions) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    if (isPosix(next)) {
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    }
    Files.write(next, bytes);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
