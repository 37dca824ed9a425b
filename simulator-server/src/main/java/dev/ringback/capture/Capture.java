package dev.ringback.capture;

import dev.ringback.yaml.BadInput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Captures calls: passes requests on, and when a call is over tells of it as a scenario and a
 * journal, once more whenever something of it still comes.
 */
public final class Capture implements AutoCloseable {
  private static final long LONGEST_GOODBYE_SECONDS = 60;

  private final CapturedCalls calls = new CapturedCalls();
  private final ExecutorService analyst =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("capture-analyst").factory());

  /** Calls that are about to be looked at. */
  private final Set<CapturedCall> due = new HashSet<>();

  /** Calls of which something has come since they were told of. */
  private final Set<CapturedCall> news = new HashSet<>();

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
    calls
        .add(captured)
        .ifPresent(call -> {
          synchronized (due) {
            news.add(call);
            if (call.isOver() && due.add(call)) {
              analyst.execute(() -> look(call));
            }
          }
        });
  }

  private void look(CapturedCall call) {
    synchronized (due) {
      due.remove(call);
      news.remove(call);
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
    if (!call.isWhole()) {
      return new Kept(
          name(call),
          call.requests().getFirst().value("Direction").startsWith("outbound-api")
              ? "it was placed by the REST API, which a captured scenario cannot say"
              : "its beginning was not seen",
          List.of(),
          List.of());
    }
    List<Captured> requests = wanted.keep() ? call.requests() : StandIns.in(call.requests());
    Path file = wanted.folder().resolve(name(call) + ".yaml");
    CapturedScenario scenario = CapturedScenario.of(file, begin(call), requests);
    return new Kept(
        name(call),
        scenario.title(),
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
        + sid.substring(0, Math.min(sid.length(), 8));
  }

  /** Stops listening, and tells of the calls that have news. */
  @Override
  public void close() {
    proxy.close();
    for (CapturedCall call : calls.all()) {
      boolean open;
      synchronized (due) {
        open = news.contains(call) && due.add(call);
      }
      if (open) {
        analyst.execute(() -> look(call));
      }
    }
    analyst.shutdown();
    try {
      if (!analyst.awaitTermination(LONGEST_GOODBYE_SECONDS, TimeUnit.SECONDS)) {
        analyst.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
