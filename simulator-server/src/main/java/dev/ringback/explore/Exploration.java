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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plays all courses that a call can take, breadth first, each in a world of its own with virtual
 * time; a state that was seen is not gone on from. Then what was met once more with trouble on the
 * way, and two calls at once.
 */
public final class Exploration {
  private static final Path FILE = Path.of("explored.yaml");

  private final Player player;
  private final KnownAccount account;
  private final Bounds bounds;
  private final Progress progress;
  private final long end;

  private final Deque<Waiting> queue = new ArrayDeque<>();
  private final Set<String> states = new HashSet<>();
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final Comparisons comparisons = new Comparisons();

  /** By callback: the first course in which it was made. */
  private final Map<String, Told> callbacks = new LinkedHashMap<>();

  private final List<Journey> toBeDoubled = new ArrayList<>();
  private int played;
  private int impossible;

  /** A course that is to be played, and the journey of which it is a branch. */
  private record Waiting(Course course, @Nullable Journey before) {}

  private record Told(Exchange exchange, Course course) {}

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
   * What came of it.
   *
   * @param courses played
   * @param states visited
   * @param left courses for which there was no time
   * @param findings in the order in which they were found
   */
  public record Outcome(int courses, int states, int left, List<Found> findings) {}

  /**
   * Something that the app answers badly.
   *
   * @param kind such as {@code cut-off}
   * @param where which request
   * @param text a sentence
   * @param course in words
   * @param scenario that fails as long as it is so
   * @param again whether the scenario has failed when it was played
   */
  public record Found(
      String kind, String where, String text, String course, String scenario, boolean again) {}

  public Exploration(Player player, KnownAccount account, Bounds bounds, Progress progress) {
    this.player = player;
    this.account = account;
    this.bounds = bounds;
    this.progress = progress;
    this.end = System.nanoTime() + bounds.budget().toNanos();
  }

  public Outcome explore() throws BadInput {
    for (Situation situation : Situation.values()) {
      queue.add(new Waiting(new Course(situation, List.of()), null));
    }
    branches();
    int left = queue.size();
    trouble();
    twoAtOnce();
    comparisons.likeSuccess().forEach(this::found);
    List<Found> all = new ArrayList<>();
    for (Finding finding : findings.values()) {
      all.add(found(finding, all.size()));
    }
    return new Outcome(played, states.size(), left, all);
  }

  private boolean isTime() {
    return System.nanoTime() < end;
  }

  // Branches

  private void branches() throws BadInput {
    while (!queue.isEmpty() && isTime()) {
      Waiting next = queue.remove();
      Journey journey = play(next.course());
      if (!journey.isPossible()) {
        impossible++;
        continue;
      }
      boolean silent = look(journey, next.before());
      if (next.course().steps().size() < bounds.depth() && !silent) {
        for (Choices.Choice choice : Choices.in(journey)) {
          if (states.add(choice.state())) {
            queue.add(new Waiting(choice.course(), journey));
          }
        }
      }
      progress.at(played, states.size(), queue.size(), findings.size());
    }
  }

  /** Whether the app kept one waiting in it, so that nobody waits there again. */
  private boolean look(Journey journey, @Nullable Journey before) {
    List<Finding> seen = Oracle.of(journey);
    seen.forEach(this::found);
    if (before != null && journey.course().steps().getLast() instanceof Step.Act act) {
      Comparisons.unsteady(before, journey, act.at()).ifPresent(this::found);
    }
    comparisons.add(journey);
    for (Exchange exchange : journey.exchanges()) {
      if (!exchange.kind().isWaitedFor()) {
        callbacks.putIfAbsent(Journey.where(exchange), new Told(exchange, journey.course()));
      }
    }
    if (journey.course().situation() == Situation.KNOWN && journey.course().steps().size() <= 1) {
      toBeDoubled.add(journey);
    }
    return seen.stream().anyMatch(finding -> finding.kind() == Finding.Kind.NO_ANSWER);
  }

  private void found(Finding finding) {
    findings.putIfAbsent(finding.key(), finding);
  }

  // Trouble on the way

  /** Each callback late, twice, out of order and lost. */
  private void trouble() throws BadInput {
    for (Told told : List.copyOf(callbacks.values())) {
      for (String fault : List.of("slow", "duplicated", "reordered", "dropped")) {
        Map<String, Object> order = ordered("fault", fault);
        if (fault.equals("slow")) {
          order.put("by", "5s");
        }
        order.put("request", told.exchange().kind().wireName());
        Map<String, String> form = Journey.telling(told.exchange());
        if (!form.isEmpty()) {
          order.put("form", form);
        }
        if (!isTime()) {
          return;
        }
        Oracle.of(play(told.course().with(new Step.Trouble(order)))).forEach(this::found);
        progress.at(played, states.size(), 0, findings.size());
      }
    }
  }

  /** The same call twice, the second a second later. */
  private void twoAtOnce() throws BadInput {
    for (Journey alone : toBeDoubled) {
      if (!isTime()) {
        return;
      }
      Journey together = play(alone.course().with(new Step.SecondCall(Duration.ofSeconds(1))));
      if (together.isPossible()) {
        Comparisons.mixedUp(alone, together).ifPresent(this::found);
      }
    }
  }

  // Playing

  private Journey play(Course course) throws BadInput {
    played++;
    return new Journey(
        course,
        play(
            "scenario: explored\n"
                + course.text(bounds.seed() * 10_000 + played)
                + "then:\n  - call: {ends: completed}\n"));
  }

  private Performance play(String text) throws BadInput {
    ScenarioFile file = ScenarioReader.parse(FILE, text).getFirst();
    return player.play(file.withAccount(account));
  }

  /** As a scenario, which is played to see whether it fails. */
  private Found found(Finding finding, int number) throws BadInput {
    long seed = bounds.seed() * 10_000 + 5_000 + number;
    Journey journey = new Journey(finding.course(), play(finding.scenario(seed, List.of())));
    String scenario = finding.scenario(seed, journey.errorsOfOthers());
    boolean fails = !play(scenario).verdict().passed();
    return new Found(
        finding.kind().wireName(),
        finding.where(),
        finding.text(),
        finding.course().words(),
        scenario,
        fails);
  }

  /** How many courses nobody could follow. */
  public int impossible() {
    return impossible;
  }
}
