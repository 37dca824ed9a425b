package dev.ringback.conversation;

import static dev.ringback.conversation.DirectoryFixture.CUSTOMER;
import static dev.ringback.conversation.DirectoryFixture.NOW;
import static dev.ringback.conversation.DirectoryFixture.OTHER_OWN;
import static dev.ringback.conversation.DirectoryFixture.OWN;
import static dev.ringback.conversation.DirectoryFixture.in;
import static dev.ringback.conversation.DirectoryFixture.made;
import static dev.ringback.conversation.DirectoryFixture.named;
import static dev.ringback.conversation.DirectoryFixture.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The resources of Conversations, one by one: what a request names is changed, what it does not
 * name stays, and the event says what came of it.
 */
class ResourcesTest {
  private static final Instant LATER = NOW.plusSeconds(60);

  private final DirectoryFixture stage = new DirectoryFixture();
  private final Directory directory = stage.directory;
  private final Conversation conversation = stage.conversation();
  private final Sid sid = conversation.sid();

  private String told(String parameter) {
    return stage.told().parameters().getOrDefault(parameter, "absent");
  }

  private Conversation changed(Conversation.Draft draft) {
    return directory
        .conversationChanges()
        .update(stage.service, sid.value(), draft)
        .apply(Map.of(), LATER);
  }

  private Participant changed(String who, Participant.Draft draft) {
    return directory.participantChanges().update(sid, who, draft).apply(Map.of(), LATER);
  }

  // Conversations

  @Test
  @Fact({"conversations.parameters", "conversations.update-takes-the-same"})
  void aConversationKeepsWhatARequestDoesNotName() {
    Sid messaging = SidMint.of(5).sid(SidKind.MESSAGING_SERVICE);
    Conversation full =
        changed(
            new Conversation.Draft(
                "Friendly",
                "unique",
                "{\"a\":1}",
                messaging,
                State.INACTIVE,
                Duration.ofMinutes(5),
                Duration.ofMinutes(50),
                NOW.minusSeconds(9),
                NOW.minusSeconds(5)));
    assertEquals("Friendly", full.friendlyName());
    assertEquals("unique", full.uniqueName());
    assertEquals("{\"a\":1}", full.attributes());
    assertEquals(messaging, full.messagingService());
    assertEquals(State.INACTIVE, full.state());
    assertEquals(NOW.minusSeconds(9), full.created());
    assertEquals(NOW.minusSeconds(5), full.updated());
    Conversation same = changed(Conversation.Draft.EMPTY);
    assertEquals(LATER, same.updated());
    assertEquals(
        full,
        new Conversation(
            same.sid(),
            same.service(),
            same.messagingService(),
            same.friendlyName(),
            same.uniqueName(),
            same.attributes(),
            same.created(),
            full.updated(),
            same.state(),
            full.timers()));
  }

  @Test
  @Fact({
    "conversation-states.active-and-inactive",
    "conversation-states.message-wakes",
    "conversation-webhooks.on-state-updated",
    "conversation-webhooks.state-updated-dump"
  })
  void aChangeOfStateIsTold() {
    stage.events.clear();
    changed(named("Renamed", null));
    assertEquals(List.of(EventType.ON_CONVERSATION_UPDATED), types());
    changed(in(State.INACTIVE));
    assertEquals(EventType.ON_CONVERSATION_STATE_UPDATED, stage.told().type());
    assertEquals("active", told("StateFrom"));
    assertEquals("inactive", told("StateTo"));
    assertEquals("API", told("Reason"));
    assertEquals("2026-01-05T09:01:00.000Z", told("StateUpdated"));
    changed(in(State.ACTIVE));
    assertEquals("inactive", told("StateFrom"));
    assertEquals("active", told("StateTo"));
    assertEquals(State.ACTIVE, directory.conversations().find(sid).orElseThrow().state());
    changed(in(State.INACTIVE));
    stage.events.clear();
    stage.message(directory.conversations().find(sid).orElseThrow(), null, "hello");
    assertEquals(
        List.of(EventType.ON_MESSAGE_ADDED, EventType.ON_CONVERSATION_STATE_UPDATED), types());
    assertEquals("EVENT", told("Reason"));
    assertEquals(State.ACTIVE, directory.conversations().find(sid).orElseThrow().state());
  }

