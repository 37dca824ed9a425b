package dev.ringback.conversation;

import static dev.ringback.conversation.DirectoryFixture.CUSTOMER;
import static dev.ringback.conversation.DirectoryFixture.NOW;
import static dev.ringback.conversation.DirectoryFixture.OTHER_OWN;
import static dev.ringback.conversation.DirectoryFixture.OWN;
import static dev.ringback.conversation.DirectoryFixture.in;
import static dev.ringback.conversation.DirectoryFixture.made;
import static dev.ringback.conversation.DirectoryFixture.named;
import static dev.ringback.conversation.DirectoryFixture.refused;
import static dev.ringback.conversation.DirectoryFixture.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ringback.fidelity.Fact;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What Conversations refuses, with Twilio's code. A pre-webhook takes its time, so a change is
 * checked when it is asked for and again when it is made.
 */
class RefusalsTest {
  private static final Sid FOREIGN_ROLE = SidMint.of(77).sid(SidKind.ROLE);
  private static final String LONG_NAME = "n".repeat(257);

  private final DirectoryFixture stage = new DirectoryFixture();
  private final Directory directory = stage.directory;
  private final Conversation conversation = stage.conversation();
  private final Sid sid = conversation.sid();

  private Change<Participant> adding(Participant.Draft draft) {
    return directory.participantChanges().add(sid, draft);
  }

  private Change<Participant> changing(Participant who, Participant.Draft draft) {
    return directory.participantChanges().update(sid, who.sid().value(), draft);
  }

  private static Participant.Draft addresses(
      @Nullable String identity,
      @Nullable String address,
      @Nullable String proxy,
      @Nullable String projected) {
    return new Participant.Draft(
        identity, address, proxy, projected, null, null, null, null, null, null);
  }

  private static Participant.Draft with(@Nullable String attributes, @Nullable Sid role) {
    return new Participant.Draft(null, null, null, null, attributes, role, null, null, null, null);
  }

  private static Participant.Draft worker(@Nullable String attributes, @Nullable Sid role) {
    return new Participant.Draft(
        "alice", null, null, null, attributes, role, null, null, null, null);
  }

  private static String attributes(int bytes) {
    return "{\"a\":\"" + "x".repeat(bytes - 8) + "\"}";
  }

  // Closed

  @Test
  @Fact("conversation-errors.50377")
  void aClosedConversationTakesNoMessage() {
    stage.refusedNowAndLater(
        50377,
        () -> directory.messageChanges().add(sid, says("alice", "hello")),
        () -> stage.close(conversation));
    assertEquals(List.of(), directory.conversations().messages(sid));
  }

  @Test
  void aClosedConversationTakesNoParticipant() {
    stage.refusedNowAndLater(
        50377, () -> adding(worker(null, null)), () -> stage.close(conversation));
    assertEquals(List.of(), directory.conversations().participants(sid));
  }

  @Test
  void aParticipantOfAClosedConversationDoesNotChange() {
    Participant alice = stage.worker(conversation, "alice");
    stage.refusedNowAndLater(
        50377, () -> changing(alice, with("{\"a\":1}", null)), () -> stage.close(conversation));
    assertEquals("{}", directory.conversations().participant(sid, "alice").attributes());
  }

  @Test
  void aMessageOfAClosedConversationDoesNotChange() {
    Message message = stage.message(conversation, "alice", "hello");
    stage.close(conversation);
    refused(
        50377,
        () -> directory.messageChanges().update(sid, message.sid().value(), says(null, "bye")));
  }

  @Test
  @Fact("conversation-states.closed-is-final")
  void aClosedConversationIsNotOpenedAgain() {
    stage.refusedNowAndLater(
        50377,
        () -> directory.conversationChanges().update(stage.service, sid.value(), in(State.ACTIVE)),
        () -> stage.close(conversation));
  }

  @Test
  void aConversationIsNotBornClosed() {
    refused(50384, () -> stage.conversation(in(State.CLOSED)));
    assertEquals(State.INACTIVE, stage.conversation(in(State.INACTIVE)).state());
  }

