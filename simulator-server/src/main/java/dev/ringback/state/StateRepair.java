package dev.ringback.state;

import dev.ringback.proxy.HomeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
    Path file = Database.in(folder);
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
    try (Database source = Database.openDamaged(from);
        Database target = Database.openFile(to)) {
      if (tally(source) < noted) {
        lost.add(
            "what was written last is missing: %d times of %d are there"
                .formatted(tally(source), noted));
      }
      for (Database.Stored world : source.stored()) {
        String account = world.account();
        if (!world.whole()) {
          lost.add(
              "account %s: its settings are damaged, and all of it is lost".formatted(account));
          continue;
        }
        long copy = target.addWorld(account, world.settings());
        List<Database.Entry> good = new ArrayList<>();
        long kept = 0;
        try {
          Iterator<String> records = source.records(world.id());
          while (records.hasNext()) {
            String record = records.next();
            record.lines().forEach(Line::read);
            good.add(new Database.Entry(copy, record));
            kept++;
            if (good.size() == CHUNK) {
              target.add(good);
              good.clear();
            }
          }
          target.add(good);
        } catch (DamagedState | JacksonException e) {
          target.add(good);
          lost.add(
              "account %s: %d records are kept; %s, so it and the %s after it are lost"
                  .formatted(account, kept, e.getMessage(), rest(source, world.id(), kept)));
        }
      }
    }
    return lost;
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
