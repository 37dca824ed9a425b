package dev.ringback.report;

import dev.ringback.engine.CallRecord;
import dev.ringback.engine.World;
import dev.ringback.id.Sid;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches the calls of a world and tells what happens, line by line, while it happens. */
public final class CallWatch {
  /** On the wall: so long a request may wait for its answer before it is shown without. */
  private static final long PATIENCE_MILLIS = 500;

  private final World world;
  private final Ink ink;
  private final Detail detail;

  public CallWatch(World world, Ink ink, Detail detail) {
    this.world = world;
    this.ink = ink;
    this.detail = detail;
  }

  /** Where the lines go. */
  public interface Printer {
    void print(List<String> lines) throws IOException;
  }

  /**
   * Prints one call to its end.
   *
   * @return the whole of it; null: there is no such call, or the world was closed
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
      LiveTimeline timeline = new LiveTimeline(ink, detail, Hints.of(world.settings()));
      var over = world.whenOver(call);
      over.whenComplete((record, failure) -> bell.offer(true));
      while (!over.isDone()) {
        CallRecord record = world.call(call).join().orElse(null);
        if (record != null) {
          print(timeline.look(record), printer);
        }
        if (bell.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) == null && record != null) {
          print(timeline.lookAgain(world.call(call).join().orElse(record)), printer);
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
    Hints hints = Hints.of(world.settings());
    try {
      Sid printed = null;
      while (!world.isClosed()) {
        List<Sid> calls = touched.take();
        boolean impatient = calls.isEmpty();
        for (Sid call : impatient ? List.copyOf(live.keySet()) : calls) {
          LiveTimeline timeline =
              live.computeIfAbsent(call, c -> new LiveTimeline(ink, detail, hints));
          printed = print(call, timeline, impatient, live, printed, printer);
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
      Boolean unused = bell.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      synchronized (calls) {
        List<Sid> taken = List.copyOf(calls);
        calls.clear();
        return taken;
      }
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
    CallRecord record = world.call(call).join().orElse(null);
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
