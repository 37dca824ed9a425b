package dev.ringback.report;

import dev.ringback.report.Timeline.Event;
import dev.ringback.report.Timeline.Problem;
import dev.ringback.report.Timeline.Request;
import dev.ringback.report.Timeline.Row;
import dev.ringback.voice.Landing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Rounds that repeat what came before them, counted instead of shown: a call that fetches the same
 * document a hundred times has little to say. Rows come in one by one, as a call goes on.
 */
final class Folding {
  private static final int LONGEST_ROUND = 80;
  private static final String SID = "[A-Z]{2}[0-9a-f]{32}";

  private final List<String> shapes = new ArrayList<>();
  private final List<Row> pending = new ArrayList<>();
  private int round;
  private int times;
  private Instant last = Instant.EPOCH;

  /** What is to be shown. */
  sealed interface Shown {}

  record Plain(Row row) implements Shown {}

  /**
   * @param times how often what was just shown came again
   * @param until when the last of it came
   */
  record Again(int times, Instant until) implements Shown {}

  /** What a row adds to what is shown; nothing as long as it only repeats. */
  List<Shown> add(Row row) {
    String shape = shape(row);
    List<Shown> shown = new ArrayList<>();
    if (round > 0 && shape.equals(shapes.get(shapes.size() - round))) {
      shapes.add(shape);
      pending.add(row);
      if (pending.size() == round) {
        times++;
        pending.clear();
        last = row.at();
      }
      return shown;
    }
    shown.addAll(finish());
    shapes.add(shape);
    shown.add(new Plain(row));
    round = repeated();
    return shown;
  }

  /** What is left to show when nothing more comes, or something else does. */
  List<Shown> finish() {
    List<Shown> shown = new ArrayList<>();
    if (times > 0) {
      shown.add(new Again(times, last));
    }
    pending.forEach(row -> shown.add(new Plain(row)));
    pending.clear();
    times = 0;
    round = 0;
    return shown;
  }

  /** The length of the round that has just come a second time (a single row: a third); 0: none. */
  private int repeated() {
    int size = shapes.size();
    for (int length = 1; length <= LONGEST_ROUND && 2 * length <= size; length++) {
      int rounds = length == 1 ? 3 : 2;
      if (rounds * length <= size && isRepeated(length, rounds)) {
        return length;
      }
    }
    return 0;
  }

  private boolean isRepeated(int length, int rounds) {
    int size = shapes.size();
    for (int i = size - (rounds - 1) * length; i < size; i++) {
      if (!shapes.get(i).equals(shapes.get(i - length))) {
        return false;
      }
    }
    return true;
  }

  /** A row without what differs from round to round: times and identifiers. */
  private static String shape(Row row) {
    return switch (row) {
      case Event event -> event.who() + " " + event.text().replaceAll(SID, "");
      case Problem problem -> problem.alert().code() + " " + problem.alert().level();
      case Request request ->
          "%s %d %s %s %s %s"
              .formatted(
                  request.sent().kind(),
                  request.sent().attempt(),
                  request.sent().method(),
                  request.sent().url().replaceAll(SID, ""),
                  request.landing() instanceof Landing.Answered answered
                      ? answered.status()
                      : request.landing() == null ? "" : "failed",
                  request.verbs());
    };
  }
}
