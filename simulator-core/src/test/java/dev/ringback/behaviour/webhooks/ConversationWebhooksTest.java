package dev.ringback.behaviour.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.EventType;
import dev.ringback.conversation.Message;
import dev.ringback.conversation.ScopedWebhook;
import dev.ringback.fixture.CallsWithConversations;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Who is asked before a change of a conversation and told after it. */
class ConversationWebhooksTest extends CallsWithConversations {
  @Test
  void theWholeTraceOfACallWithPoolRouting() {
    hooks();
    stages.play();
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
    assertEquals("session-success", stages.form("/action", "Result"));
    assertTrue(
        told("onParticipantAdded").headers().stream()
            .anyMatch(h -> h.name().equals("X-Twilio-Signature")));
  }

  @Test
  void theFiltersDecideWhoIsAskedAndTold() {
    hooks("onConversationAdded", "onparticipantadd");
    stages.play();
    assertEquals(
        List.of("onConversationAdded", "onParticipantAdd", "onParticipantAdd", "action"), events());
  }

  @Test
  void aPreWebhookChanges() {
    hooks("onConversationAdd");
    stages.app.at(
        "/pre", r -> json("{\"friendly_name\":\"Ann\",\"attributes\":\"{\\\"a\\\":1}\"}"));
    stages.play();
    assertEquals("Ann", only().friendlyName());
    assertTrue(
        only().attributes().startsWith("{\"a\":1,\"frontline.events\""), only().attributes());
  }

  @Test
  void aPreWebhookRejects() {
    hooks();
    stages.app.at("/pre", r -> new Landing.Answered(403, null, ""));
    stages.play();
    assertEquals(List.of("onConversationAdd", "action"), events());
    assertEquals("failed-create-conversation", stages.form("/action", "Result"));
    assertEquals(List.of(), ask(a -> a.conversations().all(WorldFixture.SERVICE)));
  }

  @Test
  void aPreWebhookThatDoesNotAnswerChangesNothing() {
    hooks("onConversationAdd");
    stages.app.at(
        "/pre",
        r ->
            new Landing.Failed(
                TwilioError.HTTP_RETRIEVAL_FAILURE, "late", false, Duration.ofSeconds(5)));
    stages.play();
    assertEquals("session-success", stages.form("/action", "Result"));
    assertTrue(stages.codes().contains("50076"), stages.codes().toString());
    // 5 s for the webhook, 2 s of ringing, 30 s of talk
    assertEquals(List.of(37.0), stages.times("/action"));
    assertEquals(Duration.ofSeconds(5), stages.app.to("/pre").getFirst().limits().total());
  }

  @Test
  void aPostWebhookThatFailsIsAnEntryOfTheDebugger() {
    hooks("onConversationAdded");
    stages.app.at("/post", r -> new Landing.Answered(500, null, ""));
    stages.play();
    assertTrue(stages.codes().contains("50057"), stages.codes().toString());
    assertEquals("session-success", stages.form("/action", "Result"));
  }

  @Test
  void attributesOfAPreWebhookMustBeJson() {
    hooks("onConversationAdd");
    stages.app.at("/pre", r -> json("{\"attributes\":\"hello\"}"));
    stages.play();
    assertTrue(only().attributes().startsWith("{\"frontline.events\""), only().attributes());
    assertTrue(stages.codes().contains("50057"), stages.codes().toString());
  }

  /** What cannot be written does not end the call. */
  @Test
  void aConversationWithFullAttributes() {
    hooks("onConversationAdd");
    stages.app.at(
        "/pre", r -> json("{\"attributes\":\"{\\\"a\\\":\\\"" + "x".repeat(16_340) + "\\\"}\"}"));
    stages.play();
    assertEquals("session-success", stages.form("/action", "Result"));
    assertFalse(only().attributes().contains("frontline.events"));
    assertTrue(
        stages.alerts().stream().anyMatch(a -> a.message().contains("not in frontline.events")));
  }

  @Test
  void aRejectedConversationIsTheWebhooksEntryInTheDebugger() {
    hooks("onConversationAdd");
    stages.app.at("/pre", r -> new Landing.Answered(403, null, ""));
    stages.play();
    assertEquals(List.of("50057"), stages.codes());
  }

  @Test
  void changesByTheApiAreQuietUnlessTheyAskForWebhooks() {
    hooks();
    stages.app.at("/voice", "<Response/>");
    stages.play();
    make(
        a ->
            a.directory()
                .conversationChanges()
                .create(WorldFixture.SERVICE, Conversation.Draft.EMPTY),
        false);
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
    assertTrue(names(told("onConversationRemoved")).contains("DateRemoved"));
  }

  @Test
  void aRejectedChangeIsRefusedToWhoeverAsked() {
    hooks("onMessageAdd");
    stages.app.at("/voice", "<Response/>").at("/pre", r -> new Landing.Answered(400, null, ""));
    stages.play();
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
    assertTrue(String.valueOf(e.getMessage()).contains("onMessageAdd answered HTTP 400"));
    assertEquals(List.of(), ask(a -> a.conversations().messages(made.sid())));
  }

  @Test
  void whatAPreWebhookAnswersIsWhatIsSaid() {
    hooks("onMessageAdd", "onMessageAdded");
    stages
        .app
        .at("/voice", "<Response/>")
        .at("/pre", r -> json("{\"body\":\"Ho\",\"author\":\"eve\"}"));
    stages.play();
    Conversation made =
        make(
            a ->
                a.directory()
                    .conversationChanges()
                    .create(WorldFixture.SERVICE, Conversation.Draft.EMPTY),
            true);
    Message.Draft draft = new Message.Draft("bob", "Hi", null, null, null);
    Message said = make(a -> a.directory().messageChanges().add(made.sid(), draft), true);
    assertEquals(List.of("Ho", "eve"), List.of(String.valueOf(said.body()), said.author()));
    assertEquals("Ho", told("onMessageAdded").form().value("Body").orElseThrow());
  }

  @Test
  void aWebhookOfOneConversationHearsItsTriggersOnly() {
    stages.app.at("/voice", "<Response/>");
    stages.play();
    Conversation made =
        make(
            a ->
                a.directory()
                    .conversationChanges()
                    .create(WorldFixture.SERVICE, Conversation.Draft.EMPTY),
            false);
    var added =
        stages
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
    stages.world().runUntilIdle();
    added.join();
    for (String body : List.of("hello", "please help me")) {
      make(
          a ->
              a.directory()
                  .messageChanges()
                  .add(made.sid(), new Message.Draft(null, body, null, null, null)),
          true);
    }
    assertEquals(1, stages.app.to("/scoped").size());
    assertEquals(HttpMethod.GET, stages.app.to("/scoped").getFirst().method());
  }
}