  // Gone

  @Test
  void whatHasBeenDeletedIsNotFound() {
    Participant alice = stage.worker(conversation, "alice");
    Message message = stage.message(conversation, "alice", "hello");
    var removed = directory.participantChanges().remove(sid, "alice");
    var deleted = directory.messageChanges().remove(sid, message.sid().value());
    made(removed);
    made(deleted);
    refused(20404, () -> made(removed));
    refused(20404, () -> made(deleted));
    refused(20404, () -> changing(alice, with(null, null)));
    refused(
        20404,
        () -> directory.messageChanges().update(sid, message.sid().value(), says(null, "x")));
    refused(20404, () -> directory.conversations().message(sid, message.sid().value()));
    stage.refusedNowAndLater(
        20404,
        () -> directory.conversationChanges().delete(stage.service, sid.value()),
        () -> made(directory.conversationChanges().delete(stage.service, sid.value())));
    refused(20404, () -> directory.conversations().of(stage.service, sid.value()));
    refused(20404, () -> adding(worker(null, null)));
  }

  @Test
  void aConversationIsOfItsServiceOnly() {
    Service other = directory.services().create("Sales", NOW);
    refused(20404, () -> directory.conversations().of(other.sid(), sid.value()));
    assertEquals(sid, directory.conversations().of(stage.service, sid.value()).sid());
    assertEquals(List.of(), directory.conversations().all(other.sid()));
  }

  // Names

  @Test
  @Fact("conversations.unique-name-null")
  void aUniqueNameIsTakenOnceInAService() {
    stage.refusedNowAndLater(
        50353,
        () -> directory.conversationChanges().create(stage.service, named(null, "support")),
        () -> stage.conversation(named(null, "support")));
    Conversation support = directory.conversations().of(stage.service, "support");
    // Its own name it may keep, and another service has names of its own.
    made(
        directory
            .conversationChanges()
            .update(stage.service, "support", named("Support", "support")));
    assertEquals(
        "Support", directory.conversations().find(support.sid()).orElseThrow().friendlyName());
    Service other = directory.services().create("Sales", NOW);
    Conversation elsewhere =
        made(directory.conversationChanges().create(other.sid(), named(null, "support")));
    assertEquals(elsewhere.sid(), directory.conversations().of(other.sid(), "support").sid());
    // An empty name is none, and frees the one that was.
    Conversation nameless =
        made(directory.conversationChanges().update(stage.service, "support", named(null, "")));
    assertNull(nameless.uniqueName());
    refused(20404, () -> directory.conversations().of(stage.service, "support"));
  }

  @Test
  @Fact({"conversation-states.limit-of-identities", "conversation-states.limit-of-names"})
  void namesHave256CharactersAtMost() {
    String longest = "n".repeat(256);
    assertEquals(longest, stage.conversation(named(longest, longest)).friendlyName());
    refused(20001, () -> stage.conversation(named(LONG_NAME, null)));
    refused(20001, () -> stage.conversation(named(null, LONG_NAME)));
    refused(20001, () -> directory.services().create(LONG_NAME, NOW));
    assertEquals(longest, stage.worker(conversation, longest).identity());
    refused(20001, () -> stage.worker(conversation, LONG_NAME));
    refused(20001, () -> stage.worker(conversation, ""));
    refused(20001, () -> stage.message(conversation, LONG_NAME, "hello"));
  }

  @Test
  @Fact("conversation-webhooks.pre-changes-conversations")
  void aPreWebhookIsHeldToTheLimitsToo() {
    var create = directory.conversationChanges().create(stage.service, Conversation.Draft.EMPTY);
    refused(20001, () -> create.apply(Map.of("friendly_name", LONG_NAME), NOW));
    var update =
        directory
            .conversationChanges()
            .update(stage.service, sid.value(), Conversation.Draft.EMPTY);
    refused(20001, () -> update.apply(Map.of("friendly_name", LONG_NAME), NOW));
    var message = directory.messageChanges().add(sid, says("alice", "hello"));
    refused(20001, () -> message.apply(Map.of("body", "b".repeat(1601)), NOW));
    Message said = stage.message(conversation, "alice", "hello");
    var edit = directory.messageChanges().update(sid, said.sid().value(), says(null, "hi"));
    refused(20001, () -> edit.apply(Map.of("body", "b".repeat(1601)), NOW));
  }

