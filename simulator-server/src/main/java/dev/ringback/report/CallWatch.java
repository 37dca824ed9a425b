package dev.ringback.report;

import dev.ringback.engine.CallRecord;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.ClockView;
import dev.ringback.engine.World;
import dev.ringback.id.Sid;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches the calls of a world and tells what happens, line by line, while it happens. */
public final class CallWatch {
  /** Calls that were printed to their end; so many are remembered, to be printed once. */
  private static final int MOST_FINISHED = 10_000;

  /** On the wall: so long a request may wait for its answer before it is shown without. */
  private static final long PATIENCE_MILLIS = 500;

  private final World world;
  private final Ink ink;
  private final Detail detail;
  private final Hints hints;

  public CallWatch(World world, Ink ink, Detail detail, Hints hints) {
    this.world = world;
    this.ink = ink;
    this.detail = detail;
    this.hints = hints;
  }

  /** Where the lines go. */
  public interface Printer {
    void print(List<String> lines) throws IOException;
  }

  /**
   * Prints one call to its end.
   *
   * @return the whole of it, or of what there is when nothing more can happen in virtual time;
   *     null: there is no such call, or the world was closed
   */
  public @Nullable CallRecord follow(Sid call, Printer printer)
      throws IOException, InterruptedException {
    LinkedBlockingQueue<Boolean> bell = new LinkedBlockingQueue<>(1);
    Runnable unsubscribe =
        world
            .journal()
            .subscribe(entry -> {
              if (call.equals(entry.call())) {
                bell.offer(true);
              }
            });
    try {
      LiveTimeline timeline = new LiveTimeline(ink, detail, hints);
      var over = world.whenOver(call);
      over.whenComplete((record, failure) -> bell.offer(true));
      while (!over.isDone()) {
        CallRecord record = world.call(call).join().orElse(null);
        if (record != null) {
          print(timeline.look(record), printer);
        }
        if (bell.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) == null && record != null) {
          print(timeline.lookAgain(world.call(call).join().orElse(record)), printer);
          if (isAtRest()) {
            print(timeline.finish(record), printer);
            return record;
          }
        }
      }
      CallRecord whole = over.isCompletedExceptionally() ? null : over.join();
      if (whole != null) {
        print(timeline.finish(whole), printer);
      }
      return whole;
    } finally {
      unsubscribe.run();
    }
  }

  /** A clock that skips has nowhere to skip to, and nobody is at work who could change that. */
  private boolean isAtRest() {
    ClockView clock = world.clock().join();
    return clock.mode() instanceof ClockMode.Skipping
        && clock.nextDue() == null
        && clock.inFlight() == 0
        && clock.holds().isEmpty();
  }

  /** Prints every call of the world from now on, until the world is closed. */
  public void followAll(Printer printer) throws IOException, InterruptedException {
    Touched touched = new Touched();
    Runnable unsubscribe =
        world
            .journal()
            .subscribe(entry -> {
              if (entry.call() != null) {
                touched.add(entry.call());
              }
            });
    Map<Sid, LiveTimeline> live = new LinkedHashMap<>();
    Set<Sid> finished = new LinkedHashSet<>();
    int generation = world.journal().generation();
    try {
      Sid printed = null;
      while (!world.isClosed()) {
        List<Sid> calls = touched.take();
        if (world.journal().generation() != generation) {
          // A reset world gives the same identifiers again, to other calls.
          generation = world.journal().generation();
          live.clear();
          finished.clear();
        }
        boolean impatient = calls.isEmpty();
        for (Sid call : impatient ? List.copyOf(live.keySet()) : calls) {
          if (finished.contains(call)) {
            continue; // the Debugger webhook, say, had something to add
          }
          LiveTimeline timeline =
              live.computeIfAbsent(call, c -> new LiveTimeline(ink, detail, hints));
          printed = print(call, timeline, impatient, live, printed, printer);
          if (!live.containsKey(call) && finished.add(call) && finished.size() > MOST_FINISHED) {
            finished.remove(finished.iterator().next());
          }
        }
      }
    } finally {
      unsubscribe.run();
    }
  }

  /** Calls that something has happened to; each once, however much it is. */
  private static final class Touched {
    private final Set<Sid> calls = new LinkedHashSet<>();
    private final LinkedBlockingQueue<Boolean> bell = new LinkedBlockingQueue<>(1);

    void add(Sid call) {
      synchronized (calls) {
        calls.add(call);
      }
      bell.offer(true);
    }

    /** Empty: nothing has happened for a while. */
    List<Sid> take() throws InterruptedException {
      if (bell.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) == null) {
        return List.of();
      }
      synchronized (calls) {
        List<Sid> taken = List.copyOf(calls);
        calls.clear();
        return taken;
      }
    }
  }

  /** Null: there is no such call any more; the world was reset or closed while it was asked. */
  private @Nullable CallRecord record(Sid call) {
    try {
      return world.call(call).join().orElse(null);
    } catch (CompletionException gone) {
      return null;
    }
  }

  /** What a call has to say; the call that has spoken last. */
  private @Nullable Sid print(
      Sid call,
      LiveTimeline timeline,
      boolean impatient,
      Map<Sid, LiveTimeline> live,
      @Nullable Sid before,
      Printer printer)
      throws IOException {
    CallRecord record = record(call);
    if (record == null) {
      live.remove(call);
      return before;
    }
    boolean over = record.over();
    List<String> lines =
        over
            ? timeline.finish(record)
            : impatient ? timeline.lookAgain(record) : timeline.look(record);
    if (over) {
      live.remove(call);
    }
    if (lines.isEmpty()) {
      return before;
    }
    boolean begins = lines.getFirst().contains("Call " + call);
    if (!call.equals(before) && !begins) {
      printer.print(List.of(ink.bold("Call " + call) + ink.dim(" goes on")));
    }
    printer.print(lines);
    return call;
  }

  private static void print(List<String> lines, Printer printer) throws IOException {
    if (!lines.isEmpty()) {
      printer.print(lines);
    }
  }
}
