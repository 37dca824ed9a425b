package dev.ringback.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a folder for one process; the system lets go of it when that ends, however it ends. */
final class FolderLock implements AutoCloseable {
  private static final int DIGITS = 18;
  private static final String NOTE = "%0" + DIGITS + "d";

  private final Path folder;
  private final FileChannel channel;

  /** There is no note. */
  static final long UNKNOWN = -1;

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
            folder.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
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

  /** Notes in its file how much is on the disk; a crash of the process loses no note. */
  void note(long records) throws IOException {
    channel.write(ByteBuffer.wrap(NOTE.formatted(records).getBytes(StandardCharsets.US_ASCII)), 0);
  }

  /** How much was on the disk at least; {@link #UNKNOWN}: nobody has noted it. */
  long noted() throws IOException {
    ByteBuffer note = ByteBuffer.allocate(DIGITS);
    while (note.hasRemaining() && channel.read(note, note.position()) > 0) {}
    String text = new String(note.array(), 0, note.position(), StandardCharsets.US_ASCII).strip();
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : UNKNOWN;
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