  // Lengths

  @Test
  void aMessageHas1600CharactersAtMost() {
    assertEquals(1600, stage.message(conversation, null, "b".repeat(1600)).words().length());
    refused(20001, () -> stage.message(conversation, null, "b".repeat(1601)));
    Message said = stage.message(conversation, null, "hello");
    refused(
        20001,
        () ->
            directory
                .messageChanges()
                .update(sid, said.sid().value(), says(null, "b".repeat(1601))));
  }

  @Test
  @Fact({"conversation-errors.50303", "conversation-states.limit-of-attributes"})
  void attributesAreCountedInBytes() {
    Participant alice = stage.joined(conversation, worker(attributes(4096), null));
    refused(50303, () -> changing(alice, with(attributes(4097), null)));
    refused(50303, () -> adding(worker(attributes(4097), null)));
    refused(50303, () -> adding(worker("{\"a\":\"" + "\u00e4".repeat(2045) + "\"}", null)));
    refused(
        50303,
        () ->
            directory
                .messageChanges()
                .add(sid, new Message.Draft(null, "x", attributes(4097), null, null)));
    Conversation.Draft most = Conversation.Draft.ofAttributes(attributes(16_384));
    assertEquals(16_384, stage.conversation(most).attributes().length());
    refused(50303, () -> stage.conversation(Conversation.Draft.ofAttributes(attributes(16_385))));
  }

  // Participants

  @Test
  @Fact({"conversation-errors.50204", "participants.identity-or-addresses"})
  void aParticipantIsSomebody() {
    refused(50204, () -> adding(with(null, null)));
  }

  @Test
  @Fact("conversation-errors.50433")
  void aParticipantIsThereOnce() {
    stage.refusedNowAndLater(
        50433, () -> adding(worker(null, null)), () -> stage.worker(conversation, "alice"));
    Participant bob = stage.worker(conversation, "bob");
    refused(50433, () -> changing(bob, Participant.Draft.worker("alice")));
    assertEquals("bob", made(changing(bob, Participant.Draft.worker("bob"))).identity());
    assertEquals("carol", made(changing(bob, Participant.Draft.worker("carol"))).identity());
  }

  @Test
  @Fact("participants.other-parameters")
  void aRoleIsOneOfTheService() {
    Participant bob = stage.worker(conversation, "bob");
    refused(20404, () -> adding(worker(null, FOREIGN_ROLE)));
    refused(20404, () -> changing(bob, with(null, FOREIGN_ROLE)));
    Service other = directory.services().create("Sales", NOW);
    Sid elsewhere = directory.roles().all(other.sid()).getFirst().sid();
    refused(20404, () -> adding(worker(null, elsewhere)));
    Sid own = directory.roles().all(stage.service).getFirst().sid();
    assertEquals(own, stage.joined(conversation, worker(null, own)).role());
  }

  @Test
  @Fact("conversation-errors.50417")
  void aConversationHasThousandParticipantsAndFiftyWithNumbers() {
    for (int i = 0; i < 49; i++) {
      stage.joined(conversation, Participant.Draft.customer("+1555000" + (1000 + i), OWN));
    }
    Change<Participant> asked = adding(Participant.Draft.customer("+15550009999", OWN));
    stage.joined(conversation, Participant.Draft.customer("+15550008888", OWN));
    refused(50417, () -> adding(Participant.Draft.customer("+15550009999", OWN)));
    refused(50417, () -> made(asked));
    for (int i = 50; i < 999; i++) {
      stage.worker(conversation, "worker" + i);
    }
    Change<Participant> last = adding(worker(null, null));
    stage.worker(conversation, "the thousandth");
    refused(50417, () -> adding(worker(null, null)));
    refused(50417, () -> made(last));
  }

  // Numbers

