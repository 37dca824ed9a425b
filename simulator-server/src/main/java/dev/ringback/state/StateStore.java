package dev.ringback.state;

import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSnapshot;
import dev.ringback.json.JournalJson;
import dev.ringback.proxy.HomeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a state. Lines are written by one thread, all that wait at a time in one
 * transaction; who must not go on before they are on the disk waits, or is called.
 */
public final class StateStore implements Ledger, AutoCloseable {
  /** How long until what could not be written is tried again, in milliseconds. */
  private static final long RETRY = 500;

  private final FolderLock lock;
  private final Database database;
  private final Thread writer;
  private final AtomicLong snapshots = new AtomicLong();
  private final Durability durability = new Durability();

  /** Of the writer; a batch that is tried again keeps its number. */
  private long batches = System.nanoTime();

  private volatile int snapshotEvery = WorldLog.LONG;

  // Guarded by this.
  private final List<Written> queue = new ArrayList<>();
  private boolean closed;

  private StateStore(FolderLock lock, Database database) {
    this.lock = lock;
    this.database = database;
    this.writer = Thread.ofPlatform().daemon().name("state").start(this::write);
  }

  /**
   * Opens the state of a folder, or begins one there.
   *
   * @throws StateProblem when it is another's, of another version, damaged or cannot be written
   */
  public static StateStore open(Path folder) throws StateProblem {
    return open(folder, UnaryOperator.identity());
  }

  /**
   * @param by what the connection goes through; for tests of a disk that fails
   */
  static StateStore open(Path folder, UnaryOperator<Connection> by) throws StateProblem {
    FolderLock lock = null;
    try {
      HomeFolder.make(folder); // tokens are in it
      lock = FolderLock.of(folder);
      Path file = StateFile.in(folder);
      if (!Files.exists(file)) {
        HomeFolder.write(file, new byte[0], HomeFolder.PRIVATE);
        lock.note(0);
      }
      long noted = lock.noted();
      return new StateStore(lock, whole(StateFile.open(folder, by), noted));
    } catch (IOException e) {
      close(lock);
      throw new StateProblem(
          "the folder %s cannot be written: %s; name another with --state".formatted(folder, e));
    } catch (StateProblem e) {
      close(lock);
      throw e;
    }
  }

  /** When nothing is missing at its end. */
  private static Database whole(Database database, long noted) throws StateProblem {
    try {
      long there = database.tally();
      if (noted == FolderLock.UNKNOWN && there > 0) {
        database.close();
        throw new StateProblem(
            "the file `lock` does not say how much was written, so nobody can tell whether the end is there; `ringback state repair` goes on with what is");
      }
      List<String> missing = database.missing();
      if (there >= noted && missing.isEmpty()) {
        return database;
      }
      if (there >= noted) {
        database.close();
        throw new StateProblem(
            "something of the state is missing: %s; `ringback state repair` goes on with what is left"
                .formatted(String.join("; ", missing)));
      }
      database.close();
      throw new StateProblem(
          "the end of the state is missing: it was written to %d times, and %d are there (is ringback.db-wal gone, or cut?); `ringback state repair` goes on with what is left"
              .formatted(noted, there));
    } catch (SQLException e) {
      throw new StateProblem("the state cannot be read: " + e.getMessage());
    }
  }

  private static void close(@Nullable FolderLock lock) {
    if (lock != null) {
      lock.close();
    }
  }

  Database database() {
    return database;
  }

  /** Worlds that are begun or read from now on take a start after so many lines. */
  public void snapshotEvery(int lines) {
    snapshotEvery = lines;
  }

  // Worlds

  /** The worlds that are kept, the first one first. */
  public List<KeptWorld> worlds() throws StateProblem {
    List<KeptWorld> worlds = new ArrayList<>();
    try {
      snapshots.set(database.lastSnapshot());
    } catch (SQLException e) {
      throw new StateProblem("the state cannot be read: " + e.getMessage());
    }
    for (StoredWorld world : database.worlds()) {
      SnapshotTable.Row start = startOf(world);
      worlds.add(
          new KeptWorld(
              JournalJson.mapper().readValue(world.settings(), WorldSettings.class),
              new WorldLog(this, world.id(), snapshotEvery),
              start == null ? null : start.what(),
              start == null ? null : start.snapshot().orElse(null),
              new Records(database, world.id(), start == null ? 0 : start.after()).lines()));
    }
    return worlds;
  }

