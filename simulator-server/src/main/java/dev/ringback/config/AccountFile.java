package dev.ringback.config;

import dev.ringback.engine.WorldSettings;
import dev.ringback.json.JournalJson;
import dev.ringback.proxy.HomeFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * What a running server leaves in {@code RINGBACK_HOME}, so that the command line on the same
 * machine finds its account: a file a port, such as {@code server-4010.json}, for its owner alone.
 * A clean stop removes it; one that was left behind names a process that is gone, and is ignored.
 */
public final class AccountFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("ringback.account");

  private final Path file;
  private final Entry entry;

  private AccountFile(Path file, Entry entry) {
    this.file = file;
    this.entry = entry;
  }

  /**
   * @param pid of the server's process
   * @param started when that process began, in milliseconds since 1970, because numbers of
   *     processes come back; 0: the system does not tell
   */
  public record Entry(int port, long pid, long started, String accountSid, String authToken) {
    private boolean isAlive() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(process -> startOf(process) == started)
          .isPresent();
    }

    private static long startOf(ProcessHandle process) {
      return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
  }

  private static Path file(Path home, int port) {
    return home.resolve("server-" + port + ".json");
  }

  /** Writes the file; empty, with a line in the log, where that is not possible. */
  public static Optional<AccountFile> write(Path home, int port, WorldSettings settings) {
    Entry entry =
        new Entry(
            port,
            ProcessHandle.current().pid(),
            Entry.startOf(ProcessHandle.current()),
            settings.account().value(),
            settings.authToken());
    AccountFile made = new AccountFile(file(home, port), entry);
    try {
      HomeFolder.make(home);
      HomeFolder.write(
          made.file,
          JournalJson.mapper().writeValueAsString(entry).getBytes(StandardCharsets.UTF_8),
          HomeFolder.PRIVATE);
      return Optional.of(made);
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be written ({}): other commands will not find the token by themselves;"
              + " set RINGBACK_HOME to a folder of yours",
          made.file,
          e.toString());
      return Optional.empty();
    }
  }

  /** The server that listens on a port of this machine. */
  public static Optional<Entry> find(Path home, int port) {
    return read(file(home, port)).filter(Entry::isAlive);
  }

  /** The server that runs on this machine: on the default port, or else the only one. */
  public static Optional<Entry> find(Path home) {
    Optional<Entry> usual = find(home, ConfigFile.DEFAULT_PORT);
    if (usual.isPresent() || !Files.isDirectory(home)) {
      return usual;
    }
    List<Entry> alive = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(home, "server-*.json")) {
      files.forEach(f -> read(f).filter(Entry::isAlive).ifPresent(alive::add));
    } catch (IOException e) {
      return Optional.empty();
    }
    return alive.size() == 1 ? Optional.of(alive.getFirst()) : Optional.empty();
  }

  private static Optional<Entry> read(Path file) {
    try {
      Entry entry = JournalJson.mapper().readValue(Files.readString(file), Entry.class);
      return entry.authToken() != null && AuthToken.isWellFormed(entry.authToken())
          ? Optional.of(entry)
          : Optional.empty();
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** Removes the file, unless another server has taken its place. */
  @Override
  public void close() {
    try {
      if (read(file).filter(entry::equals).isPresent()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", file, e.toString());
    }
  }
}
