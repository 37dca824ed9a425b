package dev.ringback.state;

import dev.ringback.engine.WorldInput;
import dev.ringback.proxy.HomeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Saves of a damaged state what can be saved: of each world what was before the damage, because
 * what comes after it cannot have happened without.
 */
public final class StateRepair {
  /** Records that are written at once. */
  private static final int CHUNK = 500;

  private StateRepair() {}

  /**
   * Repairs the state of a folder that nobody uses; what was there is kept beside it.
   *
   * @return what is lost, a sentence each; empty: nothing was damaged, and nothing was changed
   * @throws StateProblem when nothing can be saved
   */
  public static List<String> repair(Path folder) throws StateProblem {
    Path file = StateFile.in(folder);
    if (!Files.isRegularFile(file)) {
      throw new StateProblem("there is no state in " + folder);
    }
    try (FolderLock lock = FolderLock.of(folder)) {
      Path repaired = lock.file("ringback.db.repaired");
      HomeFolder.write(repaired, new byte[0], HomeFolder.PRIVATE);
      List<String> lost = copy(file, repaired, lock.noted());
      if (lost.isEmpty()) {
        Files.delete(repaired);
        return lost;
      }
      for (String more : List.of("-wal", "-shm")) { // both were closed, so they are in the files
        Files.deleteIfExists(lock.file("ringback.db" + more));
        Files.deleteIfExists(lock.file("ringback.db.repaired" + more));
      }
      Path damaged = lock.file("ringback.db.damaged");
      Files.move(file, damaged, StandardCopyOption.REPLACE_EXISTING);
      Files.move(repaired, file, StandardCopyOption.ATOMIC_MOVE);
      lock.note(0);
      return lost;
    } catch (IOException | SQLException e) {
      throw new StateProblem("the state in %s cannot be repaired: %s".formatted(folder, e));
    }
  }

  private static List<String> copy(Path from, Path to, long noted)
      throws StateProblem, SQLException {
    List<String> lost = new ArrayList<>();
    try (Database source = StateFile.openDamaged(from);
        Database target = StateFile.openFile(to)) {
      if (noted == FolderLock.UNKNOWN) {
        lost.add("how much was written last is not known: the file `lock` does not say it");
      } else if (tally(source) < noted) {
        lost.add(
            "what was written last is missing: %d times of %d are there"
                .formatted(tally(source), noted));
      }
      lost.addAll(missing(source));
      List<StoredWorld> worlds = source.stored();
      boolean firstIsLost =
          !worlds.isEmpty() && (!worlds.getFirst().whole() || worlds.getFirst().id() > 1);
      for (StoredWorld world : worlds) {
        String account = world.account();
        if (!world.whole()) {
          lost.add(
              "account %s: its settings are damaged, and all of it is lost".formatted(account));
          continue;
        }
        copy(source, target, world).ifPresent(lost::add);
      }
      if (firstIsLost) {
        target.firstIsLost();
      }
    }
    return lost;
  }

  /** What is lost of a world, in a sentence; empty: nothing. */
  private static Optional<String> copy(Database source, Database target, StoredWorld world)
      throws SQLException {
    WholeWorld whole = new WholeWorld(source, world.id());
    Copy copy = new Copy(target, world);
    String damage = copy.take(whole::visit);
    if (damage == null) {
      return Optional.empty();
    }
    String account = "account " + world.account();
    Instant start = whole.start();
    if (start == null) {
      return Optional.of(
          "%s: %d records are kept; %s, so it and the %s after it are lost"
              .formatted(account, copy.kept, damage, rest(source, world.id(), copy.kept)));
    }
    // A snapshot has all that was before it.
    target.removeWorld(world.account());
    String more = new Copy(target, world).take(whole::visitFromStart);
    return Optional.of(
        "%s: %s; it goes on from what it was at %s, which this build of Ringback alone can read%s"
            .formatted(account, damage, start, more == null ? "" : "; and then " + more));
  }

  /** What is whole, on its way into another file. */
  private static final class Copy implements WholeWorld.Visitor {
    private final Database target;
    private final long world;
    private final List<Database.Part> parts = new ArrayList<>();
    private final Set<Long> snapshots = new HashSet<>();
    private long kept;

    Copy(Database target, StoredWorld world) throws SQLException {
      this.target = target;
      this.world = target.addWorld(world.account(), world.settings());
    }

    /** What the world became again must be there. */
    private void checkSnapshot(Line line) {
      if (line.input() instanceof WorldInput.Restored restored
          && !snapshots.contains(restored.snapshot())) {
        throw new DamagedState(
            "snapshot %d, which the world became again, is missing or damaged"
                .formatted(restored.snapshot()));
      }
    }

    private interface Source {
      void visit(WholeWorld.Visitor visitor) throws SQLException;
    }

    /** Gives what was damaged; null: nothing. */
    @Nullable String take(Source source) throws SQLException {
      try {
        source.visit(this);
        return null;
      } catch (DamagedState | JacksonException e) {
        return e.getMessage();
      } finally {
        write();
      }
    }

    @Override
    public void record(String lines) throws SQLException {
      lines.lines().map(Line::read).forEach(this::checkSnapshot);
      parts.add(new Database.Entry(world, lines));
      kept++;
      if (parts.size() >= CHUNK) {
        write();
      }
    }

    @Override
    public void snapshot(SnapshotTable.Row row) {
      row.snapshot()
          .ifPresent(snapshot -> {
            snapshots.add(row.what().number());
            parts.add(new Database.Taken(world, row.what(), row.packed()));
          });
    }

    private void write() throws SQLException {
      target.add(parts);
      parts.clear();
    }
  }

  /** A file that is damaged may not be countable, and one of an old format has not counted. */
  private static List<String> missing(Database source) {
    try {
      return source.hasCensus() ? source.missing() : List.of();
    } catch (SQLException | StateProblem e) {
      return List.of();
    }
  }

  private static long tally(Database source) {
    try {
      return source.tally();
    } catch (SQLException e) {
      return 0;
    }
  }

  private static String rest(Database source, long world, long kept) {
    try {
      return Long.toString(Math.max(0, source.count(world) - kept - 1));
    } catch (SQLException e) {
      return "unknown number";
    }
  }
}
