package dev.ringback.capture;

import static dev.ringback.scenariofile.ScenarioDraft.ordered;

import dev.ringback.capture.Guess.Act;
import dev.ringback.id.ClientAddress;
import dev.ringback.voice.Leg;
import dev.ringback.yaml.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The same guess as a person would write it: how somebody behaves, rather than what at which
 * second.
 */
final class Tidy {
  private final Guess guess;
  private final Rehearsal rehearsal;

  private Tidy(Guess guess, Rehearsal rehearsal) {
    this.guess = guess;
    this.rehearsal = rehearsal;
  }

  /** What may be simpler and the same; whether it is the same is seen when it is played. */
  static List<Guess> of(Guess guess, Rehearsal rehearsal) {
    Tidy tidy = new Tidy(guess, rehearsal);
    List<Guess> simpler = new ArrayList<>(tidy.casts());
    String who = tidy.called();
    if (!who.isEmpty()) {
      simpler.add(guess.withWho(who));
    }
    return simpler;
  }

  private List<Guess> casts() {
    String called = guess.people().workerCalls() ? "customer" : "worker";
    List<Act> theirs = guess.acts().stream().filter(a -> a.party().equals(called)).toList();
    List<Act> others = guess.acts().stream().filter(a -> !a.party().equals(called)).toList();
    Guess without = guess.withActs(others);
    List<Leg> legs = rehearsal.record().call().facts().children();
    if (theirs.isEmpty()) {
      return guess.parties().called().equals(Guess.Parties.WAITS)
          ? List.of(guess.withCalled("ignores"))
          : List.of();
    }
    if (legs.size() != 1 || !guess.parties().called().equals(Guess.Parties.WAITS)) {
      return List.of();
    }
    Duration rings = Duration.between(rehearsal.start(), legs.getFirst().startedAt());
    Act first = theirs.getFirst();
    String after = Durations.text(first.at().minus(rings));
    if (theirs.size() == 1 && is(first, "busy")) {
      return List.of(without.withCalled("busy"));
    }
    if (theirs.size() == 1 && is(first, "decline")) {
      return List.of(without.withCalled(ordered("declines", ordered("after", after))));
    }
    if (theirs.size() == 2 && is(first, "answer") && is(theirs.getLast(), "hangup")) {
      // From when the two were connected, which a document of the called party may have put off.
      Instant hungUp = rehearsal.start().plus(theirs.getLast().at());
      List<Duration> lengths = new ArrayList<>();
      lengths.add(theirs.getLast().at().minus(first.at()));
      if (legs.getFirst().endedAt() != null && legs.getFirst().answeredAt() != null) {
        lengths.add(Duration.between(legs.getFirst().answeredAt(), hungUp));
      }
      return lengths.stream()
          .distinct()
          .map(talks ->
              without.withCalled(
                  ordered("answers", ordered("after", after, "talks", Durations.text(talks)))))
          .toList();
    }
    return List.of();
  }

  private static boolean is(Act act, String name) {
    return name.equals(act.how().get("act"));
  }

  /** Who was called; empty: nobody, or more than one. */
  private String called() {
    List<String> names =
        rehearsal.record().call().facts().children().stream()
            .map(Leg::to)
            .map(to -> ClientAddress.is(to) ? ClientAddress.identity(to) : to)
            .distinct()
            .toList();
    return names.size() == 1
            && names
                .getFirst()
                .equals(
                    guess.people().workerCalls()
                        ? guess.people().customer()
                        : guess.people().worker())
        ? names.getFirst()
        : "";
  }
}
