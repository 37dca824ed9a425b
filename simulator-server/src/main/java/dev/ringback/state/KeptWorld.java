package dev.ringback.state;

import dev.ringback.engine.History;
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
  private final @Nullable WorldSnapshot start;
  private final Map<Long, RecordedRequest> requests = new HashMap<>();
  private final Iterator<String> lines;
  private History.@Nullable Entry next;
  private boolean over;

  /**
   * @param start null: the lines are those from the first on
   * @param bytes of the start
   * @param lines JSON
   */
  public KeptWorld(
      WorldSettings settings,
      WorldLog log,
      @Nullable StoredSnapshot start,
      @Nullable WorldSnapshot bytes,
      Iterator<String> lines) {
    this.settings = settings;
    this.log = log;
    this.lines = lines;
    this.start = bytes;
    if (start != null) {
      log.has(start.requests());
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
    return log.snapshot(number)
        .orElseThrow(() ->
            new DamagedState(
                "snapshot %d, which the world became again, is missing or damaged"
                    .formatted(number)));
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
    while (next == null && !over) {
      if (!lines.hasNext()) {
        over = true; // what comes later is of now
        break;
      }
      Line line = Line.read(lines.next());
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
