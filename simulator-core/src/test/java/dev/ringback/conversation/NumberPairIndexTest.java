package dev.ringback.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.fidelity.Fact;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NumberPairIndexTest {
  private static final NumberPair PAIR = new NumberPair("+15558675310", "+15017122661");
  private static final Sid FIRST = SidMint.of(1).sid(SidKind.CONVERSATION);
  private static final Sid SECOND = SidMint.of(2).sid(SidKind.CONVERSATION);

  private final NumberPairIndex index = new NumberPairIndex();

  private static Participant customer(Sid conversation) {
    return made(conversation, Participant.Draft.customer(PAIR.address(), PAIR.proxyAddress()));
  }

  private static Participant made(Sid conversation, Participant.Draft draft) {
    return draft.made(SidMint.of(3).sid(SidKind.PARTICIPANT), conversation, null, Instant.EPOCH);
  }

  @Test
  void theLastConversationThatTakesAPairHasIt() {
    index.add(customer(FIRST));
    index.add(customer(SECOND));
    assertEquals(Optional.of(SECOND), index.find(PAIR));
  }

  @Test
  void aConversationThatLostItsPairDoesNotFreeIt() {
    index.add(customer(FIRST));
    index.add(customer(SECOND));
    index.remove(customer(FIRST));
    assertEquals(Optional.of(SECOND), index.find(PAIR));
    index.remove(customer(SECOND));
    assertEquals(Optional.empty(), index.find(PAIR));
  }

  @Test
  @Fact("frontline-voice.found-by-pair")
  void thePairIsOfBothNumbersInTheirOrder() {
    index.add(customer(FIRST));
    assertEquals(Optional.empty(), index.find(new NumberPair(PAIR.proxyAddress(), PAIR.address())));
    index.remove(made(FIRST, Participant.Draft.customer(PAIR.address(), "+15017122662")));
    assertEquals(Optional.of(FIRST), index.find(PAIR));
  }

  @Test
  void aWorkerHasNoPair() {
    index.add(made(FIRST, Participant.Draft.worker("mary")));
    index.remove(made(FIRST, Participant.Draft.worker("mary")));
    assertEquals(Optional.empty(), index.find(PAIR));
  }
}
