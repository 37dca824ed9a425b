package dev.ringback.capture;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.ringback.yaml.BadInput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Captures calls: passes requests on, and when a call is over tells of it as a scenario and a
 * journal, once more whenever something of it still comes.
 */
public final class Capture implements AutoCloseable {
  private static final long LONGEST_GOODBYE_SECONDS = 60;

  /** Nothing has come for so long: a call that is over is told of. */
  private static final long QUIET_MILLIS = 4_000;

  private final CapturedCalls calls = new CapturedCalls();
  private final ScheduledExecutorService analyst =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("capture-analyst").factory());

  /** Calls that are about to be looked at. */
  private final Set<CapturedCall> due = new HashSet<>();

  /** Calls of which something has come since they were told of. */
  private final Set<CapturedCall> news = new HashSet<>();

  private final AtomicBoolean closed = new AtomicBoolean();
  private final Wanted wanted;
  private final CaptureProxy proxy;

  /**
   * What is to become of captured calls.
   *
   * @param folder their files are for
   * @param keep whether numbers and secrets stay as they are
   * @param told hears of each call, on a thread of this object's
   */
  public record Wanted(Path folder, boolean keep, Consumer<Kept> told) {}

  /**
   * A call that was captured.
   *
   * @param name of its files, without an ending
   * @param title of its scenario; or a sentence that says why there is none
   * @param files empty: it cannot be said as a scenario
   * @param fidelity in which Twilio and Ringback differ, a sentence each
   */
  public record Kept(String name, String title, List<Text> files, List<String> fidelity) {}

  /** A file's ending and contents. */
  public record Text(String ending, String contents) {}

  private Capture(int port, String app, Wanted wanted) throws IOException {
    this.wanted = wanted;
    this.proxy = CaptureProxy.listen(port, app, this::hear);
  }

  /**
   * @param port on the loopback interface; 0: any that is free
   * @param app where it is, without a path
   * @throws IOException when the port cannot be had
   */
  public static Capture listen(int port, String app, Wanted wanted) throws IOException {
    return new Capture(port, app, wanted);
  }

  public int port() {
    return proxy.port();
  }

  private void hear(Captured captured) {
    for (CapturedCall call : calls.add(captured)) {
      synchronized (due) {
        news.add(call);
        if (call.isOver() && !closed.get() && due.add(call)) {
          var unused = analyst.schedule(() -> lookWhenQuiet(call), QUIET_MILLIS, MILLISECONDS);
        }
      }
    }
  }

  /** What comes late, such as a recording, is waited for. */
  private void lookWhenQuiet(CapturedCall call) {
    Instant last = calls.requestsOf(call).getLast().at();
    long left = QUIET_MILLIS - Duration.between(last, Instant.now()).toMillis();
    if (left > 0 && !closed.get()) {
      var unused = analyst.schedule(() -> lookWhenQuiet(call), left, MILLISECONDS);
    } else {
      look(call);
    }
  }

  private void look(CapturedCall call) {
    synchronized (due) {
      due.remove(call);
      if (!news.remove(call)) {
        return;
      }
    }
    Kept kept;
    try {
      kept = kept(call);
    } catch (BadInput | RuntimeException e) {
      kept = new Kept(name(call), "it cannot be made a scenario of: " + e, List.of(), List.of());
    }
    wanted.told().accept(kept);
  }

  private Kept kept(CapturedCall call) throws BadInput {
    if (!call.obstacle().isEmpty()) {
      return new Kept(name(call), call.obstacle(), List.of(), List.of());
    }
    StandIns.Replaced requests =
        wanted.keep()
            ? new StandIns.Replaced(calls.requestsOf(call), List.of())
            : StandIns.in(calls.requestsOf(call));
    Path file = wanted.folder().resolve(name(call) + ".yaml");
    CapturedScenario scenario = CapturedScenario.of(file, begin(call), requests, call.isOver());
    return new Kept(
        name(call),
        scenario.title() + (call.isOver() ? "" : " (cut off: the call was still going on)"),
        List.of(new Text(".yaml", scenario.text()), new Text(".jsonl", scenario.journal())),
        scenario.fidelity());
  }

  private static Instant begin(CapturedCall call) {
    return call.requests().getFirst().at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
  }

  /** Of when it began, and of its identifier. */
  private static String name(CapturedCall call) {
    String sid = call.sid();
    return DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
            .withZone(ZoneOffset.UTC)
            .format(begin(call))
        + "-"
        + sid.substring(0, Math.min(sid.length(), 8))
        + (call.number() == 0 ? "" : "-" + (call.number() + 1));
  }

  /** Stops listening, and tells of the calls that have news. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    proxy.close();
    try {
      List<Future<?>> looks = new ArrayList<>();
      calls.all().forEach(call -> looks.add(analyst.submit(() -> look(call))));
      for (Future<?> look : looks) {
        look.get(LONGEST_GOODBYE_SECONDS, SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("not all calls could be told of: " + e, e);
    } finally {
      analyst.shutdownNow();
    }
  }
}
