package dev.ringback.report;

import dev.ringback.engine.CallRecord;
import dev.ringback.report.Timeline.Request;
import dev.ringback.report.Timeline.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call's timeline while it grows: each look at the call gives the lines that are new. A request
 * is shown with its answer; one that waits for its answer is shown without it after a {@linkplain
 * #lookAgain second look}, and the answer is a line of its own when it comes.
 */
public final class LiveTimeline {
  private final TimelineText text;
  private final Set<Integer> unanswered = new LinkedHashSet<>();
  private @Nullable TimelineReader reader;
  private int next;

  public LiveTimeline(Ink ink, Detail detail, Hints hints) {
    this.text = new TimelineText(ink, detail, hints);
  }

  /** What is new. */
  public List<String> look(CallRecord record) {
    return look(record, false);
  }

  /** What is new, and the request that has kept all others waiting since the last look. */
  public List<String> lookAgain(CallRecord record) {
    return look(record, true);
  }

  /** The last lines: nothing more will happen. */
  public List<String> finish(CallRecord record) {
    List<String> lines = new ArrayList<>(look(record, true));
    lines.addAll(text.finish(record));
    return lines;
  }

  private List<String> look(CallRecord record, boolean impatient) {
    List<String> lines = new ArrayList<>();
    if (reader == null) {
      reader = TimelineReader.of(record);
      lines.add(text.head(record));
    }
    List<Row> rows = reader.readOn(record).rows();
    unanswered.removeIf(place -> {
      if (rows.get(place) instanceof Request request && request.isOver()) {
        lines.addAll(text.answered(request));
        return true;
      }
      return false;
    });
    while (next < rows.size()) {
      Row row = rows.get(next);
      if (row instanceof Request request && !request.isOver()) {
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
}