  private static Event asked(Change<?> change) {
    return Objects.requireNonNull(change.before());
  }

  private List<EventType> types() {
    return stage.events.stream().map(Event::type).toList();
  }

  @Test
  @Fact({
    "conversation-webhooks.on-conversation-update",
    "conversation-webhooks.on-message-update-remove",
    "conversation-webhooks.on-participant-update"
  })
  void whatAPreWebhookIsAskedIsWhatIsToBe() {
    var update =
        directory
            .conversationChanges()
            .update(stage.service, sid.value(), named("Renamed", "unique"));
    Set<String> known =
        Set.of(
            "Attributes",
            "ConversationSid",
            "DateCreated",
            "DateUpdated",
            "FriendlyName",
            "MessagingServiceSid",
            "State",
            "UniqueName");
    assertEquals(known, asked(update).parameters().keySet());
    assertEquals("Renamed", asked(update).parameters().get("FriendlyName"));
    assertEquals("unique", asked(update).parameters().get("UniqueName"));
    assertEquals("active", asked(update).parameters().get("State"));
    var closes =
        directory.conversationChanges().update(stage.service, sid.value(), in(State.CLOSED));
    assertEquals("closed", asked(closes).parameters().get("State"));
    changed(named("Renamed", "unique"));
    assertEquals(known, stage.told().parameters().keySet());
    assertEquals("2026-01-05T09:01:00.000Z", told("DateUpdated"));
    Participant alice = stage.worker(conversation, "alice");
    var renames =
        directory.participantChanges().update(sid, "alice", Participant.Draft.worker("bob"));
    assertEquals("bob", asked(renames).parameters().get("Identity"));
    assertEquals(alice.sid().value(), asked(renames).parameters().get("ParticipantSid"));
    assertEquals("2026-01-05T09:00:00.000Z", asked(renames).parameters().get("DateUpdated"));
    Message message = stage.message(conversation, "alice", "hello");
    var edits =
        directory.messageChanges().update(sid, message.sid().value(), says(null, "goodbye"));
    assertEquals("goodbye", asked(edits).parameters().get("Body"));
    assertEquals("goodbye", asked(edits).words());
    assertEquals("2026-01-05T09:00:00.000Z", asked(edits).parameters().get("DateUpdated"));
    var unsays = directory.messageChanges().remove(sid, message.sid().value());
    assertEquals("2026-01-05T09:00:00.000Z", asked(unsays).parameters().get("DateUpdated"));
    assertFalse(asked(unsays).parameters().containsKey("DateRemoved"));
    edits.apply(Map.of(), LATER);
    assertEquals(EventType.ON_MESSAGE_UPDATED, stage.told().type());
    assertEquals("2026-01-05T09:01:00.000Z", told("DateUpdated"));
    unsays.apply(Map.of(), LATER);
    assertEquals(EventType.ON_MESSAGE_REMOVED, stage.told().type());
    assertEquals("2026-01-05T09:01:00.000Z", told("DateUpdated"));
    assertEquals("2026-01-05T09:01:00.000Z", told("DateRemoved"));
  }

  @Test
  @Fact("conversation-states.timer-closes")
  void timersRunAndRunOut() {
    Conversation timed =
        changed(
            new Conversation.Draft(
                null,
                null,
                null,
                null,
                null,
                Duration.ofMinutes(5),
                Duration.ofMinutes(50),
                null,
                null));
    Instant inactive = LATER.plus(Duration.ofMinutes(5));
    Instant closed = LATER.plus(Duration.ofMinutes(50));
    assertEquals(inactive, timed.timers().inactiveAt());
    assertEquals(closed, timed.timers().closedAt());
    stage.events.clear();
    directory.conversationChanges().timeIsUp(sid, inactive.plusSeconds(1));
    assertEquals(List.of(), stage.events);
    directory.conversationChanges().timeIsUp(sid, inactive);
    assertEquals("inactive", told("StateTo"));
    assertEquals("TIMER", told("Reason"));
    Conversation after = directory.conversations().find(sid).orElseThrow();
    assertNull(after.timers().inactiveAt());
    assertEquals(closed, after.timers().closedAt());
    directory.conversationChanges().timeIsUp(sid, closed);
    assertEquals("closed", told("StateTo"));
    assertTrue(directory.conversations().find(sid).orElseThrow().closed());
    stage.events.clear();
    directory.conversationChanges().timeIsUp(sid, closed);
    assertEquals(List.of(), stage.events);
  }