  /** Where it goes on; null: at its beginning. */
  private SnapshotTable.@Nullable Row startOf(StoredWorld world) throws StateProblem {
    List<SnapshotTable.Row> starts =
        rows(world.id()).stream().filter(row -> row.what().start()).toList();
    for (SnapshotTable.Row start : starts.reversed()) {
      if (start.what().build().equals(Build.name())) {
        return start;
      }
    }
    try {
      boolean whole = starts.stream().noneMatch(start -> start.after() == 0); // as imported
      if (!starts.isEmpty() && (!whole || database.first(world.id()) > 1)) {
        throw new StateProblem(
            "the account %s was kept by another build of Ringback, and the beginning of its history is kept no more; go on with that build, or begin anew in another folder"
                .formatted(world.account()));
      }
    } catch (SQLException e) {
      throw new StateProblem("the state cannot be read: " + e.getMessage());
    }
    return null;
  }

  /**
   * Keeps another world from now on.
   *
   * @throws StateUnavailable when it cannot be written
   */
  public WorldLog begin(WorldSettings settings) {
    try {
      return new WorldLog(
          this,
          database.addWorld(
              settings.account().value(), JournalJson.mapper().writeValueAsString(settings)),
          snapshotEvery);
    } catch (SQLException e) {
      throw new StateUnavailable(unwritten(e));
    }
  }

  /**
   * Forgets a world.
   *
   * @throws StateUnavailable when it cannot be written
   */
  public void forget(String account) {
    try {
      database.removeWorld(account);
    } catch (SQLException e) {
      throw new StateUnavailable(unwritten(e));
    }
  }

  /** The world that began first is lost: the next one to begin takes its place. */
  public boolean isFirstLost() throws StateProblem {
    try {
      return database.isFirstLost();
    } catch (SQLException e) {
      throw new StateProblem("the state cannot be read: " + e.getMessage());
    }
  }

  // Lines

  @Override
  public synchronized void append(long world, String line) {
    append(new Written.OfHistory(world, line));
  }

  @Override
  public synchronized void append(long world, StoredSnapshot what, WorldSnapshot snapshot) {
    append(new Written.OfSnapshot(world, what, snapshot));
  }

  private synchronized void append(Written written) {
    queue.add(written);
    durability.took();
    notifyAll();
  }

  @Override
  public long nextSnapshot() {
    return snapshots.incrementAndGet();
  }

  @Override
  public List<StoredSnapshot> snapshots(long world) {
    return rows(world).stream().map(SnapshotTable.Row::what).toList();
  }

  private List<SnapshotTable.Row> rows(long world) {
    try {
      return database.snapshots(world);
    } catch (SQLException e) {
      throw new StateUnavailable("the snapshots cannot be read: " + e.getMessage());
    }
  }

  @Override
  public Optional<WorldSnapshot> snapshot(long world, long number) {
    try {
      return database.snapshot(number).flatMap(SnapshotTable.Row::snapshot);
    } catch (SQLException e) {
      throw new StateUnavailable("the snapshot cannot be read: " + e.getMessage());
    }
  }

  @Override
  public boolean unname(long world, String name) {
    try {
      return database.unname(world, name);
    } catch (SQLException e) {
      throw new StateUnavailable(unwritten(e));
    }
  }

  @Override
  public Durability durability() {
    return durability;
  }

  /** Why nothing can be written at present; null: it can. */
  public @Nullable String failure() {
    return durability.failure();
  }

  private void write() {
    List<Written> batch = new ArrayList<>();
    while (true) {
      boolean last;
      synchronized (this) {
        try {
          while (queue.isEmpty() && batch.isEmpty() && !closed) {
            wait();
          }
          if (durability.failure() != null && !closed) {
            wait(RETRY);
          }
        } catch (InterruptedException e) {
          return;
        }
        batch.addAll(queue);
        queue.clear();
        last = closed;
      }
      if (write(batch)) {
        batch.clear();
      }
      if (last) {
        return;
      }
    }
  }

  private boolean write(List<Written> batch) {
    if (batch.isEmpty()) {
      return true;
    }
    List<Database.Part> parts = Written.parts(batch);
    try {
      database.add(parts, batches);
    } catch (SQLException e) {
      if (!database.has(batches)) { // the answer alone can be lost, too
        durability.fails(unwritten(e));
        return false;
      }
    }
    batches++;
    note();
    durability.kept(batch.size());
    return true;
  }

  /** For the next start, which can tell then whether the end is missing. */
  private void note() {
    try {
      lock.note(database.tally());
    } catch (SQLException | IOException e) {
      // What is written is written; the next note will be right again.
    }
  }

  private static String unwritten(SQLException e) {
    return "the state cannot be written: %s; free some space, or stop and name another folder with --state"
        .formatted(e.getMessage());
  }

  /** Writes what is left and lets go of the folder. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      writer.join();
      durability.fails("the server is shutting down");
      database.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      // What was acknowledged is on the disk.
    }
    lock.close();
  }
}