  @Test
  @Fact({
    "conversation-errors.50407",
    "conversation-errors.50408",
    "participants.binding-type-lower-case",
    "participants.customer-has-binding",
    "participants.no-voice-binding"
  })
  void theTwoNumbersOfACustomerAreChecked() {
    refused(50411, () -> adding(addresses(null, null, OWN, null)));
    refused(50412, () -> adding(addresses(null, CUSTOMER, null, null)));
    refused(50407, () -> adding(addresses(null, "555", OWN, null)));
    refused(50407, () -> adding(addresses(null, OTHER_OWN, OWN, null)));
    refused(50408, () -> adding(addresses(null, CUSTOMER, "501", null)));
    refused(50409, () -> adding(addresses(null, CUSTOMER, CUSTOMER, null)));
    refused(50414, () -> adding(addresses(null, "whatsapp:" + CUSTOMER, OWN, null)));
    refused(50413, () -> adding(addresses(null, CUSTOMER, "+15558675999", null)));
    Participant customer = stage.joined(conversation, Participant.Draft.customer(CUSTOMER, OWN));
    assertEquals(new Participant.Binding("sms", CUSTOMER, OWN, null), customer.binding());
    refused(50441, () -> changing(customer, addresses(null, null, OTHER_OWN, null)));
    assertEquals(
        customer.binding(), made(changing(customer, addresses(null, null, OWN, null))).binding());
  }

  @Test
  void whereNoNumberIsConfiguredEveryNumberMayBeACustomers() {
    DirectoryFixture open = new DirectoryFixture(number -> true);
    Participant customer =
        open.joined(open.conversation(), Participant.Draft.customer(CUSTOMER, OWN));
    assertEquals(new Participant.Binding("sms", CUSTOMER, OWN, null), customer.binding());
  }

  @Test
  @Fact({
    "frontline-voice.consumer-in-several-conversations",
    "frontline-voice.pair-in-one-active-conversation"
  })
  void aPairOfNumbersIsInOneOpenConversation() {
    Conversation other = stage.conversation();
    stage.refusedNowAndLater(
        50416,
        () -> adding(Participant.Draft.customer(CUSTOMER, OWN)),
        () -> stage.joined(other, Participant.Draft.customer(CUSTOMER, OWN)));
    assertEquals(
        other.sid(), directory.conversations().withPair(CUSTOMER, OWN).orElseThrow().sid());
    refused(
        50416,
        () ->
            directory
                .conversationChanges()
                .create(stage.service, Conversation.Draft.EMPTY, CUSTOMER, OWN));
    var asked =
        directory
            .conversationChanges()
            .create(stage.service, Conversation.Draft.EMPTY, CUSTOMER, OTHER_OWN);
    stage.joined(other, Participant.Draft.customer(CUSTOMER, OTHER_OWN));
    refused(50416, () -> made(asked));
    stage.close(other);
    assertEquals(
        sid, stage.joined(conversation, Participant.Draft.customer(CUSTOMER, OWN)).conversation());
  }

  @Test
  @Fact("participants.projected-address")
  void aProjectedAddressGoesWithAnIdentity() {
    refused(50443, () -> adding(addresses(null, null, null, OWN)));
    refused(50443, () -> adding(addresses("alice", CUSTOMER, OWN, OWN)));
    refused(50408, () -> adding(addresses("alice", null, null, "501")));
    refused(50413, () -> adding(addresses("alice", null, null, CUSTOMER)));
    Participant alice = stage.joined(conversation, addresses("alice", null, null, OWN));
    assertEquals(new Participant.Binding("sms", null, null, OWN), alice.binding());
    refused(50441, () -> changing(alice, addresses(null, null, OWN, null)));
    refused(50413, () -> changing(alice, addresses(null, null, null, CUSTOMER)));
    assertNull(made(changing(alice, addresses(null, null, null, ""))).binding());
    refused(50442, () -> changing(alice, addresses(null, null, null, "")));
    Participant bob = stage.worker(conversation, "bob");
    refused(50442, () -> changing(bob, addresses(null, null, null, "")));
    Participant customer = stage.joined(conversation, Participant.Draft.customer(CUSTOMER, OWN));
    refused(50442, () -> changing(customer, addresses(null, null, null, "")));
    refused(50443, () -> changing(customer, addresses(null, null, null, OWN)));
  }