  @Test
  void timersThatAreZeroDoNotRun() {
    Conversation timed =
        changed(
            new Conversation.Draft(
                null, null, null, null, null, Duration.ofMinutes(5), Duration.ZERO, null, null));
    assertNull(timed.timers().closedAt());
    Conversation without =
        changed(
            new Conversation.Draft(null, null, null, null, null, Duration.ZERO, null, null, null));
    assertNull(without.timers().inactiveAfter());
    assertNull(without.timers().inactiveAt());
  }

  @Test
  @Fact("conversations.default-timers")
  void theTimersOfTheConfigurationAreThoseOfNewConversations() {
    directory.services().configure(new Configuration.Draft(null, null, "PT5M", "PT50M"));
    Conversation made = stage.conversation();
    assertEquals(Duration.ofMinutes(5), made.timers().inactiveAfter());
    assertEquals(NOW.plus(Duration.ofMinutes(50)), made.timers().closedAt());
    assertNull(conversation.timers().inactiveAfter());
  }

  // Participants

  @Test
  @Fact({"conversation-webhooks.on-participant-update", "participants.other-parameters"})
  void aParticipantKeepsWhatARequestDoesNotName() {
    Sid admin = directory.roles().all(stage.service).getFirst().sid();
    stage.worker(conversation, "alice");
    Participant full =
        changed(
            "alice",
            new Participant.Draft(
                "bob",
                null,
                null,
                OWN,
                "{\"a\":1}",
                admin,
                NOW.minusSeconds(9),
                NOW.minusSeconds(5),
                7,
                "2026-01-01T00:00:00Z"));
    assertEquals("bob", full.identity());
    assertEquals(new Participant.Binding("sms", null, null, OWN), full.binding());
    assertEquals("{\"a\":1}", full.attributes());
    assertEquals(admin, full.role());
    assertEquals(NOW.minusSeconds(9), full.created());
    assertEquals(NOW.minusSeconds(5), full.updated());
    assertEquals(7, full.lastReadIndex());
    assertEquals("2026-01-01T00:00:00Z", full.lastReadTimestamp());
    assertEquals("7", told("LastReadMessageIndex"));
    Participant same = changed("bob", Participant.Draft.read(null, null));
    assertEquals(LATER, same.updated());
    assertEquals(EventType.ON_PARTICIPANT_UPDATED, stage.told().type());
    assertEquals("2026-01-05T09:01:00.000Z", told("DateUpdated"));
    assertEquals(
        full,
        new Participant(
            same.sid(),
            same.conversation(),
            same.identity(),
            same.binding(),
            same.attributes(),
            same.role(),
            same.created(),
            full.updated(),
            same.lastReadIndex(),
            same.lastReadTimestamp()));
  }

  @Test
  void whoReadsOnDoesSoNow() {
    stage.worker(conversation, "alice");
    assertNull(changed("alice", Participant.Draft.read(null, null)).lastReadTimestamp());
    assertEquals(
        "2026-01-05T09:01:00Z",
        changed("alice", Participant.Draft.read(3, null)).lastReadTimestamp());
  }

