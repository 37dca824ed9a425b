package dev.ringback.conversation;

import dev.ringback.id.Sid;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which conversation took a pair of numbers last, so that no search among thousands of participants
 * is needed for each call. A pair of a conversation that was closed stays until another one takes
 * it: the finder looks whether the conversation is open.
 */
final class NumberPairIndex {
  private final Map<NumberPair, Sid> conversations = new HashMap<>();

  void add(Participant participant) {
    participant.pair().ifPresent(pair -> conversations.put(pair, participant.conversation()));
  }

  /** Frees the pair, unless another conversation has taken it meanwhile. */
  void remove(Participant participant) {
    participant.pair().ifPresent(pair -> conversations.remove(pair, participant.conversation()));
  }

  Optional<Sid> find(NumberPair pair) {
    return Optional.ofNullable(conversations.get(pair));
  }
}
