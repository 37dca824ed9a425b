package dev.ringback.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waits until a file changes or the app comes up again. */
public final class Watch {
  private static final long PAUSE_MILLIS = 200;

  private final Map<Path, String> seen = new LinkedHashMap<>();
  private final @Nullable BooleanSupplier appListens;
  private boolean wasUp = true;

  /**
   * @param files that scenarios are made of
   * @param appListens whether anything listens where the app is; null: nobody needs it
   */
  public Watch(Collection<Path> files, @Nullable BooleanSupplier appListens) {
    this.appListens = appListens;
    files.forEach(file -> seen.put(file, state(file)));
  }

  /** When it was changed and how long it is; a file that is gone has a state, too. */
  private static String state(Path file) {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      return "gone";
    }
  }

  /**
   * Waits for the next change.
   *
   * @return the files that changed; empty: the app went away and is there again
   */
  public Set<Path> next() {
    while (true) {
      Set<Path> changed = new LinkedHashSet<>();
      seen.replaceAll((file, before) -> {
        String now = state(file);
        if (!now.equals(before) && !now.equals("gone")) {
          changed.add(file);
        }
        return now;
      });
      if (!changed.isEmpty()) {
        return changed;
      }
      if (appListens != null) {
        boolean up = appListens.getAsBoolean();
        boolean cameBack = up && !wasUp;
        wasUp = up;
        if (cameBack) {
          return Set.of();
        }
      }
      pause();
    }
  }

  private static void pause() {
    var later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    CompletableFuture.runAsync(() -> {}, later).join();
  }
}
