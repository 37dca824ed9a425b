package dev.ringback.capture;

import java.util.List;

/**
 * A guess and what comes of it.
 *
 * @param differences what it does not explain
 */
record PlayedGuess(Guess guess, Rehearsal rehearsal, List<Difference> differences) {

  /** Seconds; a length that is more than that off is not of the same thing yet. */
  private static final long MOST_OFF = 60;

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
        .mapToLong(Difference.Value::secondsMore)
        .map(off -> Math.min(Math.abs(off), MOST_OFF))
        .sum();
  }

  boolean isNearerThan(PlayedGuess other) {
    if (cost() != other.cost()) {
      return cost() < other.cost();
    }
    if (explained() != other.explained()) {
      return explained() > other.explained();
    }
    return seconds() != other.seconds()
        ? seconds() < other.seconds()
        : rehearsal.late() < other.rehearsal.late();
  }
}
