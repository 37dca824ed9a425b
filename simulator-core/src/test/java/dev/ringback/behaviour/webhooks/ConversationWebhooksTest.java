package dev.ringback.behaviour.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.callback.WebRequest;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.EventType;
import dev.ringback.conversation.Message;
import dev.ringback.conversation.Participant;
import dev.ringback.conversation.ScopedWebhook;
import dev.ringback.conversation.State;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.CallFixture;
import dev.ringback.fixture.CallsWithConversations;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is asked before a change of a conversation and told after it. */
class ConversationWebhooksTest extends CallsWithConversations {
  @Test
  @Fact({
    "conversation-calls.attributes",
    "conversation-calls.log-date-is-the-end",
    "conversation-calls.log-entry",
    "conversation-calls.log-is-told",
    "conversation-calls.log-key",
    "conversation-calls.messaging-service",
    "conversation-calls.no-friendly-name",
    "conversation-calls.no-message-of-calls",
    "conversation-calls.order-of-creation",
    "conversation-calls.service-of-the-noun",
    "conversation-webhooks.client-identity",
    "conversation-webhooks.common-parameters",
    "conversation-webhooks.empty-is-omitted",
    "conversation-webhooks.frontlines-own-writes",
    "conversation-webhooks.idempotency-token",
    "conversation-webhooks.on-conversation-add",
    "conversation-webhooks.on-conversation-update",
    "conversation-webhooks.on-participant-added",
    "conversation-webhooks.post-by-all-three",
    "conversation-webhooks.pre-empty-answer",
    "conversation-webhooks.signed"
  })
  void theWholeTraceOfACallWithPoolRouting() {
    hooks();
    fixture.play();
    assertEquals(
        List.of(
            "onConversationAdd",
            "onConversationAdded",
            "onParticipantAdd",
            "onParticipantAdded",
            "onParticipantAdd",
            "onParticipantAdded",
            "onConversationUpdated",
            "action"),
        events());
    assertEquals(
        List.of(
            "AccountSid",
            "Attributes",
            "ChatServiceSid",
            "EventType",
            "MessagingBinding.Address",
            "MessagingBinding.ProxyAddress",
            "MessagingServiceSid",
            "RetryCount",
            "Source",
            "State"),
        names(told("onConversationAdd")));
    assertEquals(
        List.of(
            "AccountSid",
            "Attributes",
            "ChatServiceSid",
            "ConversationSid",
            "DateCreated",
            "EventType",
            "Identity",
            "ParticipantSid",
            "RetryCount",
            "RoleSid",
            "Source"),
        names(told("onParticipantAdded")));
    assertEquals(
        "{\"frontline.events\":[{\"type\":\"call_ended\",\"date\":1767258032000,\"duration\":30,"
            + "\"inbound\":true}]}",
        told("onConversationUpdated").form().value("Attributes").orElseThrow());
    assertEquals("session-success", fixture.form("/action", "Result"));
    assertTrue(
        told("onParticipantAdded").headers().stream()
            .anyMatch(h -> h.name().equals("X-Twilio-Signature")));
    assertTrue(
        told("onParticipantAdded").headers().stream()
            .anyMatch(h -> h.name().equals("I-Twilio-Idempotency-Token") && !h.value().isEmpty()));
  }

  private static String value(WebRequest request, String name) {
    return request.form().value(name).orElse("absent");
  }

