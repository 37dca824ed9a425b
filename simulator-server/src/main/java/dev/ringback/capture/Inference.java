package dev.ringback.capture;

import static dev.ringback.scenariofile.ScenarioDraft.ordered;

import dev.ringback.yaml.BadInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what people did in a captured call. A guess is played; the first request in which it
 * parts from what Twilio sent suggests what somebody may have done before it; the suggestion that
 * comes nearest is the next guess, until none comes nearer.
 */
final class Inference {
  /** A call has few requests; a guess that needs more steps is no good one. */
  private static final int MOST_STEPS = 60;

  private static final Path NOWHERE = Path.of("captured.yaml");

  private final List<Captured> captured;

  private final boolean over;

  private Inference(List<Captured> captured, boolean over) {
    this.captured = captured;
    this.over = over;
  }

  /**
   * @param captured requests of one call, in order; the first is the voice request
   * @param over whether they are all; otherwise nothing is concluded from what did not come
   */
  static PlayedGuess of(List<Captured> captured, boolean over) {
    Inference inference = new Inference(captured, over);
    PlayedGuess found = inference.tidied(inference.find());
    return over ? found : inference.ended(found);
  }

  private PlayedGuess find() {
    PlayedGuess best = play(Guess.of(captured)).orElseThrow();
    for (int step = 0; step < MOST_STEPS && !best.differences().isEmpty(); step++) {
      Optional<PlayedGuess> next = next(best);
      if (next.isEmpty()) {
        return best;
      }
      best = next.get();
    }
    return best;
  }

  /** The caller hangs up after what was captured: a scenario ends some time. */
  private PlayedGuess ended(PlayedGuess found) {
    Duration last = Duration.ZERO;
    for (Captured one : captured) {
      Duration when = found.rehearsal().when(one);
      last = when != null && when.compareTo(last) > 0 ? when : last;
    }
    String caller = found.guess().people().workerCalls() ? "worker" : "customer";
    Map<String, Object> hangup = ordered("act", "hangup", "maybe", true);
    return play(found.guess().with(new Guess.Act(last.plusSeconds(5), caller, hangup)))
        .filter(played -> texts(played).equals(texts(found)))
        .orElse(found);
  }

  /** As a person would write it, as long as the same comes of it. */
  private PlayedGuess tidied(PlayedGuess found) {
    PlayedGuess tidied = withoutNeedlessActs(found);
    for (int i = 0; i < 2; i++) {
      for (Guess simpler : Tidy.of(tidied.guess(), tidied.rehearsal())) {
        Optional<PlayedGuess> played = play(simpler);
        if (played.isPresent() && texts(played.get()).equals(texts(found))) {
          tidied = played.get();
          break;
        }
      }
    }
    return tidied;
  }

  private PlayedGuess withoutNeedlessActs(PlayedGuess found) {
    PlayedGuess needed = found;
    for (Guess.Act act : found.guess().acts()) {
      List<Guess.Act> others =
          needed.guess().acts().stream().filter(other -> !other.equals(act)).toList();
      Optional<PlayedGuess> played = play(needed.guess().withActs(others));
      if (played.isPresent() && texts(played.get()).equals(texts(found))) {
        needed = played.get();
      }
    }
    return needed;
  }

  private static List<String> texts(PlayedGuess played) {
    return played.differences().stream().map(Difference::text).toList();
  }

  /** The best that is suggested by the first difference that suggests anything better. */
  private Optional<PlayedGuess> next(PlayedGuess now) {
    Suggestions suggestions = new Suggestions(now);
    for (Difference difference : now.differences()) {
      Optional<PlayedGuess> best = Optional.empty();
      for (Guess guess : suggestions.by(difference)) {
        Optional<PlayedGuess> played = play(guess);
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
  private Optional<PlayedGuess> play(Guess guess) {
    try {
      Rehearsal rehearsal =
          Rehearsal.of(
              NOWHERE,
              "scenario: a guess\n" + guess.text() + "then:\n  - call: {ends: completed}\n",
              captured,
              over);
      return Optional.of(new PlayedGuess(guess, rehearsal, rehearsal.differences()));
    } catch (BadInput e) {
      return Optional.empty();
    }
  }
}