  @Test
  void aParticipantIsFoundByItsSidOrItsIdentity() {
    Participant alice = stage.worker(conversation, "alice");
    Participant customer = stage.joined(conversation, Participant.Draft.customer(CUSTOMER, OWN));
    Conversations conversations = directory.conversations();
    assertEquals(alice, conversations.participant(sid, "alice"));
    assertEquals(alice, conversations.participant(sid, alice.sid().value()));
    assertEquals(customer, conversations.participant(sid, customer.sid().value()));
    assertEquals(List.of("alice"), conversations.workers(sid));
    Conversation other = stage.conversation();
    stage.worker(other, "alice");
    assertEquals(2, conversations.everywhere(p -> "alice".equals(p.identity())).size());
    assertEquals(
        2, conversations.everywhere(stage.service, p -> "alice".equals(p.identity())).size());
    Sid elsewhere = directory.services().create("Sales", NOW).sid();
    assertEquals(List.of(), conversations.everywhere(elsewhere, p -> true));
    assertEquals(3, conversations.everywhere(stage.service, p -> true).size());
  }

  @Test
  void aNewParticipantBecomesAUserOfTheService() {
    stage.worker(conversation, "alice");
    assertTrue(directory.users().find(stage.service, "alice").isPresent());
    stage.joined(conversation, Participant.Draft.customer(CUSTOMER, OWN));
    assertEquals(1, directory.users().all(stage.service).size());
  }

  @Test
  @Fact({
    "conversation-webhooks.dates-in-milliseconds",
    "conversation-webhooks.on-participant-remove"
  })
  void aPairIsFreeWhenItsParticipantLeaves() {
    Participant customer = stage.joined(conversation, Participant.Draft.customer(CUSTOMER, OWN));
    assertEquals(
        Optional.of(sid), directory.conversations().withPair(CUSTOMER, OWN).map(Conversation::sid));
    assertEquals(Optional.empty(), directory.conversations().withPair(CUSTOMER, OTHER_OWN));
    var leaves = directory.participantChanges().remove(sid, customer.sid().value());
    assertEquals("2026-01-05T09:00:00.000Z", asked(leaves).parameters().get("DateUpdated"));
    leaves.apply(Map.of(), LATER);
    assertEquals(Optional.empty(), directory.conversations().withPair(CUSTOMER, OWN));
    assertEquals(EventType.ON_PARTICIPANT_REMOVED, stage.told().type());
    assertEquals(CUSTOMER, told("MessagingBinding.Address"));
    assertEquals("2026-01-05T09:01:00.000Z", told("DateUpdated"));
    assertEquals("2026-01-05T09:01:00.000Z", told("DateRemoved"));
  }

  // Messages

  @Test
  void messagesAreNumberedForGood() {
    Message first = stage.message(conversation, null, "one");
    Message second = stage.message(conversation, null, "two");
    assertEquals(List.of(0, 1), List.of(first.index(), second.index()));
    made(directory.messageChanges().remove(sid, second.sid().value()));
    assertEquals(2, stage.message(conversation, null, "three").index());
    assertEquals(
        List.of("one", "three"),
        directory.conversations().messages(sid).stream().map(Message::words).toList());
    assertEquals(first, directory.conversations().message(sid, first.sid().value()));
  }

  @Test
  @Fact("conversation-webhooks.on-message-added")
  void anAuthorIsTheParticipantOfThatIdentityOrAddress() {
    Participant alice = stage.worker(conversation, "alice");
    Participant customer = stage.joined(conversation, Participant.Draft.customer(CUSTOMER, OWN));
    assertEquals(alice.sid(), stage.message(conversation, "alice", "hello").participant());
    assertEquals(alice.sid().value(), told("ParticipantSid"));
    assertEquals(customer.sid(), stage.message(conversation, CUSTOMER, "hello").participant());
    Message system = stage.message(conversation, null, "hello");
    assertNull(system.participant());
    assertEquals("system", system.author());
  }

