package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.twiml.DialNoun;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code <Dial>} that calls parties: what is known of it, and its phase.
 *
 * @param attempts the legs so far, oldest first
 * @param waiting parties still to be called, one after the other
 * @param recording null: none yet
 */
public record Dial(
    List<Attempt> attempts, List<DialNoun.Party> waiting, @Nullable Sid recording, Phase phase) {

  /**
   * A leg to one of the parties.
   *
   * @param events how many of its progress events were sent
   */
  public record Attempt(Sid leg, DialNoun.Party party, int events) {}

  /** What the Dial waits for. */
  public sealed interface Phase {

    /** Legs are dialled or ring. */
    record Calling(Alarm timeout) implements Phase {}

    /**
     * A party has answered and hears digits, or the document of {@code url}, alone.
     *
     * @param documentFollows whether it hears the digits, and the document after them
     */
    record Screening(Call called, boolean documentFollows) implements Phase {}

    /** The two talk. */
    record Talking(Sid leg, Alarm timeLimit) implements Phase {}
  }

  public Dial in(Phase phase) {
    return new Dial(attempts, waiting, recording, phase);
  }

  public Dial recordedAs(Sid recording) {
    return new Dial(attempts, waiting, recording, phase);
  }

  public Dial trying(Attempt attempt, List<DialNoun.Party> waiting) {
    List<Attempt> longer = new ArrayList<>(attempts);
    longer.add(attempt);
    return new Dial(List.copyOf(longer), waiting, recording, phase);
  }

  /** Another event of that leg was sent. */
  public Dial sent(Sid leg) {
    return new Dial(
        attempts.stream()
            .map(a -> a.leg().equals(leg) ? new Attempt(leg, a.party(), a.events() + 1) : a)
            .toList(),
        waiting,
        recording,
        phase);
  }

  /** The attempt with that leg; null: it is none of this Dial's. */
  public @Nullable Attempt attempt(Sid leg) {
    return attempts.stream().filter(a -> a.leg().equals(leg)).findFirst().orElse(null);
  }
}
