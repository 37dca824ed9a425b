package dev.ringback.state;

import dev.ringback.engine.History;
import dev.ringback.engine.WorldSettings;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A world as it is kept: its settings, and its history to be read once. */
public final class KeptWorld implements Iterator<History.Entry> {
  private final WorldSettings settings;
  private final WorldLog log;
  private final Map<Long, RecordedRequest> requests = new HashMap<>();
  private final Iterator<Line> lines;
  private History.@Nullable Entry next;

  KeptWorld(WorldSettings settings, WorldLog log, Iterator<Line> lines) {
    this.settings = settings;
    this.log = log;
    this.lines = lines;
  }

  public WorldSettings settings() {
    return settings;
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