  @Test
  @Fact("conversation-webhooks.pre-changes-messages")
  void aMessageKeepsWhatARequestDoesNotName() {
    Message message = stage.message(conversation, "alice", "hello");
    var changes = directory.messageChanges();
    Message edited =
        changes
            .update(
                sid, message.sid().value(), new Message.Draft("bob", null, "{\"a\":1}", null, null))
            .apply(Map.of(), LATER);
    assertEquals("hello", edited.body());
    assertEquals("bob", edited.author());
    assertEquals("{\"a\":1}", edited.attributes());
    assertEquals(NOW, edited.created());
    assertEquals(LATER, edited.updated());
    Message again =
        changes
            .update(sid, message.sid().value(), says(null, "bye"))
            .apply(Map.of("author", "carol"), LATER);
    assertEquals("carol", again.author());
    assertEquals("bye", again.body());
    assertEquals("{\"a\":1}", again.attributes());
    assertEquals(EventType.ON_MESSAGE_UPDATED, stage.told().type());
    assertEquals("bye", stage.told().words());
  }

  // Users

  @Test
  @Fact({"conversation-webhooks.on-user", "conversations.user-parameters"})
  void aUserKeepsWhatARequestDoesNotName() {
    Sid admin = directory.roles().all(stage.service).getLast().sid();
    User made =
        made(
            directory
                .users()
                .create(
                    stage.service,
                    "mary",
                    new User.Draft("Mary", "{\"a\":1}", admin, "http://a/v.png", false, true)));
    assertEquals(EventType.ON_USER_ADDED, stage.told().type());
    assertEquals(
        Map.of(
            "UserSid", made.sid().value(),
            "DateCreated", "2026-01-05T09:00:00.000Z",
            "DateUpdated", "2026-01-05T09:00:00.000Z",
            "Identity", "mary",
            "RoleSid", admin.value(),
            "Attributes", "{\"a\":1}",
            "FriendlyName", "Mary"),
        stage.told().parameters());
    assertTrue(made.isAvailable());
    var update =
        directory
            .users()
            .update(stage.service, "mary", new User.Draft(null, null, null, null, null, null));
    Map<String, String> known = stage.told().parameters();
    assertEquals(known, asked(update).parameters());
    User same = update.apply(Map.of(), LATER);
    assertEquals(EventType.ON_USER_UPDATED, stage.told().type());
    Set<String> told = new HashSet<>(known.keySet());
    told.addAll(Set.of("isOnline", "isNotifiable"));
    assertEquals(told, stage.told().parameters().keySet());
    assertEquals("2026-01-05T09:01:00.000Z", told("DateUpdated"));
    assertEquals(LATER, same.updated());
    assertEquals("Mary", same.friendlyName());
    assertEquals("{\"a\":1}", same.attributes());
    assertEquals(admin, same.role());
    assertEquals("http://a/v.png", same.avatar());
    assertFalse(same.active());
    User away =
        made(
            directory
                .users()
                .update(
                    stage.service,
                    same.sid().value(),
                    new User.Draft("M.", "{}", null, "", true, false)));
    assertFalse(away.isAvailable());
    assertTrue(away.active());
    assertEquals("M.", away.friendlyName());
    made(directory.users().delete(stage.service, "mary"));
    assertEquals(Optional.empty(), directory.users().find(stage.service, "mary"));
  }

  @Test
  void usersAreOfTheirService() {
    Sid other = directory.services().create("Sales", NOW).sid();
    stage.worker(conversation, "alice");
    Conversation elsewhere =
        made(directory.conversationChanges().create(other, Conversation.Draft.EMPTY));
    stage.worker(elsewhere, "bob");
    assertEquals("alice", directory.users().all(stage.service).getFirst().identity());
    assertEquals(1, directory.users().all(other).size());
    directory.deleteService(other);
    assertEquals(1, directory.users().all(stage.service).size());
    assertEquals(4, directory.roles().all(stage.service).size());
    assertEquals(1, directory.conversations().all(stage.service).size());
  }

  // Services and their configuration

  @Test
  void theServiceThatIsNamedFirstIsAdoptedOnce() {
    Sid named = SidMint.of(9).sid(SidKind.SERVICE);
    assertFalse(directory.services().adopts(stage.service));
    assertTrue(directory.services().adopts(named));
    directory.adopt(named);
    assertFalse(directory.services().adopts(SidMint.of(10).sid(SidKind.SERVICE)));
  }

