package dev.ringback.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.voice.RequestKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventTypeTest {
  @Test
  void theyAreInTheOrderOfTheirNames() {
    List<String> names = EventType.wireNames(EventType.all());
    assertEquals(names.stream().sorted().toList(), names);
  }

  @Test
  void theAppIsAskedBeforeWhatIsNotDoneYet() {
    for (EventType type : EventType.all()) {
      assertEquals(
          type.wireName().endsWith("ed") ? RequestKind.POST_WEBHOOK : RequestKind.PRE_WEBHOOK,
          type.kind(),
          type.wireName());
    }
  }

  @Test
  void aNameIsFoundWhateverItsCase() {
    assertEquals(
        Optional.of(EventType.ON_PARTICIPANT_ADDED), EventType.named("onparticipantADDED"));
    assertEquals(Optional.empty(), EventType.named("onParticipant"));
  }
}
