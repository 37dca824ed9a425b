package dev.ringback.behaviour.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.account.ApiError;
import dev.ringback.callback.Form;
import dev.ringback.callback.TwilioDates;
import dev.ringback.callback.WebRequest;
import dev.ringback.conversation.Change;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Message;
import dev.ringback.conversation.Participant;
import dev.ringback.conversation.Role;
import dev.ringback.conversation.Roles;
import dev.ringback.conversation.ScopedWebhook;
import dev.ringback.conversation.Service;
import dev.ringback.conversation.State;
import dev.ringback.engine.Account;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.CallsWithConversations;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.Sid;
import dev.ringback.voice.Landing;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What becomes of conversations: timers, pairs of numbers, limits, the log of calls. */
class ConversationsTest extends CallsWithConversations {
  @Test
  @Fact({
    "conversation-states.timer-closes",
    "conversation-webhooks.on-state-updated",
    "conversation-webhooks.timer-dump",
    "known-problems.quiet-close"
  })
  void timersRunInTheWorldsTime() {
    hooks("onConversationStateUpdated");
    fixture.app.at("/voice", "<Response/>");
    fixture.play();
    fixture.app.requests.clear();
    Conversation.Draft draft =
        new Conversation.Draft(
            null,
            null,
            null,
            null,
            null,
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            null,
            null);
    Conversation made =
        make(a -> a.directory().conversationChanges().create(WorldFixture.SERVICE, draft), false);
    assertEquals(State.CLOSED, only().state());
    List<WebRequest> told = fixture.app.to("/post");
    assertEquals(
        List.of("active→inactive TIMER", "inactive→closed TIMER"),
        told.stream()
            .map(r ->
                r.form().value("StateFrom").orElseThrow()
                    + "→"
                    + r.form().value("StateTo").orElseThrow()
                    + " "
                    + r.form().value("Reason").orElseThrow())
            .toList());
    assertEquals(made.created().plus(Duration.ofMinutes(10)), only().updated());
    assertEquals(
        List.of(
            "AccountSid",
            "ChatServiceSid",
            "ConversationSid",
            "EventType",
            "MessagingServiceSid",
            "Reason",
            "RetryCount",
            "Source",
            "StateFrom",
            "StateTo",
            "StateUpdated"),
        names(told.getFirst()));
    assertEquals(
        TwilioDates.millis(made.created().plus(Duration.ofMinutes(1))),
        told.getFirst().form().value("StateUpdated").orElseThrow());
  }

  @Test
  @Fact("conversation-states.timer-closes-an-active-one")
  void aConversationThatIsNeverInactiveIsClosedAllTheSame() {
    hooks("onConversationStateUpdated");
    fixture.app.at("/voice", "<Response/>");
    fixture.play();
    Conversation.Draft draft =
        new Conversation.Draft(
            null, null, null, null, null, null, Duration.ofMinutes(10), null, null);
    Conversation made =
        make(a -> a.directory().conversationChanges().create(WorldFixture.SERVICE, draft), false);
    assertEquals(State.CLOSED, only().state());
    assertEquals(made.created().plus(Duration.ofMinutes(10)), only().updated());
    assertEquals(List.of("onConversationStateUpdated"), events());
    Form told = told("onConversationStateUpdated").form();
    assertEquals("active", told.value("StateFrom").orElseThrow());
    assertEquals("closed", told.value("StateTo").orElseThrow());
    assertEquals("TIMER", told.value("Reason").orElseThrow());
  }

  @Test
  @Fact("conversation-states.message-wakes")
  void aMessageWakesAnInactiveConversation() {
    fixture.app.at("/voice", "<Response/>");
    fixture.play();
    Conversation.Draft inactive =
        new Conversation.Draft(null, null, null, null, State.INACTIVE, null, null, null, null);
    Conversation made =
        make(
            a -> a.directory().conversationChanges().create(WorldFixture.SERVICE, inactive), false);
    make(
        a ->
            a.directory()
                .messageChanges()
                .add(made.sid(), new Message.Draft("bob", "Hi", null, null, null)),
        false);
    assertEquals(State.ACTIVE, only().state());
  }