  // Timers

  private static Conversation.Draft timers(@Nullable Duration inactive, @Nullable Duration closed) {
    return new Conversation.Draft(null, null, null, null, null, inactive, closed, null, null);
  }

  @Test
  @Fact("conversation-errors.50375")
  void timersHaveAShortestTime() {
    refused(50375, () -> stage.conversation(timers(Duration.ofSeconds(59), null)));
    refused(50376, () -> stage.conversation(timers(null, Duration.ofSeconds(599))));
    refused(
        50375,
        () ->
            directory
                .conversationChanges()
                .update(stage.service, sid.value(), timers(Duration.ofSeconds(59), null)));
    Conversation shortest =
        stage.conversation(timers(Duration.ofMinutes(1), Duration.ofMinutes(10)));
    assertEquals(Duration.ofMinutes(1), shortest.timers().inactiveAfter());
    assertNull(stage.conversation(timers(Duration.ZERO, Duration.ZERO)).timers().closedAfter());
  }

  // Webhooks, roles, users, services, addresses

  @Test
  void aConversationHasFiveWebhooks() {
    ScopedWebhook.Draft draft =
        new ScopedWebhook.Draft(null, "http://app/w", HttpMethod.POST, EventType.all(), null);
    for (int i = 0; i < 5; i++) {
      directory.scopedWebhooks().add(conversation, draft, NOW);
    }
    refused(50361, () -> directory.scopedWebhooks().add(conversation, draft, NOW));
    ScopedWebhook first = directory.scopedWebhooks().all(sid).getFirst();
    directory.scopedWebhooks().remove(sid, first.sid().value());
    refused(20404, () -> directory.scopedWebhooks().of(sid, first.sid().value()));
    assertEquals(4, directory.scopedWebhooks().all(sid).size());
  }

  @Test
  void theDefaultsStay() {
    Service own = directory.services().own();
    refused(20001, () -> directory.deleteService(own.sid()));
    for (Sid role : List.of(own.creatorRole(), own.conversationRole(), own.serviceRole())) {
      Role byDefault = directory.roles().of(own.sid(), role);
      refused(20001, () -> directory.roles().delete(own, byDefault));
    }
    Role made = directory.roles().create(own, "reader", "conversation", List.of(), NOW);
    directory.roles().delete(own, made);
    refused(20404, () -> directory.roles().of(own.sid(), made.sid()));
  }

  @Test
  void aUserIsThereOnce() {
    User.Draft plain = new User.Draft(null, null, null, null, null, null);
    refused(20404, () -> directory.users().delete(stage.service, "mary"));
    made(directory.users().create(stage.service, "mary", plain));
    refused(50201, () -> made(directory.users().create(stage.service, "mary", plain)));
    User.Draft foreign = new User.Draft(null, null, FOREIGN_ROLE, null, null, null);
    refused(20404, () -> made(directory.users().create(stage.service, "john", foreign)));
    refused(20404, () -> directory.users().update(stage.service, "mary", foreign));
  }

  @Test
  void anAddressIsConfiguredOnce() {
    AddressConfigurations addresses = directory.addressConfigurations();
    AddressConfiguration made =
        addresses.create("sms", CUSTOMER, null, null, AddressConfiguration.AutoCreation.NONE, NOW);
    refused(
        20409,
        () ->
            addresses.create(
                "sms", CUSTOMER, null, null, AddressConfiguration.AutoCreation.NONE, NOW));
    addresses.create("sms", OWN, null, null, AddressConfiguration.AutoCreation.NONE, NOW);
    assertEquals(made, addresses.of(CUSTOMER));
    assertEquals(made, addresses.of(made.sid().value()));
    addresses.delete(CUSTOMER);
    refused(20404, () -> addresses.of(CUSTOMER));
    assertEquals(1, addresses.all().size());
  }
}
