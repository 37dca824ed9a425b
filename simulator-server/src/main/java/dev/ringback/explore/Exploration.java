package dev.ringback.explore;

import static dev.ringback.scenariofile.ScenarioDraft.ordered;

import dev.ringback.config.KnownAccount;
import dev.ringback.explore.Course.Situation;
import dev.ringback.explore.Course.Step;
import dev.ringback.journal.Exchange;
import dev.ringback.play.Player;
import dev.ringback.play.Player.Performance;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.yaml.BadInput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Plays all courses that a call can take, breadth first, each in a world of its own with virtual
 * time; a state that was seen is not gone on from. Then what was met once more with trouble on the
 * way, and two calls at once.
 */
public final class Exploration {
  /** How each finding's file begins. */
  public static final String FIRST_WORDS = "# Found by exploring";

  private static final Path FILE = Path.of("explored.yaml");

  private final Player player;
  private final KnownAccount account;
  private final Bounds bounds;
  private final Progress progress;
  private final long end;
  private final Set<String> ofBefore = new HashSet<>();
  private volatile boolean stopped;

  private final Deque<Waiting> queue = new ArrayDeque<>();
  private Memory memory = new Memory();

  /** A course that is to be played, and the journey of which it is a branch. */
  private record Waiting(Course course, @Nullable Journey before) {}

  /**
   * How far to go.
   *
   * @param depth most choices in a course
   * @param budget on the wall
   * @param seed of all courses
   */
  public record Bounds(int depth, Duration budget, long seed) {}

  /** Hears how it goes. */
  public interface Progress {
    /** Another course was played. */
    void at(int courses, int states, int waiting, int findings);
  }

  /**
   * How far it went.
   *
   * @param courses played
   * @param states visited
   * @param left courses for which there was no time
   * @param whole whether nothing at all is left
   */
  public record Extent(int courses, int states, int left, boolean whole) {}

  /**
   * What came of it.
   *
   * @param extent how far it went
   * @param signatures whether the app checks them: {@code checked}, {@code partly-checked}, {@code
   *     unchecked}, or {@code unknown} when there was no time to see
   * @param findings in the order in which they were found
   * @param notes what is worth knowing, and no finding
   */
  public record Outcome(
      Extent extent, String signatures, List<Found> findings, List<String> notes) {}

  /**
   * Something that the app answers badly.
   *
   * @param kind such as {@code cut-off}
   * @param where which request
   * @param text a sentence
   * @param course in words
   * @param scenario that fails as long as it is so
   * @param again whether the scenario has failed when it was played; null: there was no time
   */
  public record Found(
      String kind,
      String where,
      String text,
      String course,
      String scenario,
      @Nullable Boolean again) {}

  public Exploration(Player player, KnownAccount account, Bounds bounds, Progress progress) {
    this.player = player;
    this.account = account;
    this.bounds = bounds;
    this.progress = progress;
    this.end = System.nanoTime() + bounds.budget().toNanos();
  }

  /**
   * Goes on from what a file remembers, if it is of the same app, seed and depth.
   *
   * @return how many courses had been played by then
   */
  public int resume(Path file) throws IOException {
    Memory.Read read = Memory.read(file, name());
    if (read != null) {
      memory = read.memory();
      ofBefore.addAll(memory.findings.keySet());
      read.queue().forEach(course -> queue.add(new Waiting(course, null)));
    }
    return memory.played;
  }

  /** Writes what is known and what is left, for the next time. */
  public void remember(Path file) throws IOException {
    memory.write(file, name(), queue.stream().map(Waiting::course).toList());
  }

  private String name() {
    return name(String.valueOf(player.appUrl()), Long.toString(bounds.seed()), bounds.depth());
  }

  private static String name(String app, String seed, int depth) {
    return "%s depth %d seed %s".formatted(app, depth, seed);
  }

  /** The seed of an exploration of that app that has stopped, if there is one. */
  public static OptionalLong seedOf(Path file, String app, int depth) throws IOException {
    String name = Memory.name(file);
    String begin = name(app, "", depth);
    return name != null && name.startsWith(begin)
        ? OptionalLong.of(Long.parseLong(name.substring(begin.length())))
        : OptionalLong.empty();
  }