  @Test
  @Fact({
    "conversation-errors.50416",
    "frontline-voice.closing-frees-the-pair",
    "frontline-voice.pair-in-one-active-conversation"
  })
  void aPairOfNumbersIsInOneOpenConversationOfTheAccount() {
    fixture.play();
    Conversation first = only();
    Conversation second =
        make(
            a ->
                a.directory()
                    .conversationChanges()
                    .create(WorldFixture.SERVICE, Conversation.Draft.EMPTY),
            false);
    Participant.Draft customer =
        Participant.Draft.customer(WorldFixture.CUSTOMER, WorldFixture.NUMBER);
    CompletionException e =
        assertThrows(
            CompletionException.class,
            () -> make(a -> a.directory().participantChanges().add(second.sid(), customer), false));
    ApiError refusal = (ApiError) Optional.ofNullable(e.getCause()).orElseThrow();
    assertEquals(List.of(409, 50416), List.of(refusal.status(), refusal.code()));
    assertTrue(refusal.message().endsWith("already exists in Conversation " + first.sid()));
    change(first, State.CLOSED);
    make(a -> a.directory().participantChanges().add(second.sid(), customer), false);
  }

  private void change(Conversation conversation, State state) {
    Conversation.Draft draft =
        new Conversation.Draft(null, null, null, null, state, null, null, null, null);
    make(
        a ->
            a.directory()
                .conversationChanges()
                .update(WorldFixture.SERVICE, conversation.sid().value(), draft),
        false);
  }

  @Test
  @Fact({"conversation-errors.50416", "frontline-voice.inactive-holds-the-pair"})
  void aPairIsTakenByAnInactiveConversationToo() {
    fixture.play();
    Conversation first = only();
    change(first, State.INACTIVE);
    Conversation second = open();
    assertEquals(List.of(409, 50416), refused(second, CUSTOMER));
    fixture.joined(WorldFixture.CUSTOMER);
    assertEquals("session-success", fixture.form("/action", "Result"));
    assertEquals(2, ask(a -> a.conversations().all(WorldFixture.SERVICE).size()).intValue());
    Conversation found = ask(a -> a.conversations().find(first.sid())).orElseThrow();
    assertEquals(
        3, found.attributes().split("call_ended", -1).length, "two calls: " + found.attributes());
  }

  private Optional<Sid> holder() {
    return ask(a ->
        a.conversations()
            .withPair(WorldFixture.CUSTOMER, WorldFixture.NUMBER)
            .map(Conversation::sid));
  }

  private static final Participant.Draft CUSTOMER =
      Participant.Draft.customer(WorldFixture.CUSTOMER, WorldFixture.NUMBER);

  @Test
  void aPairIsFreeAgainWhenItsParticipantIsRemoved() {
    fixture.at("/voice", "<Response/>").play();
    Conversation first = open();
    Conversation second = open();
    add(first, CUSTOMER);
    assertEquals(Optional.of(first.sid()), holder());
    String customer =
        ask(a -> a.conversations().participants(first.sid()).getFirst().sid().value());
    make(a -> a.directory().participantChanges().remove(first.sid(), customer), false);
    assertEquals(Optional.empty(), holder());
    add(second, CUSTOMER);
    assertEquals(Optional.of(second.sid()), holder());
  }

  /** What was closed before another took over the pair has no say in it any more. */
  @Test
  @Fact({"frontline-voice.closing-frees-the-pair", "known-problems.deleting-stuck-conversations"})
  void whoeverHadAPairBeforeDoesNotTakeItAlong() {
    fixture.at("/voice", "<Response/>").play();
    Conversation first = open();
    Conversation second = open();
    Conversation third = open();
    for (Conversation each : List.of(first, second)) {
      add(each, CUSTOMER);
      change(each, State.CLOSED);
      assertEquals(Optional.empty(), holder());
    }
    add(third, CUSTOMER);
    String customer =
        ask(a -> a.conversations().participants(first.sid()).getFirst().sid().value());
    make(a -> a.directory().participantChanges().remove(first.sid(), customer), false);
    assertEquals(Optional.of(third.sid()), holder());
    make(
        a -> a.directory().conversationChanges().delete(WorldFixture.SERVICE, second.sid().value()),
        false);
    assertEquals(Optional.of(third.sid()), holder());
    make(
        a -> a.directory().conversationChanges().delete(WorldFixture.SERVICE, third.sid().value()),
        false);
    assertEquals(Optional.empty(), holder());
  }

