package dev.ringback.report;

import dev.ringback.engine.CallRecord;
import dev.ringback.report.Timeline.Exchange;
import dev.ringback.report.Timeline.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A call's timeline while it grows: each look at the call gives the lines that are new. A request
 * is shown with its answer; one that waits for its answer is shown without it after a {@linkplain
 * #lookAgain second look}, and the answer is a line of its own when it comes.
 */
public final class LiveTimeline {
  private final TimelineText text;
  private final Set<Integer> unanswered = new LinkedHashSet<>();
  private boolean begun;
  private int next;

  public LiveTimeline(Ink ink, Detail detail, Hints hints) {
    this.text = new TimelineText(ink, detail, hints);
  }

  /** What is new. */
  public List<String> look(CallRecord record) {
    return look(TimelineReader.read(record), false);
  }

  /** What is new, and the request that has kept all others waiting since the last look. */
  public List<String> lookAgain(CallRecord record) {
    return look(TimelineReader.read(record), true);
  }

  /** The last lines: nothing more will happen. */
  public List<String> finish(CallRecord record) {
    Timeline timeline = TimelineReader.read(record);
    List<String> lines = new ArrayList<>(look(timeline, true));
    lines.addAll(text.finish(timeline));
    return lines;
  }

  private List<String> look(Timeline timeline, boolean impatient) {
    List<String> lines = new ArrayList<>();
    if (!begun) {
      begun = true;
      lines.add(text.head(timeline));
    }
    List<Row> rows = timeline.rows();
    unanswered.removeIf(place -> {
      boolean over = rows.get(place) instanceof Exchange exchange && isOver(exchange);
      if (over) {
        lines.addAll(text.answered((Exchange) rows.get(place)));
      }
      return over;
    });
    while (next < rows.size()) {
      Row row = rows.get(next);
      if (row instanceof Exchange exchange && !isOver(exchange)) {
        if (!impatient) {
          break;
        }
        unanswered.add(next);
      }
      lines.addAll(text.add(row));
      next++;
    }
    return lines;
  }

  private static boolean isOver(Exchange exchange) {
    return exchange.landing() != null || exchange.again() != null;
  }
}