  @Test
  void anAccountWithAServiceAdoptsNone() {
    Sid given = SidMint.of(9).sid(SidKind.SERVICE);
    SidMint mint = SidMint.of(11);
    Directory configured =
        new Directory(given, WebhookConfiguration.NONE, n -> true, NOW, mint::sid, event -> {});
    assertFalse(configured.services().adopts(SidMint.of(10).sid(SidKind.SERVICE)));
    assertEquals(given, configured.services().own().sid());
  }

  @Test
  @Fact("conversations.service-configuration")
  void aServiceKeepsWhatARequestDoesNotName() {
    Service before = directory.services().own();
    Sid admin = directory.roles().all(stage.service).getLast().sid();
    Services services = directory.services();
    assertEquals(
        before, services.configure(stage.service, new Service.Draft(null, null, null, null)));
    Service changed =
        services.configure(stage.service, new Service.Draft(admin, admin, admin, false));
    assertEquals(List.of(admin, admin, admin), changed.defaultRoles());
    assertFalse(changed.reachability());
  }

  @Test
  void webhooksKeepWhatARequestDoesNotName() {
    Services services = directory.services();
    WebhookConfiguration full =
        services.configure(
            new WebhookConfiguration.Draft(
                HttpMethod.GET,
                List.of(EventType.ON_MESSAGE_ADD, EventType.ON_MESSAGE_ADDED),
                "http://app/pre",
                "http://app/post",
                "flex"));
    assertEquals(
        full, services.configure(new WebhookConfiguration.Draft(null, null, null, null, null)));
    assertEquals(full, services.webhooks());
    assertEquals(
        Optional.of(new Target("http://app/pre", HttpMethod.GET)),
        full.targetOf(EventType.ON_MESSAGE_ADD));
    assertEquals(
        Optional.of(new Target("http://app/post", HttpMethod.GET)),
        full.targetOf(EventType.ON_MESSAGE_ADDED));
    assertEquals(Optional.empty(), full.targetOf(EventType.ON_MESSAGE_UPDATED));
    WebhookConfiguration without =
        services.configure(new WebhookConfiguration.Draft(null, null, "", "", null));
    assertNull(without.pre());
    assertNull(without.post());
    assertEquals("flex", without.target());
    assertEquals(
        "http://app/of-service",
        services
            .configure(
                stage.service,
                new WebhookConfiguration.Draft(null, null, "http://app/of-service", null, null))
            .webhooks()
            .pre());
  }

  @Test
  @Fact("conversations.configuration")
  void theConfigurationKeepsWhatARequestDoesNotName() {
    Services services = directory.services();
    Sid sales = services.create("Sales", NOW).sid();
    Sid messaging = SidMint.of(5).sid(SidKind.MESSAGING_SERVICE);
    Configuration full =
        services.configure(new Configuration.Draft(sales, messaging, "PT5M", "PT50M"));
    assertEquals(new Configuration(sales, messaging, "PT5M", "PT50M"), full);
    assertEquals(full, services.configure(new Configuration.Draft(null, null, null, null)));
    assertEquals("Sales", services.own().friendlyName());
  }

  // Webhooks of single conversations

  @Test
  void aWebhookOfAConversationKeepsWhatARequestDoesNotName() {
    ScopedWebhooks webhooks = directory.scopedWebhooks();
    ScopedWebhook made =
        webhooks.add(
            conversation,
            new ScopedWebhook.Draft("trigger", "http://app/w", null, null, List.of("help")),
            NOW);
    assertEquals(HttpMethod.POST, made.method());
    assertEquals(List.of(EventType.ON_MESSAGE_ADDED), made.filters());
    ScopedWebhook changed =
        webhooks.update(
            sid,
            made.sid().value(),
            new ScopedWebhook.Draft(
                "webhook",
                "http://app/x",
                HttpMethod.GET,
                List.of(EventType.ON_MESSAGE_UPDATED),
                List.of("stop")),
            LATER);
    assertEquals(
        new ScopedWebhook(
            made.sid(),
            sid,
            "trigger",
            "http://app/x",
            HttpMethod.GET,
            List.of(EventType.ON_MESSAGE_UPDATED),
            List.of("stop"),
            NOW,
            LATER),
        changed);
    assertEquals(
        changed,
        webhooks.update(
            sid, made.sid().value(), new ScopedWebhook.Draft(null, null, null, null, null), LATER));
    assertEquals(changed, webhooks.of(sid, made.sid().value()));
  }

