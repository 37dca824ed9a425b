package dev.ringback.state;

import dev.ringback.engine.History;
import dev.ringback.engine.HistoryBroken;
import dev.ringback.engine.Past;
import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSnapshot;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A world as it is kept: its settings, where it starts, and its history from there on, to be read
 * once.
 */
public final class KeptWorld implements Iterator<History.Entry>, Past.Snapshots {
  private final WorldSettings settings;
  private final WorldLog log;
  private final Ledger ledger;
  private final @Nullable WorldSnapshot start;
  private final Map<Long, RecordedRequest> requests = new HashMap<>();
  private final Iterator<Line> lines;
  private History.@Nullable Entry next;

  /**
   * @param start null: the lines are those from the first on
   */
  KeptWorld(
      WorldSettings settings,
      WorldLog log,
      Ledger ledger,
      SnapshotTable.@Nullable Row start,
      Iterator<Line> lines) {
    this.settings = settings;
    this.log = log;
    this.ledger = ledger;
    this.lines = lines;
    this.start = start == null ? null : start.snapshot().orElse(null);
    if (start != null) {
      log.has(start.what().requests());
    }
  }

  public WorldSettings settings() {
    return settings;
  }

  @Override
  public @Nullable WorldSnapshot first() {
    return start;
  }

  @Override
  public WorldSnapshot of(long number) {
    SnapshotTable.Row row = ledger.snapshot(number).orElse(null);
    if (row == null || !row.what().build().equals(Build.name())) {
      throw new HistoryBroken(
          "it became what snapshot %d was, which %s"
              .formatted(number, row == null ? "is gone" : "another build has taken"));
    }
    return row.snapshot().orElseThrow(() -> new DamagedState("snapshot %d".formatted(number)));
  }

  /** The request of that number, which came before what it did; to be asked for once. */
  public RecordedRequest request(long number) {
    RecordedRequest request = requests.remove(number);
    if (request == null) {
      throw new DamagedState("request %d is missing in the history".formatted(number));
    }
    return request;
  }

  /** Whether the request of that number, which was not asked for yet, may come before its turn. */
  public boolean mayComeEarly(long number) {
    RecordedRequest request = requests.get(number);
    return request != null && request.early();
  }

  /** Where its history goes on. */
  public WorldLog log() {
    return log;
  }

  @Override
  public boolean hasNext() {
    while (next == null && lines.hasNext()) {
      Line line = lines.next();
      if (line.request() != null) {
        requests.put(line.number(), line.request());
        log.has(line.number());
      } else {
        log.hasLine();
        next =
            new History.Entry(
                Objects.requireNonNull(line.at()), Objects.requireNonNull(line.input()));
      }
    }
    return next != null;
  }

  @Override
  public History.Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    History.Entry taken = Objects.requireNonNull(next);
    next = null;
    return taken;
  }
}
