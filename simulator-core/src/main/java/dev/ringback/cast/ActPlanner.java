package dev.ringback.cast;

import dev.ringback.voice.Act;
import dev.ringback.voice.Cue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a party does about what it notices. */
public final class ActPlanner {
  private static final Duration AT_ONCE = Duration.ZERO;

  private ActPlanner() {}

  /**
   * An act to come.
   *
   * @param in from the cue
   */
  public record Planned(Duration in, Act act) {}

  /** What a called party does. */
  public static List<Planned> called(Cast cast, Cue cue) {
    return switch (cue) {
      case Cue.Dialled dialled -> List.of(new Planned(AT_ONCE, carrier(cast)));
      case Cue.Ringing ringing -> ringing(cast);
      case Cue.Connected connected -> connected(cast);
      case Cue.Heard heard -> List.of();
      case Cue.Beep beep -> List.of();
    };
  }

  private static Act carrier(Cast cast) {
    return switch (cast) {
      case Cast.Answers answers -> new Act.Ring();
      case Cast.Declines declines -> new Act.Ring();
      case Cast.Ignores ignores -> new Act.Ring();
      case Cast.ByHand person -> new Act.Ring();
      case Cast.Busy busy -> new Act.Busy();
      case Cast.Unreachable unreachable -> new Act.Unreachable();
    };
  }

  private static List<Planned> ringing(Cast cast) {
    return switch (cast) {
      case Cast.Answers answers -> List.of(new Planned(answers.after(), new Act.Answer()));
      case Cast.Declines declines -> List.of(new Planned(declines.after(), new Act.Decline()));
      case Cast.Ignores ignores -> List.of();
      case Cast.ByHand person -> List.of();
      case Cast.Busy busy -> List.of();
      case Cast.Unreachable unreachable -> List.of();
    };
  }

  /** A party that was made to answer by hand, against its directions, talks as the default does. */
  private static Cast.Answers talker(Cast cast) {
    return cast instanceof Cast.Answers answers ? answers : Cast.DEFAULT;
  }

  private static List<Planned> connected(Cast cast) {
    if (cast instanceof Cast.ByHand) {
      return List.of();
    }
    Cast.Answers talker = talker(cast);
    List<Planned> acts = new ArrayList<>();
    if (!talker.silent()) {
      acts.add(new Planned(AT_ONCE, new Act.Talk(talker.talks(), true)));
    }
    acts.add(new Planned(talker.talks(), new Act.HangUp()));
    return acts;
  }

  /**
   * The reaction to something heard, by its place in the list; -1: none.
   *
   * @param followed places of those that were followed already
   */
  public static int reaction(
      List<Reaction> reactions, CallParty who, String words, Set<Integer> followed) {
    for (int i = 0; i < reactions.size(); i++) {
      if (!followed.contains(i) && reactions.get(i).fits(who, words)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * What the party that called does.
   *
   * @param other whom it is connected with; null: nobody is known
   */
  public static List<Planned> caller(Caller caller, @Nullable Cast other, Cue cue) {
    return switch (cue) {
      case Cue.Dialled dialled -> List.of();
      case Cue.Ringing ringing -> List.of();
      case Cue.Connected connected ->
          converses(caller, talker(other == null ? Cast.DEFAULT : other));
      case Cue.Heard heard -> List.of();
      case Cue.Beep beep -> afterTheBeep(caller);
    };
  }

  /** Answers whatever the other says, turn by turn; who is silent is not talked to. */
  private static List<Planned> converses(Caller caller, Cast.Answers other) {
    return other.silent() || !caller.speaks().isPositive()
        ? List.of()
        : List.of(new Planned(AT_ONCE, new Act.Talk(other.talks(), false)));
  }

  private static List<Planned> afterTheBeep(Caller caller) {
    List<Planned> acts = new ArrayList<>();
    if (caller.speaks().isPositive()) {
      acts.add(
          new Planned(
              AT_ONCE, new Act.Speak(caller.speaks(), caller.says(), Act.Speak.USUAL_CONFIDENCE)));
    }
    if (caller.hangsUp()) {
      acts.add(new Planned(caller.speaks(), new Act.HangUp()));
    }
    return acts;
  }
}