  @Test
  @Fact({
    "conversation-calls.attributes",
    "conversation-calls.log-is-told",
    "conversation-calls.messaging-service",
    "conversation-webhooks.customer-added",
    "conversation-webhooks.on-conversation-added",
    "conversation-webhooks.on-conversation-update",
    "conversation-webhooks.on-participant-add",
    "conversation-webhooks.retry-count"
  })
  void whatIsToldOfANewConversationAndItsTwo() {
    hooks();
    fixture.play();
    assertEquals(
        List.of(
            "AccountSid",
            "Attributes",
            "ChatServiceSid",
            "ConversationSid",
            "DateCreated",
            "DateUpdated",
            "EventType",
            "MessagingBinding.Address",
            "MessagingBinding.ProxyAddress",
            "MessagingServiceSid",
            "RetryCount",
            "Source",
            "State"),
        names(told("onConversationAdded")));
    assertEquals("{}", value(told("onConversationAdded"), "Attributes"));
    assertEquals(
        ask(a -> String.valueOf(a.directory().services().configuration().messagingService())),
        value(told("onConversationAdded"), "MessagingServiceSid"));
    assertEquals(
        List.of(
            "AccountSid",
            "Attributes",
            "ChatServiceSid",
            "ConversationSid",
            "DateCreated",
            "EventType",
            "MessagingBinding.Address",
            "MessagingBinding.ProxyAddress",
            "MessagingBinding.Type",
            "ParticipantSid",
            "RetryCount",
            "RoleSid",
            "Source"),
        names(toldFirst("onParticipantAdded")));
    assertEquals("sms", value(toldFirst("onParticipantAdded"), "MessagingBinding.Type"));
    assertEquals(
        List.of(
            "AccountSid",
            "Attributes",
            "ChatServiceSid",
            "ConversationSid",
            "EventType",
            "MessagingBinding.Address",
            "MessagingBinding.ProxyAddress",
            "MessagingBinding.Type",
            "RetryCount",
            "RoleSid",
            "Source"),
        names(toldFirst("onParticipantAdd")));
    assertEquals(
        List.of(
            "AccountSid",
            "Attributes",
            "ChatServiceSid",
            "ConversationSid",
            "EventType",
            "Identity",
            "RetryCount",
            "RoleSid",
            "Source"),
        names(told("onParticipantAdd")));
    assertEquals("0", value(told("onParticipantAdded"), "RetryCount"));
    assertEquals(
        List.of(
            "AccountSid",
            "Attributes",
            "ChatServiceSid",
            "ConversationSid",
            "DateCreated",
            "DateUpdated",
            "EventType",
            "MessagingServiceSid",
            "RetryCount",
            "Source",
            "State"),
        names(told("onConversationUpdated")));
    assertEquals("active", value(told("onConversationUpdated"), "State"));
  }

