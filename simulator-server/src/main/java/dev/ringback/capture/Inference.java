package dev.ringback.capture;

import dev.ringback.yaml.BadInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what people did in a captured call. A guess is played; the first request in which it
 * parts from what Twilio sent suggests what somebody may have done before it; the suggestion that
 * comes nearest is the next guess, until none comes nearer.
 */
final class Inference {
  /** A call has few requests; a guess that needs more steps is no good one. */
  private static final int MOST_STEPS = 60;

  /** Seconds; a length that is more than that off is not of the same thing yet. */
  private static final long MOST_OFF = 60;

  private static final Path NOWHERE = Path.of("captured.yaml");

  private final List<Captured> captured;

  private Inference(List<Captured> captured) {
    this.captured = captured;
  }

  /**
   * A guess and what comes of it.
   *
   * @param differences what it does not explain
   */
  record Played(Guess guess, Rehearsal rehearsal, List<Difference> differences) {

    /** How many requests of Twilio's come before the first that is not as it should be. */
    private int explained() {
      for (int i = 0; i < rehearsal.outcome().captured().size(); i++) {
        Captured one = rehearsal.outcome().captured().get(i);
        for (Difference difference : differences) {
          boolean concerned =
              switch (difference) {
                case Difference.NotSent missing -> missing.captured().equals(one);
                case Difference.Field field -> field.captured().equals(one);
                case Difference.NotCaptured more -> false;
              };
          if (concerned) {
            return i;
          }
        }
      }
      return rehearsal.outcome().captured().size();
    }

    private int cost() {
      return differences.stream()
          .mapToInt(difference ->
              switch (difference) {
                case Difference.NotSent missing -> 100;
                case Difference.NotCaptured more -> 20;
                case Difference.Field field -> field.value().isLength() ? 2 : 3;
              })
          .sum();
    }

    /** Two guesses that are the same in all else: the one whose lengths are nearer. */
    private long seconds() {
      return differences.stream()
          .filter(Difference.Field.class::isInstance)
          .map(difference -> ((Difference.Field) difference).value())
          .filter(Difference.Value::isLength)
          .mapToLong(Suggestions::off)
          .map(off -> Math.min(Math.abs(off), MOST_OFF))
          .sum();
    }

    boolean isNearerThan(Played other) {
      if (cost() != other.cost()) {
        return cost() < other.cost();
      }
      return explained() != other.explained()
          ? explained() > other.explained()
          : seconds() < other.seconds();
    }
  }

  /**
   * @param captured requests of one call, in order; the first is the voice request
   */
  static Played of(List<Captured> captured) {
    Inference inference = new Inference(captured);
    return inference.tidied(inference.find());
  }

  private Played find() {
    Played best = play(Guess.of(captured)).orElseThrow();
    for (int step = 0; step < MOST_STEPS && !best.differences().isEmpty(); step++) {
      Optional<Played> next = next(best);
      if (next.isEmpty()) {
        return best;
      }
      best = next.get();
    }
    return best;
  }

  /** As a person would write it, as long as the same comes of it. */
  private Played tidied(Played found) {
    Played tidied = withoutNeedlessActs(found);
    for (int i = 0; i < 2; i++) {
      for (Guess simpler : Tidy.of(tidied.guess(), tidied.rehearsal())) {
        Optional<Played> played = play(simpler);
        if (played.isPresent() && texts(played.get()).equals(texts(found))) {
          tidied = played.get();
          break;
        }
      }
    }
    return tidied;
  }

  private Played withoutNeedlessActs(Played found) {
    Played needed = found;
    for (Guess.Act act : found.guess().acts()) {
      List<Guess.Act> others =
          needed.guess().acts().stream().filter(other -> !other.equals(act)).toList();
      Optional<Played> played = play(needed.guess().withActs(others));
      if (played.isPresent() && texts(played.get()).equals(texts(found))) {
        needed = played.get();
      }
    }
    return needed;
  }

  private static List<String> texts(Played played) {
    return played.differences().stream().map(Difference::text).toList();
  }

  /** The best that is suggested by the first difference that suggests anything better. */
  private Optional<Played> next(Played now) {
    Suggestions suggestions = new Suggestions(now);
    for (Difference difference : now.differences()) {
      Optional<Played> best = Optional.empty();
      for (Guess guess : suggestions.by(difference)) {
        Optional<Played> played = play(guess);
        if (played.isPresent() && played.get().isNearerThan(best.orElse(now))) {
          best = played;
        }
      }
      if (best.isPresent()) {
        return best;
      }
    }
    return Optional.empty();
  }

  /** Empty: nobody can do that. */
  private Optional<Played> play(Guess guess) {
    try {
      Rehearsal rehearsal =
          Rehearsal.of(
              NOWHERE,
              "scenario: a guess\n" + guess.text() + "then:\n  - call: {ends: completed}\n",
              captured);
      return Optional.of(new Played(guess, rehearsal, rehearsal.differences()));
    } catch (BadInput e) {
      return Optional.empty();
    }
  }
}