  @Test
  void aTriggerHearsMessagesWithItsWords() {
    ScopedWebhook trigger =
        directory
            .scopedWebhooks()
            .add(
                conversation,
                new ScopedWebhook.Draft(
                    "trigger", "http://app/w", null, null, List.of("help", "stop")),
                NOW);
    stage.message(conversation, null, "please help me");
    assertTrue(trigger.hears(stage.told()));
    assertEquals(1, directory.webhookTargets().toldAfter(stage.told()).size());
    stage.message(conversation, null, "hello");
    assertFalse(trigger.hears(stage.told()));
    assertEquals(List.of(), directory.webhookTargets().toldAfter(stage.told()));
    stage.worker(conversation, "help");
    assertFalse(trigger.hears(stage.told()));
  }

  // The rest

  @Test
  void rolesAreOfTheirService() {
    Service own = directory.services().own();
    Role made = directory.roles().create(own, "reader", "conversation", List.of("a"), NOW);
    assertEquals(List.of("b"), directory.roles().update(made, List.of("b"), LATER).permissions());
    assertEquals(List.of("b"), directory.roles().of(own.sid(), made.sid()).permissions());
    assertEquals(5, directory.roles().all(own.sid()).size());
  }

  @Test
  @Fact("conversations.address-parameters")
  void anAddressKeepsWhatARequestDoesNotName() {
    AddressConfigurations addresses = directory.addressConfigurations();
    AddressConfiguration made =
        addresses.create(
            "sms", CUSTOMER, "Name", "US", AddressConfiguration.AutoCreation.NONE, NOW);
    AddressConfiguration changed =
        addresses.update(made, null, AddressConfiguration.AutoCreation.NONE, LATER);
    assertEquals("Name", changed.friendlyName());
    assertEquals(LATER, changed.updated());
    assertEquals(
        "Other",
        addresses
            .update(made, "Other", AddressConfiguration.AutoCreation.NONE, LATER)
            .friendlyName());
    assertEquals(1, addresses.all().size());
  }

  @Test
  @Fact({
    "errors.codes-48026-to-48029",
    "frontline-callbacks.proxy-address-equal-48027",
    "frontline-callbacks.proxy-address-invalid-48026",
    "frontline-callbacks.proxy-address-type-48029"
  })
  void aProxyAddressIsANumberOfTheAccountOfTheSameChannel() {
    assertEquals(48026, problem("501", CUSTOMER));
    assertEquals(48027, problem(OWN, OWN));
    assertEquals(48028, problem("+15558675999", CUSTOMER));
    assertEquals(48029, problem("whatsapp:" + OWN, CUSTOMER));
    assertEquals(0, problem(OWN, CUSTOMER));
    assertEquals(0, problem("whatsapp:" + OWN, "whatsapp:" + CUSTOMER));
  }

  private static int problem(String proxy, String contact) {
    return ProxyAddress.problem(proxy, contact, OWN::equals)
        .map(ProxyAddress.Problem::code)
        .orElse(0);
  }

  @Test
  void beyondTenThousandTheOldestAreForgotten() {
    Sid second = stage.conversation().sid();
    for (int i = 2; i < Conversations.MAX_CONVERSATIONS; i++) {
      stage.conversation();
    }
    assertEquals(List.of(), directory.forgetOldest(inUse -> false));
    directory
        .scopedWebhooks()
        .add(
            directory.conversations().find(second).orElseThrow(),
            new ScopedWebhook.Draft(null, "http://app/w", null, null, null),
            NOW);
    stage.conversation();
    assertEquals(List.of(second), directory.forgetOldest(sid::equals));
    assertEquals(List.of(), directory.scopedWebhooks().all(second));
    assertTrue(directory.conversations().find(sid).isPresent());
  }
}