  private WebRequest toldFirst(String event) {
    return fixture.app.requests.stream()
        .filter(r -> value(r, "EventType").equals(event))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Fact("conversation-calls.log-appends")
  void theLogOfALaterCallComesAfterThatOfTheFirst() {
    fixture.play();
    fixture.cast(WorldFixture.WORKER, CallFixture.answers(2, 12));
    fixture.joined(WorldFixture.CUSTOMER);
    assertEquals(
        "{\"frontline.events\":["
            + "{\"type\":\"call_ended\",\"date\":1767258032000,\"duration\":30,"
            + "\"inbound\":true},"
            + "{\"type\":\"call_ended\",\"date\":1767258046000,\"duration\":12,"
            + "\"inbound\":true}]}",
        only().attributes());
  }

  @Test
  @Fact("conversation-webhooks.filters")
  void theFiltersDecideWhoIsAskedAndTold() {
    hooks("onConversationAdded", "onparticipantadd");
    fixture.play();
    assertEquals(
        List.of("onConversationAdded", "onParticipantAdd", "onParticipantAdd", "action"), events());
  }

  @Test
  @Fact({
    "conversation-calls.log-keeps-other-keys",
    "conversation-calls.no-friendly-name",
    "conversation-webhooks.pre-changes-attributes",
    "conversation-webhooks.pre-changes-conversations"
  })
  void aPreWebhookChanges() {
    hooks("onConversationAdd");
    fixture.app.at(
        "/pre", r -> json("{\"friendly_name\":\"Ann\",\"attributes\":\"{\\\"a\\\":1}\"}"));
    fixture.play();
    assertEquals("Ann", only().friendlyName());
    assertTrue(
        only().attributes().startsWith("{\"a\":1,\"frontline.events\""), only().attributes());
  }

  @Test
  @Fact({"conversation-webhooks.pre-rejects", "conversation-webhooks.rejected-conversation"})
  void aPreWebhookRejects() {
    hooks();
    fixture.app.at("/pre", r -> new Landing.Answered(403, null, ""));
    fixture.play();
    assertEquals(List.of("onConversationAdd", "action"), events());
    assertEquals("failed-create-conversation", fixture.form("/action", "Result"));
    assertEquals(List.of(), ask(a -> a.conversations().all(WorldFixture.SERVICE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}"})
  @Fact("conversation-webhooks.pre-empty-answer")
  void aPreWebhookThatSaysNothingChangesNothing(String answer) {
    hooks("onConversationAdd");
    fixture.app.at("/pre", r -> json(answer));
    fixture.play();
    assertEquals(1, fixture.app.to("/pre").size());
    assertNull(only().friendlyName());
    assertTrue(only().attributes().startsWith("{\"frontline.events\""), only().attributes());
    assertEquals("session-success", fixture.form("/action", "Result"));
    assertEquals(List.of(), fixture.codes());
  }

  @Test
  @Fact({
    "conversation-errors.50057",
    "conversation-webhooks.five-seconds",
    "conversation-webhooks.pre-silent"
  })
  void aPreWebhookThatDoesNotAnswerChangesNothing() {
    hooks("onConversationAdd");
    fixture.app.at(
        "/pre",
        r ->
            new Landing.Failed(
                TwilioError.HTTP_RETRIEVAL_FAILURE, "late", false, Duration.ofSeconds(5)));
    fixture.play();
    assertEquals("session-success", fixture.form("/action", "Result"));
    assertTrue(fixture.codes().contains("50076"), fixture.codes().toString());
    // 5 s for the webhook, 2 s of ringing, 30 s of talk
    assertEquals(List.of(37.0), fixture.times("/action"));
    assertEquals(Duration.ofSeconds(5), fixture.app.to("/pre").getFirst().limits().total());
  }

  @Test
  @Fact("conversation-errors.50057")
  void aPostWebhookThatFailsIsAnEntryOfTheDebugger() {
    hooks("onConversationAdded");
    fixture.app.at("/post", r -> new Landing.Answered(500, null, ""));
    fixture.play();
    assertTrue(fixture.codes().contains("50057"), fixture.codes().toString());
    assertEquals("session-success", fixture.form("/action", "Result"));
  }

  @Test
  void attributesOfAPreWebhookMustBeJson() {
    hooks("onConversationAdd");
    fixture.app.at("/pre", r -> json("{\"attributes\":\"hello\"}"));
    fixture.play();
    assertTrue(only().attributes().startsWith("{\"frontline.events\""), only().attributes());
    assertTrue(fixture.codes().contains("50057"), fixture.codes().toString());
  }

  /** What cannot be written does not end the call. */
  @Test
  void aConversationWithFullAttributes() {
    hooks("onConversationAdd");
    fixture.app.at(
        "/pre", r -> json("{\"attributes\":\"{\\\"a\\\":\\\"" + "x".repeat(16_340) + "\\\"}\"}"));
    fixture.play();
    assertEquals("session-success", fixture.form("/action", "Result"));
    assertFalse(only().attributes().contains("frontline.events"));
    assertTrue(
        fixture.alerts().stream().anyMatch(a -> a.message().contains("not in frontline.events")));
  }

  @Test
  void aRejectedConversationIsTheWebhooksEntryInTheDebugger() {
    hooks("onConversationAdd");
    fixture.app.at("/pre", r -> new Landing.Answered(403, null, ""));
    fixture.play();
    assertEquals(List.of("50057"), fixture.codes());
  }

  @Test
  @Fact({
    "conversation-webhooks.on-conversation-remove",
    "conversation-webhooks.quiet-rest",
    "conversation-webhooks.source-api",
    "known-problems.quiet-close"
  })
  void changesByTheApiAreQuietUnlessTheyAskForWebhooks() {
    hooks();
    fixture.app.at("/voice", "<Response/>");
    fixture.play();
    make(
        a ->
            a.directory()
                .conversationChanges()
                .create(WorldFixture.SERVICE, Conversation.Draft.EMPTY),
        false);
    close(only(), false);
    assertEquals(State.CLOSED, only().state());
    assertEquals(List.of(), events());
    Conversation made =
        make(
            a ->
                a.directory()
                    .conversationChanges()
                    .create(WorldFixture.SERVICE, Conversation.Draft.EMPTY),
            true);
    make(
        a -> a.directory().conversationChanges().delete(WorldFixture.SERVICE, made.sid().value()),
        true);
    assertEquals(
        List.of(
            "onConversationAdd",
            "onConversationAdded",
            "onConversationRemove",
            "onConversationRemoved"),
        events());
    List<String> removing =
        List.of(
            "AccountSid",
            "Attributes",
            "ChatServiceSid",
            "ConversationSid",
            "DateCreated",
            "DateUpdated",
            "EventType",
            "MessagingServiceSid",
            "RetryCount",
            "Source",
            "State");
    assertEquals(removing, names(told("onConversationRemove")));
    List<String> removed = new ArrayList<>(removing);
    removed.add(removing.indexOf("DateUpdated"), "DateRemoved");
    assertEquals(removed, names(told("onConversationRemoved")));
    assertEquals("API", value(told("onConversationRemoved"), "Source"));
  }

  private void close(Conversation conversation, boolean webhooks) {
    Conversation.Draft closed =
        new Conversation.Draft(null, null, null, null, State.CLOSED, null, null, null, null);
    make(
        a ->
            a.directory()
                .conversationChanges()
                .update(WorldFixture.SERVICE, conversation.sid().value(), closed),
        webhooks);
  }

  @Test
  @Fact({
    "conversation-webhooks.quiet-rest",
    "conversation-webhooks.source-api",
    "conversation-webhooks.state-updated-dump"
  })
  void aCloseByTheApiIsToldIfItAsksForWebhooks() {
    hooks("onConversationStateUpdated");
    fixture.app.at("/voice", "<Response/>");
    fixture.play();
    close(open(), true);
    WebRequest told = told("onConversationStateUpdated");
    assertEquals(
        List.of("active", "closed", "API", "API"),
        List.of(
            value(told, "StateFrom"),
            value(told, "StateTo"),
            value(told, "Reason"),
            value(told, "Source")));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 503})
  @Fact({"conversation-webhooks.message-waits", "conversation-webhooks.pre-rejects"})
  void aRejectedChangeIsRefusedToWhoeverAsked(int status) {
    hooks("onMessageAdd", "onMessageAdded");
    fixture.app.at("/voice", "<Response/>").at("/pre", r -> new Landing.Answered(status, null, ""));
    fixture.play();
    Conversation made =
        make(
            a ->
                a.directory()
                    .conversationChanges()
                    .create(WorldFixture.SERVICE, Conversation.Draft.EMPTY),
            true);
    Message.Draft draft = new Message.Draft(null, "Hi", null, null, null);
    CompletionException e =
        assertThrows(
            CompletionException.class,
            () -> make(a -> a.directory().messageChanges().add(made.sid(), draft), true));
    assertTrue(String.valueOf(e.getMessage()).contains("onMessageAdd answered HTTP " + status));
    assertEquals(List.of("onMessageAdd"), events());
    assertEquals(List.of(), ask(a -> a.conversations().messages(made.sid())));
  }

  @Test
  @Fact({
    "conversation-webhooks.message-waits",
    "conversation-webhooks.on-message-added",
    "conversation-webhooks.pre-changes-messages"
  })
  void whatAPreWebhookAnswersIsWhatIsSaid() {
    hooks("onMessageAdd", "onMessageAdded");
    fixture
        .app
        .at("/voice", "<Response/>")
        .at(
            "/pre",
            r -> json("{\"body\":\"Ho\",\"author\":\"eve\",\"attributes\":\"{\\\"a\\\":1}\"}"));
    fixture.play();
    Conversation made =
        make(
            a ->
                a.directory()
                    .conversationChanges()
                    .create(WorldFixture.SERVICE, Conversation.Draft.EMPTY),
            true);
    Message.Draft draft = new Message.Draft("bob", "Hi", null, null, null);
    Message said = make(a -> a.directory().messageChanges().add(made.sid(), draft), true);
    assertEquals(
        List.of("Ho", "eve", "{\"a\":1}"),
        List.of(String.valueOf(said.body()), said.author(), said.attributes()));
    assertEquals("Ho", told("onMessageAdded").form().value("Body").orElseThrow());
  }

  @Test
  @Fact({"conversation-webhooks.on-message-add", "conversation-webhooks.on-message-added"})
  void whatIsToldOfAMessage() {
    hooks("onMessageAdd", "onMessageAdded");
    fixture.app.at("/voice", "<Response/>");
    fixture.play();
    Conversation conversation = open();
    add(conversation, Participant.Draft.worker("bob"));
    Message.Draft draft = new Message.Draft("bob", "Hi", null, null, null);
    make(a -> a.directory().messageChanges().add(conversation.sid(), draft), true);
    assertEquals(
        List.of(
            "AccountSid",
            "Attributes",
            "Author",
            "Body",
            "ChatServiceSid",
            "ConversationSid",
            "EventType",
            "ParticipantSid",
            "RetryCount",
            "Source"),
        names(told("onMessageAdd")));
    assertEquals(
        List.of(
            "AccountSid",
            "Attributes",
            "Author",
            "Body",
            "ChatServiceSid",
            "ConversationSid",
            "DateCreated",
            "EventType",
            "Index",
            "MessageSid",
            "MessagingServiceSid",
            "ParticipantSid",
            "RetryCount",
            "Source"),
        names(told("onMessageAdded")));
  }

  @Test
  @Fact("conversation-webhooks.scoped-parameters")
  void aWebhookOfOneConversationHearsItsTriggersOnly() {
    fixture.app.at("/voice", "<Response/>");
    fixture.play();
    Conversation made =
        make(
            a ->
                a.directory()
                    .conversationChanges()
                    .create(WorldFixture.SERVICE, Conversation.Draft.EMPTY),
            false);
    var added =
        fixture
            .world()
            .change(a ->
                a.directory()
                    .scopedWebhooks()
                    .add(
                        made,
                        new ScopedWebhook.Draft(
                            "trigger",
                            FakeApp.URL + "/scoped",
                            HttpMethod.GET,
                            List.of(EventType.ON_MESSAGE_ADDED),
                            List.of("help")),
                        a.now()));
    fixture.world().runUntilIdle();
    added.join();
    for (String body : List.of("hello", "please help me")) {
      make(
          a ->
              a.directory()
                  .messageChanges()
                  .add(made.sid(), new Message.Draft(null, body, null, null, null)),
          true);
    }
    assertEquals(1, fixture.app.to("/scoped").size());
    assertEquals(HttpMethod.GET, fixture.app.to("/scoped").getFirst().method());
  }
}
