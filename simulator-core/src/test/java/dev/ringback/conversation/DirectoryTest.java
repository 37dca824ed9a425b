package dev.ringback.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What concerns several resources of a directory at once. */
class DirectoryTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final Sid NAMED = SidMint.of(99).sid(SidKind.SERVICE);

  private final List<Event> events = new ArrayList<>();
  private SidMint mint = SidMint.of(1);
  private final Directory directory =
      new Directory(null, WebhookConfiguration.NONE, number -> true, NOW, this::sid, events::add);

  private Sid sid(SidKind kind) {
    mint = mint.next();
    return mint.sid(kind);
  }

  private Conversation conversationOf(Sid service) {
    Conversation made =
        directory
            .conversationChanges()
            .create(service, Conversation.Draft.EMPTY)
            .apply(Map.of(), NOW);
    directory
        .participantChanges()
        .add(made.sid(), Participant.Draft.worker("mary"))
        .apply(Map.of(), NOW);
    directory
        .scopedWebhooks()
        .add(
            made,
            new ScopedWebhook.Draft(
                null, "http://app/scoped", HttpMethod.POST, EventType.all(), null),
            NOW);
    return made;
  }

  @Test
  void theServiceThatIsNamedFirstTakesOverAllThatIsThere() {
    Sid before = directory.services().own().sid();
    Conversation conversation = conversationOf(before);
    directory.adopt(NAMED);
    assertEquals(List.of(NAMED), directory.services().all().stream().map(Service::sid).toList());
    assertEquals(4, directory.roles().all(NAMED).size());
    assertTrue(directory.users().find(NAMED, "mary").isPresent());
    assertEquals(conversation.sid(), directory.conversations().all(NAMED).getFirst().sid());
    assertEquals(List.of(), directory.conversations().all(before));
    assertEquals(List.of(), directory.roles().all(before));
    assertEquals(List.of(), directory.users().all(before));
  }

  @Test
  @Fact("conversation-webhooks.on-user-updated-online")
  void whoIsChangedIsNotOnline() {
    Sid service = directory.services().own().sid();
    var unused = conversationOf(service);
    events.clear();
    var changed =
        directory
            .users()
            .update(service, "mary", new User.Draft("Mary", null, null, null, null, null))
            .apply(Map.of(), NOW);
    assertEquals("Mary", changed.friendlyName());
    Event told = events.getFirst();
    assertEquals(EventType.ON_USER_UPDATED, told.type());
    assertEquals("false", told.parameters().get("isOnline"));
    assertEquals("false", told.parameters().get("isNotifiable"));
  }

  @Test
  void aServiceIsDeletedWithAllThatItHas() {
    Service service = directory.services().create("Sales", NOW);
    Conversation conversation = conversationOf(service.sid());
    events.clear();
    directory.deleteService(service.sid());
    assertEquals(Optional.empty(), directory.services().find(service.sid()));
    assertEquals(Optional.empty(), directory.conversations().find(conversation.sid()));
    assertEquals(List.of(), directory.scopedWebhooks().all(conversation.sid()));
    assertEquals(List.of(), directory.users().all(service.sid()));
    assertEquals(List.of(), directory.roles().all(service.sid()));
    assertEquals(List.of(), events);
  }

  @Test
  void theWebhooksOfADeletedConversationAreToldOfThatAndThenForgotten() {
    Sid service = directory.services().own().sid();
    Conversation conversation = conversationOf(service);
    directory.scopedWebhooks().forget(conversation.sid());
    assertEquals(1, directory.scopedWebhooks().all(conversation.sid()).size());
    events.clear();
    directory
        .conversationChanges()
        .delete(service, conversation.sid().value())
        .apply(Map.of(), NOW);
    assertEquals(EventType.ON_CONVERSATION_REMOVED, events.getFirst().type());
    assertEquals(1, directory.webhookTargets().toldAfter(events.getFirst()).size());
    directory.scopedWebhooks().forget(conversation.sid());
    assertEquals(List.of(), directory.webhookTargets().toldAfter(events.getFirst()));
  }

  @Test
  @Fact("conversation-webhooks.scoped-hear-afterwards")
  void aWebhookOfAConversationIsToldAndNotAsked() {
    Conversation conversation = conversationOf(directory.services().own().sid());
    var says =
        directory
            .messageChanges()
            .add(conversation.sid(), new Message.Draft("mary", "Hi", null, null, null));
    Event asked = Objects.requireNonNull(says.before());
    assertEquals(EventType.ON_MESSAGE_ADD, asked.type());
    assertEquals(List.of(), directory.webhookTargets().askedBefore(asked));
    says.apply(Map.of(), NOW);
    assertEquals(
        List.of(new Target("http://app/scoped", HttpMethod.POST)),
        directory.webhookTargets().toldAfter(events.getLast()));
  }
}