  /** A worker who has numbers gives them up for one that stands for them in group texts. */
  @Test
  void aPairIsFreeWhenItsParticipantHasAProjectedAddressInstead() {
    fixture.at("/voice", "<Response/>").play();
    Conversation first = open();
    add(
        first,
        new Participant.Draft(
            "bob",
            WorldFixture.CUSTOMER,
            WorldFixture.NUMBER,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    assertEquals(Optional.of(first.sid()), holder());
    Participant.Draft projected =
        new Participant.Draft(
            null, null, null, WorldFixture.NUMBER, null, null, null, null, null, null);
    make(a -> a.directory().participantChanges().update(first.sid(), "bob", projected), false);
    assertEquals(Optional.empty(), holder());
    add(open(), CUSTOMER);
  }

  @Test
  void nothingIsKeptOfThePairsOfThoseWhoAreGone() {
    fixture.at("/voice", "<Response/>").play();
    WeakReference<String> removed = addressOfARemovedParticipant();
    WeakReference<String> deleted = addressInADeletedConversation();
    for (int i = 0; i < 100 && (removed.get() != null || deleted.get() != null); i++) {
      System.gc();
    }
    assertNull(removed.get(), "a participant who was removed");
    assertNull(deleted.get(), "a participant of a conversation that was deleted");
  }

  private WeakReference<String> addressOfARemovedParticipant() {
    Conversation conversation = open();
    String address = fresh("+1555867000");
    add(conversation, Participant.Draft.customer(address, WorldFixture.NUMBER));
    String sid =
        ask(a -> a.conversations().participants(conversation.sid()).getFirst().sid().value());
    make(a -> a.directory().participantChanges().remove(conversation.sid(), sid), false);
    return new WeakReference<>(address);
  }

  private WeakReference<String> addressInADeletedConversation() {
    Conversation conversation = open();
    String address = fresh("+1555867001");
    add(conversation, Participant.Draft.customer(address, WorldFixture.NUMBER));
    make(
        a ->
            a.directory()
                .conversationChanges()
                .delete(WorldFixture.SERVICE, conversation.sid().value()),
        false);
    return new WeakReference<>(address);
  }

  /** An object that nobody else has. */
  private static String fresh(String text) {
    return text.concat("0");
  }

  private List<Integer> refused(Function<Account, Change<?>> change) {
    CompletionException e =
        assertThrows(CompletionException.class, () -> make(a -> change.apply(a), false));
    ApiError refusal = (ApiError) Optional.ofNullable(e.getCause()).orElseThrow();
    return List.of(refusal.status(), refusal.code());
  }

  private List<Integer> refused(Conversation conversation, Participant.Draft draft) {
    return refused(a -> a.directory().participantChanges().add(conversation.sid(), draft));
  }

  @Test
  @Fact({"conversation-errors.50417", "frontline-voice.number-with-many-consumers"})
  void fiftyNumbersAndAThousandParticipantsAreInAConversation() {
    fixture.at("/voice", "<Response/>").play();
    Conversation conversation = open();
    for (int i = 0; i < 50; i++) {
      add(
          conversation,
          Participant.Draft.customer("+155586753%02d".formatted(i), WorldFixture.NUMBER));
    }
    Participant.Draft oneMore = Participant.Draft.customer("+15558675350", WorldFixture.NUMBER);
    assertEquals(List.of(400, 50417), refused(conversation, oneMore));
    for (int i = 50; i < 1000; i++) {
      add(conversation, Participant.Draft.worker("worker" + i));
    }
    assertEquals(
        List.of(400, 50417), refused(conversation, Participant.Draft.worker("one too many")));
    assertEquals(
        1000, ask(a -> a.conversations().participants(conversation.sid()).size()).intValue());
  }

  @Test
  @Fact("conversation-webhooks.five-a-conversation")
  void aConversationHasFiveWebhooksAtMost() {
    fixture.at("/voice", "<Response/>").play();
    Conversation conversation = open();
    ScopedWebhook.Draft draft =
        new ScopedWebhook.Draft("webhook", FakeApp.URL + "/scoped", null, null, null);
    for (int i = 1; i <= 5; i++) {
      var added =
          fixture
              .world()
              .change(a -> a.directory().scopedWebhooks().add(conversation, draft, a.now()));
      fixture.world().runUntilIdle();
      added.join();
    }
    var sixth =
        fixture
            .world()
            .change(a -> a.directory().scopedWebhooks().add(conversation, draft, a.now()));
    fixture.world().runUntilIdle();
    CompletionException e = assertThrows(CompletionException.class, sixth::join);
    ApiError refusal = (ApiError) Optional.ofNullable(e.getCause()).orElseThrow();
    assertEquals(List.of(400, 50361), List.of(refusal.status(), refusal.code()));
    assertEquals(
        5, ask(a -> a.directory().scopedWebhooks().all(conversation.sid()).size()).intValue());
  }

  /** That it is no number of the account's either is the lesser thing to say. */
  @Test
  @Fact("conversation-errors.50408")
  void nobodyTalksWithThemselves() {
    fixture.at("/voice", "<Response/>").play();
    Conversation conversation = open();
    for (String number : List.of(WorldFixture.STRANGER, "whatsapp:" + WorldFixture.STRANGER)) {
      assertEquals(
          List.of(400, 50409), refused(conversation, Participant.Draft.customer(number, number)));
    }
    assertEquals(
        List.of(400, 50407),
        refused(
            conversation, Participant.Draft.customer(WorldFixture.NUMBER, WorldFixture.NUMBER)));
    assertEquals(
        List.of(400, 50413),
        refused(
            conversation,
            Participant.Draft.customer(WorldFixture.CUSTOMER, WorldFixture.STRANGER)));
    assertEquals(
        List.of(400, 50414),
        refused(
            conversation,
            Participant.Draft.customer(
                WorldFixture.STRANGER, "whatsapp:" + WorldFixture.STRANGER)));
    add(conversation, CUSTOMER);
  }

  @Test
  void theDefaultRolesOfAServiceStay() {
    fixture.at("/voice", "<Response/>").play();
    Service service = ask(a -> a.directory().services().own());
    for (Sid role :
        List.of(service.creatorRole(), service.conversationRole(), service.serviceRole())) {
      assertEquals(List.of(400, 20001), deleted(role), () -> "of " + role);
    }
    List<Sid> others =
        ask(a -> a.directory().roles().all(WorldFixture.SERVICE)).stream()
            .map(Role::sid)
            .filter(role ->
                !List.of(service.creatorRole(), service.conversationRole(), service.serviceRole())
                    .contains(role))
            .toList();
    assertEquals(1, others.size(), "of a service admin, who is nobody's default");
    assertEquals(List.of(), deleted(others.getFirst()));
    assertEquals(3, ask(a -> a.directory().roles().all(WorldFixture.SERVICE).size()).intValue());
  }

  /** Status and code of the refusal; empty: the role is gone. */
  private List<Integer> deleted(Sid role) {
    var done =
        fixture
            .world()
            .change(a -> {
              Roles roles = a.directory().roles();
              roles.delete(a.directory().services().own(), roles.of(WorldFixture.SERVICE, role));
              return true;
            });
    fixture.world().runUntilIdle();
    return done.<List<Integer>>handle((gone, e) ->
            e instanceof ApiError refusal ? List.of(refusal.status(), refusal.code()) : List.of())
        .join();
  }

  @Test
  @Fact("conversations.attributes-are-text")
  void aConversationThatWasClosedDuringTheCallHasNoLogOfIt() {
    fixture.at(
        "/voice", WorldFixture.connect("statusCallback='/s' statusCallbackEvent='call-answered'"));
    fixture.app.at(
        "/s",
        r -> {
          var unused =
              fixture
                  .world()
                  .make(
                      a ->
                          a.directory()
                              .conversationChanges()
                              .update(
                                  WorldFixture.SERVICE,
                                  r.form().value("ConversationSid").orElseThrow(),
                                  new Conversation.Draft(
                                      null,
                                      null,
                                      null,
                                      null,
                                      State.CLOSED,
                                      null,
                                      null,
                                      null,
                                      null)),
                      false);
          return new Landing.Answered(204, null, "");
        });
    fixture.play();
    assertEquals("session-success", fixture.form("/action", "Result"));
    assertEquals(State.CLOSED, only().state());
    assertEquals("{}", only().attributes());
    assertEquals(List.of(), fixture.codes());
  }
}