  public Outcome explore() throws BadInput {
    if (memory.played == 0) {
      for (Situation situation : Situation.values()) {
        queue.add(new Waiting(new Course(situation, List.of()), null));
      }
    }
    branches();
    if (isTime()) {
      trouble();
      twoAtOnce();
      forgeries();
    }
    boolean whole = queue.isEmpty() && isTime();
    int played = memory.played;
    Comparisons.likeSuccess(memory).forEach(this::found);
    Forgeries.findings(memory).forEach(this::found);
    List<Found> all = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Finding finding : memory.findings.values()) {
      Found found = found(finding, all.size());
      boolean gone = Boolean.FALSE.equals(found.again());
      if (gone && (finding.kind().compares() || ofBefore.contains(finding.key()))) {
        notes.add(
            "%s (%s) did not happen again, and is no finding: %s"
                .formatted(found.where(), found.kind(), found.text()));
      } else {
        all.add(found);
      }
    }
    memory.varying.forEach(where ->
        notes.add("the app answers the same request differently from time to time: " + where));
    return new Outcome(
        new Extent(played, memory.states.size(), queue.size(), whole),
        Forgeries.signatures(memory).wireName(),
        all,
        notes);
  }

  /** Ends it early, from another thread; what is known by then is the outcome. */
  public void stop() {
    stopped = true;
  }

  private boolean isTime() {
    return !stopped && System.nanoTime() < end;
  }

  // Branches

  private void branches() throws BadInput {
    while (!queue.isEmpty() && isTime()) {
      Waiting next = queue.remove();
      Journey journey = play(next.course());
      if (!journey.isPossible()) {
        continue;
      }
      boolean silent = look(journey, next.before());
      if (next.course().steps().size() < bounds.depth() && !silent) {
        for (Choices.Choice choice : Choices.in(journey)) {
          if (memory.states.add(Memory.state(choice.state()))) {
            queue.add(new Waiting(choice.course(), journey));
          }
        }
      }
      tell();
    }
  }

  /** Whether the app kept one waiting in it, so that nobody waits there again. */
  private boolean look(Journey journey, @Nullable Journey before) {
    List<Finding> seen = Oracle.of(journey);
    seen.forEach(this::found);
    if (before != null && journey.course().steps().getLast() instanceof Step.Act act) {
      Comparisons.varying(before, journey, act.at()).ifPresent(memory.varying::add);
    }
    Comparisons.remember(memory, journey);
    Forgeries.remember(memory, journey);
    for (Exchange exchange : journey.exchanges()) {
      if (!exchange.kind().isWaitedFor()) {
        memory.callbacks.putIfAbsent(
            Journey.where(exchange),
            new Memory.Callback(
                exchange.kind().wireName(), Journey.telling(exchange), journey.course()));
      }
    }
    if (journey.course().situation() == Situation.KNOWN && journey.course().steps().size() <= 1) {
      memory.doubles.add(journey.course());
    }
    return seen.stream().anyMatch(finding -> finding.kind() == Finding.Kind.NO_ANSWER);
  }

  private void found(Finding finding) {
    memory.findings.putIfAbsent(finding.key(), finding);
  }

  private void tell() {
    progress.at(memory.played, memory.states.size(), queue.size(), memory.findings.size());
  }

  // Trouble on the way

  /** Each callback late, twice, out of order and lost; each recording a failure, and absent. */
  private void trouble() throws BadInput {
    for (Memory.Callback told : List.copyOf(memory.callbacks.values())) {
      for (Map<String, Object> order : orders(told)) {
        if (!isTime()) {
          return;
        }
        if (memory.done.add(told.kind() + told.form() + order)) {
          Oracle.of(play(told.course().with(new Step.Trouble(order)))).forEach(this::found);
          tell();
        }
      }
    }
  }

  private static List<Map<String, Object>> orders(Memory.Callback told) {
    List<Map<String, Object>> orders = new ArrayList<>();
    for (String fault : List.of("slow", "duplicated", "reordered", "dropped")) {
      Map<String, Object> order = ordered("fault", fault);
      if (fault.equals("slow")) {
        order.put("by", "5s");
      }
      order.put("request", told.kind());
      if (!told.form().isEmpty()) {
        order.put("form", told.form());
      }
      orders.add(order);
    }
    if ("completed".equals(told.form().get("RecordingStatus"))) {
      orders.add(ordered("fault", "recording-failed"));
      orders.add(ordered("fault", "recording-absent"));
    }
    return orders;
  }

  /** The same call twice, the second a second later. */
  private void twoAtOnce() throws BadInput {
    for (Course course : List.copyOf(memory.doubles)) {
      if (!isTime()) {
        return;
      }
      if (memory.done.add("two at once: " + course.words())) {
        Course other = course.with(new Step.OtherCaller());
        List<List<Journey>> alone =
            List.of(List.of(play(course), play(course)), List.of(play(other), play(other)));
        Journey together = play(course.with(new Step.SecondCall(Duration.ofSeconds(1))));
        if (together.isPossible() && together.performance().calls().size() == 2) {
          Comparisons.mixedUp(alone, together).ifPresent(this::found);
        }
        tell();
      }
    }
  }

  /** A request to each path, as if somebody else had sent it. */
  private void forgeries() throws BadInput {
    for (Map.Entry<String, Memory.Signed> signed : List.copyOf(memory.signed.entrySet())) {
      if (!isTime()) {
        return;
      }
      if (memory.done.add("a wrong signature at " + signed.getKey())) {
        Journey journey = play(Forgeries.course(signed.getValue()));
        Forgeries.isTaken(journey, signed.getValue())
            .ifPresent(taken -> memory.forged.put(signed.getKey(), taken));
        tell();
      }
    }
  }

  // Playing

  private Journey play(Course course) throws BadInput {
    memory.played++;
    return new Journey(
        course,
        play(
            "scenario: explored\n"
                + course.text(bounds.seed() * 10_000 + memory.played)
                + "then:\n  - call: {ends: completed}\n"));
  }

  private Performance play(String text) throws BadInput {
    ScenarioFile file = ScenarioReader.parse(FILE, text).getFirst();
    return player.play(file.withAccount(account));
  }

  /** As a scenario, which is played to see whether it fails. */
  private Found found(Finding finding, int number) throws BadInput {
    long seed = bounds.seed() * 10_000 + 5_000 + number;
    boolean timeToPlay = isTime() || !finding.kind().takesTime();
    Set<String> allowed = new TreeSet<>();
    if (timeToPlay) {
      allowed.addAll(
          new Journey(finding.course(), play(finding.scenario(seed, List.of()))).errorsOfOthers());
    }
    if (finding.kind() == Finding.Kind.FORGED_REQUEST) {
      allowed.addAll(Oracle.SAID_BY_THE_ANSWER); // refusing it is right
    }
    String scenario = finding.scenario(seed, allowed);
    Boolean fails = timeToPlay ? Boolean.valueOf(!play(scenario).verdict().passed()) : null;
    return new Found(
        finding.kind().wireName(),
        finding.where(),
        Finding.shortened(finding.text()),
        finding.course().words(),
        scenario,
        fails);
  }
}
