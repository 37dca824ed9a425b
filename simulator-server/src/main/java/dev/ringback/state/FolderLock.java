package dev.ringback.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a folder for one process; the system lets go of it when that ends, however it ends. */
final class FolderLock implements AutoCloseable {
  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** That file in the folder. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * @throws StateProblem when another has it
   */
  static FolderLock of(Path folder) throws IOException, StateProblem {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new FolderLock(folder, channel);
      }
    } catch (OverlappingFileLockException e) {
      // another server of this process
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new StateProblem(
        "another Ringback uses the state in %s; stop it, or name another folder with --state"
            .formatted(folder));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The process lets go of it in any case.
    }
  }
}
