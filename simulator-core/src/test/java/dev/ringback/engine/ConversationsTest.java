package dev.ringback.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.account.ApiError;
import dev.ringback.callback.Param;
import dev.ringback.callback.WebRequest;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.conversation.Change;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.EventType;
import dev.ringback.conversation.Message;
import dev.ringback.conversation.Participant;
import dev.ringback.conversation.Role;
import dev.ringback.conversation.Roles;
import dev.ringback.conversation.ScopedWebhook;
import dev.ringback.conversation.Service;
import dev.ringback.conversation.State;
import dev.ringback.conversation.User;
import dev.ringback.conversation.WebhookConfiguration;
import dev.ringback.engine.WorldSettings.RoutingMode;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Act;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Conversations with their webhooks, timers and routing, as calls and the API make them. */
class ConversationsTest {
  private final Stages stages = new Stages();

  ConversationsTest() {
    stages.worlds.conversations.clear();
    stages.at("/voice", Worlds.connect("")).at("/action", "<Hangup/>");
    stages.cast(Worlds.WORKER, Stages.answers(2, 30));
  }

  private void hooks(String... filters) {
    stages.worlds.webhooks =
        new WebhookConfiguration(
            HttpMethod.POST,
            filters.length == 0
                ? EventType.all()
                : Stream.of(filters).map(f -> EventType.named(f).orElseThrow()).toList(),
            FakeApp.URL + "/pre",
            FakeApp.URL + "/post",
            "webhook");
  }

  private static Landing json(String body) {
    return new Landing.Answered(200, "application/json", body);
  }

  /** The events of the webhooks in the order in which they left. */
  private List<String> events() {
    return stages.app.requests.stream()
        .filter(r ->
            r.kind() == RequestKind.PRE_WEBHOOK
                || r.kind() == RequestKind.POST_WEBHOOK
                || r.kind() == RequestKind.ROUTING
                || r.kind() == RequestKind.ACTION)
        .map(r -> r.form().value("EventType").orElse(r.kind().wireName()))
        .toList();
  }

  private WebRequest told(String event) {
    return stages.app.requests.stream()
        .filter(r -> r.form().value("EventType").filter(event::equals).isPresent())
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  private static List<String> names(WebRequest request) {
    return request.form().params().stream().map(Param::name).toList();
  }

  private <T> T make(Function<Account, Change<T>> change, boolean webhooks) {
    var future = stages.world().make(change, webhooks);
    stages.world().runUntilIdle();
    return future.join();
  }

  private <T> T ask(Function<Account, T> question) {
    var future = stages.world().ask(question);
    stages.world().runUntilIdle();
    return future.join();
  }

  private Conversation only() {
    return ask(a -> a.conversations().all(Worlds.SERVICE)).getFirst();
  }

  // A call makes a conversation

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
    assertEquals(List.of(), ask(a -> a.conversations().all(Worlds.SERVICE)));
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

  /** Somebody may add the worker as soon as there is a conversation. */
  @Test
  void aWorkerWhoComesBeforeTheCustomer() {
    hooks("onConversationAdded", "onParticipantAdd");
    stages.worlds.routing = RoutingMode.NONE;
    stages.app.at(
        "/post",
        r -> {
          Sid conversation = new Sid(r.form().value("ConversationSid").orElseThrow());
          stages.addWorker(conversation, Worlds.WORKER);
          return new Landing.Answered(200, null, "");
        });
    stages.play();
    assertEquals("session-success", stages.form("/action", "Result"));
  }

  @Test
  void whoHangsUpMeanwhileIsNotRouted() {
    hooks("onConversationAdd");
    stages.worlds.routing = RoutingMode.CUSTOM;
    stages.app.at(
        "/pre",
        r ->
            new Landing.Failed(
                TwilioError.HTTP_RETRIEVAL_FAILURE, "late", false, Duration.ofSeconds(5)));
    stages.customer(1, new Act.HangUp());
    stages.play();
    assertEquals(List.of(), stages.app.to("/routing"));
    assertEquals(1, stages.app.to("/call-status").size());
  }

  // Routing

  @Test
  void nobodyMeansNoWhoeverHasSaidNo() {
    stages.play();
    assertEquals("session-success", stages.form("/action", "Result"));
    User.Draft away = new User.Draft(null, null, null, null, null, false);
    make(a -> a.directory().users().update(Worlds.SERVICE, Worlds.WORKER, away), false);
    stages.joined(Worlds.STRANGER);
    assertEquals("no-other-participants", stages.form("/action", "Result"));
  }

  private List<String> whoWasRouted() {
    return ask(a ->
        a.conversations().all(Worlds.SERVICE).stream()
            .flatMap(c -> a.conversations().workers(c.sid()).stream())
            .toList());
  }

  @Test
  void thePoolTakesTurns() {
    stages.worlds.otherWorkers.add(new WorldSettings.Worker("bob", true, null));
    stages.play();
    stages.joined(Worlds.STRANGER);
    stages.joined("+15558675398");
    assertEquals(List.of(Worlds.WORKER, "bob", Worlds.WORKER), whoWasRouted());
  }

  @Test
  void whoIsAwayLosesATurnAndNobodyElseDoes() {
    stages.worlds.otherWorkers.add(new WorldSettings.Worker("bob", false, null));
    stages.worlds.otherWorkers.add(new WorldSettings.Worker("carol", true, null));
    stages.play();
    stages.joined(Worlds.STRANGER);
    stages.joined("+15558675398");
    stages.joined("+15558675397");
    assertEquals(List.of(Worlds.WORKER, "carol", Worlds.WORKER, "carol"), whoWasRouted());
  }

  @Test
  void customRoutingAsksAndTheWorkerWhoIsAddedIsDialled() {
    stages.worlds.routing = RoutingMode.CUSTOM;
    stages.app.at(
        "/routing",
        r -> {
          Sid conversation = new Sid(r.form().value("ConversationSid").orElseThrow());
          stages.addWorker(conversation, Worlds.WORKER);
          return new Landing.Answered(200, null, "");
        });
    stages.play();
    WebRequest asked = stages.app.to("/routing").getFirst();
    assertEquals(
        List.of(
            "Attributes",
            "ConversationServiceSid",
            "ConversationSid",
            "DateCreated",
            "DateUpdated",
            "MessagingBinding.Address",
            "MessagingBinding.ProxyAddress",
            "State"),
        names(asked));
    assertEquals(Duration.ofSeconds(10), asked.limits().total());
    assertEquals("session-success", stages.form("/action", "Result"));
  }

  @Test
  void customRoutingThatFails() {
    stages.worlds.routing = RoutingMode.CUSTOM;
    stages.app.at("/routing", r -> new Landing.Answered(404, null, ""));
    stages.play();
    assertEquals("no-other-participants", stages.form("/action", "Result"));
    assertEquals(List.of("48010", "32506"), stages.codes());
    assertEquals(List.of(5.0), stages.times("/action"));
  }

  @Test
  void customRoutingWithoutAWorkerHoldsTheClockForAWhileOnly() {
    stages.worlds.routing = RoutingMode.CUSTOM;
    stages.worlds.patience = Duration.ofMillis(50);
    stages.app.at("/routing", r -> new Landing.Answered(200, null, ""));
    stages.play();
    assertEquals("no-other-participants", stages.form("/action", "Result"));
    assertEquals(List.of("32506"), stages.codes());
  }

  @Test
  void aSecondCallOfAStrangerWaitsWithTheFirst() {
    stages.worlds.routing = RoutingMode.NONE;
    stages.at("/voice", Worlds.connect("routingAssignmentTimeout='8'"));
    World world = twoCalls(Duration.ofSeconds(3), joinsAt(6));
    assertEquals(List.of("session-success", "session-success"), results());
    assertEquals(List.of(), codes(world));
    assertEquals(1, ask(a -> a.conversations().all(Worlds.SERVICE)).size());
  }

  @Test
  void theyWaitNoLongerThanTheCustomerIsThere() {
    stages.worlds.routing = RoutingMode.NONE;
    stages.at("/voice", Worlds.connect("routingAssignmentTimeout='8'"));
    World world = twoCalls(Duration.ofSeconds(3), joinsAt(60));
    assertEquals(List.of("no-other-participants", "no-other-participants"), results());
    assertEquals(List.of("32506", "32506"), codes(world));
    assertEquals(List.of(8.0, 8.0), stages.times("/action"));
  }

  @Test
  void whoComesAfterTheWaitFindsAConversationWithoutAWorker() {
    stages.worlds.routing = RoutingMode.NONE;
    stages.at("/voice", Worlds.connect("routingAssignmentTimeout='8'"));
    World world = twoCalls(Duration.ofSeconds(9), joinsAt(60));
    assertEquals(List.of("32506", "32504"), codes(world));
  }

  private static ScriptStep joinsAt(int second) {
    return new ScriptStep(Duration.ofSeconds(second), new ScriptStep.Joins(Worlds.WORKER));
  }

  private World twoCalls(Duration between, ScriptStep direction) {
    World world = stages.worlds.with(stages.app);
    stages.on(world);
    Script script = stages.script();
    Script directed =
        new Script(script.called(), script.caller(), List.of(direction), script.reactions());
    world.place(new Placement.ByCustomer(Worlds.STRANGER, Worlds.NUMBER, directed));
    world.place(new Placement.ByCustomer(Worlds.STRANGER, Worlds.NUMBER, script), between);
    world.runUntilIdle();
    return world;
  }

  private List<String> results() {
    return stages.app.to("/action").stream().map(r -> r.form().value("Result").orElse("")).toList();
  }

  private static List<String> codes(World world) {
    return world.journal().after(0, 10_000).stream()
        .filter(e -> e.fact() instanceof Fact.Alerted)
        .map(e -> ((Fact.Alerted) e.fact()).alert().code())
        .toList();
  }

  // A worker calls

  private Placed calls(String customer) {
    stages.worlds.integration = new WorldSettings.Integration(null, FakeApp.URL + "/out", null);
    stages.at("/outgoing", Worlds.connect(""));
    World world = stages.worlds.with(stages.app);
    stages.on(world);
    var placed =
        world.place(new Placement.ByWorker(Worlds.WORKER, null, customer, stages.script()));
    world.runUntilIdle();
    return placed.join();
  }

  @Test
  void aWorkerBeginsAConversationByCalling() {
    hooks("onConversationAdded", "onParticipantAdded");
    stages.app.at("/out", r -> json("{\"proxy_address\":\"" + Worlds.NUMBER + "\"}"));
    assertTrue(calls(Worlds.STRANGER) instanceof Placed.Ringing);
    assertEquals(
        List.of(
            "POST_WEBHOOK onConversationAdded",
            "INTEGRATION GetProxyAddress",
            "POST_WEBHOOK onParticipantAdded",
            "POST_WEBHOOK onParticipantAdded"),
        stages.app.requests.stream()
            .filter(r -> r.kind() != RequestKind.VOICE)
            .limit(4)
            .map(r ->
                r.kind()
                    + " "
                    + r.form().value("EventType").or(() -> r.form().value("Location")).orElse(""))
            .toList());
    assertEquals(Worlds.WORKER, stages.form("/out", "Worker"));
    assertEquals("sms", stages.form("/out", "ChannelType"));
    assertEquals(Worlds.STRANGER, stages.form("/out", "ChannelValue"));
    assertEquals("session-success", stages.form("/action", "Result"));
    assertEquals("true", stages.form("/action", "WorkerInitiated"));
    assertEquals(only().sid().value(), stages.form("/outgoing", "ConversationSid"));
  }

  @Test
  void whomTheAppHasNoNumberForIsNotCalled() {
    stages.app.at("/out", r -> new Landing.Answered(403, "application/json", "{}"));
    Placed.Refused refused = (Placed.Refused) calls(Worlds.STRANGER);
    assertTrue(refused.message().contains("48004"), refused.message());
    assertEquals(List.of(), ask(a -> a.conversations().all(Worlds.SERVICE)));
    assertEquals(List.of("48004"), codes(stages.world()));
    stages.app.at("/out", r -> json("{\"proxy_address\":\"+19998887777\"}"));
    assertTrue(((Placed.Refused) calls(Worlds.STRANGER)).message().contains("48028"));
  }

  @Test
  void whoIsNotAvailableGetsNoNewConversation() {
    stages.worlds.available = false;
    stages.play();
    assertEquals("no-other-participants", stages.form("/action", "Result"));
  }

  @Test
  void aDeactivatedWorkerDoesNotHearThePhone() {
    stages.play();
    assertEquals("session-success", stages.form("/action", "Result"));
    User.Draft off = new User.Draft(null, null, null, null, false, null);
    make(a -> a.directory().users().update(Worlds.SERVICE, Worlds.WORKER, off), false);
    stages.joined(Worlds.CUSTOMER);
    assertEquals("dialed-call-incomplete", stages.form("/action", "Result"));
  }

  // Timers

  @Test
  void timersRunInTheWorldsTime() {
    hooks("onConversationStateUpdated");
    stages.app.at("/voice", "<Response/>");
    stages.play();
    stages.app.requests.clear();
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
        make(a -> a.directory().conversationChanges().create(Worlds.SERVICE, draft), false);
    assertEquals(State.CLOSED, only().state());
    List<WebRequest> told = stages.app.to("/post");
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
    assertFalse(names(told.getFirst()).contains("FriendlyName"));
  }

  @Test
  void aMessageWakesAnInactiveConversation() {
    stages.app.at("/voice", "<Response/>");
    stages.play();
    Conversation.Draft inactive =
        new Conversation.Draft(null, null, null, null, State.INACTIVE, null, null, null, null);
    Conversation made =
        make(a -> a.directory().conversationChanges().create(Worlds.SERVICE, inactive), false);
    make(
        a ->
            a.directory()
                .messageChanges()
                .add(made.sid(), new Message.Draft("bob", "Hi", null, null, null)),
        false);
    assertEquals(State.ACTIVE, only().state());
  }

  // The pair of numbers

  @Test
  void aPairOfNumbersIsInOneOpenConversationOfTheAccount() {
    stages.play();
    Conversation first = only();
    Conversation second =
        make(
            a ->
                a.directory()
                    .conversationChanges()
                    .create(Worlds.SERVICE, Conversation.Draft.EMPTY),
            false);
    Participant.Draft customer = Participant.Draft.customer(Worlds.CUSTOMER, Worlds.NUMBER);
    CompletionException e =
        assertThrows(
            CompletionException.class,
            () -> make(a -> a.directory().participantChanges().add(second.sid(), customer), false));
    ApiError refusal = (ApiError) Optional.ofNullable(e.getCause()).orElseThrow();
    assertEquals(List.of(409, 50416), List.of(refusal.status(), refusal.code()));
    assertTrue(refusal.message().endsWith("already exists in Conversation " + first.sid()));
    Conversation.Draft closed =
        new Conversation.Draft(null, null, null, null, State.CLOSED, null, null, null, null);
    make(
        a ->
            a.directory().conversationChanges().update(Worlds.SERVICE, first.sid().value(), closed),
        false);
    make(a -> a.directory().participantChanges().add(second.sid(), customer), false);
  }

  private Conversation open() {
    return make(
        a -> a.directory().conversationChanges().create(Worlds.SERVICE, Conversation.Draft.EMPTY),
        false);
  }

  private void add(Conversation conversation, Participant.Draft draft) {
    make(a -> a.directory().participantChanges().add(conversation.sid(), draft), false);
  }

  private Optional<Sid> holder() {
    return ask(
        a -> a.conversations().withPair(Worlds.CUSTOMER, Worlds.NUMBER).map(Conversation::sid));
  }

  private static final Participant.Draft CUSTOMER =
      Participant.Draft.customer(Worlds.CUSTOMER, Worlds.NUMBER);

  @Test
  void aPairIsFreeAgainWhenItsParticipantIsRemoved() {
    stages.at("/voice", "<Response/>").play();
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
  void whoeverHadAPairBeforeDoesNotTakeItAlong() {
    stages.at("/voice", "<Response/>").play();
    Conversation first = open();
    Conversation second = open();
    Conversation third = open();
    for (Conversation each : List.of(first, second)) {
      add(each, CUSTOMER);
      make(
          a ->
              a.directory()
                  .conversationChanges()
                  .update(
                      Worlds.SERVICE,
                      each.sid().value(),
                      new Conversation.Draft(
                          null, null, null, null, State.CLOSED, null, null, null, null)),
          false);
      assertEquals(Optional.empty(), holder());
    }
    add(third, CUSTOMER);
    String customer =
        ask(a -> a.conversations().participants(first.sid()).getFirst().sid().value());
    make(a -> a.directory().participantChanges().remove(first.sid(), customer), false);
    assertEquals(Optional.of(third.sid()), holder());
    make(
        a -> a.directory().conversationChanges().delete(Worlds.SERVICE, second.sid().value()),
        false);
    assertEquals(Optional.of(third.sid()), holder());
    make(
        a -> a.directory().conversationChanges().delete(Worlds.SERVICE, third.sid().value()),
        false);
    assertEquals(Optional.empty(), holder());
  }

  /** A worker who has numbers gives them up for one that stands for them in group texts. */
  @Test
  void aPairIsFreeWhenItsParticipantHasAProjectedAddressInstead() {
    stages.at("/voice", "<Response/>").play();
    Conversation first = open();
    add(
        first,
        new Participant.Draft(
            "bob", Worlds.CUSTOMER, Worlds.NUMBER, null, null, null, null, null, null, null));
    assertEquals(Optional.of(first.sid()), holder());
    Participant.Draft projected =
        new Participant.Draft(null, null, null, Worlds.NUMBER, null, null, null, null, null, null);
    make(a -> a.directory().participantChanges().update(first.sid(), "bob", projected), false);
    assertEquals(Optional.empty(), holder());
    add(open(), CUSTOMER);
  }

  @Test
  void nothingIsKeptOfThePairsOfThoseWhoAreGone() {
    stages.at("/voice", "<Response/>").play();
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
    add(conversation, Participant.Draft.customer(address, Worlds.NUMBER));
    String sid =
        ask(a -> a.conversations().participants(conversation.sid()).getFirst().sid().value());
    make(a -> a.directory().participantChanges().remove(conversation.sid(), sid), false);
    return new WeakReference<>(address);
  }

  private WeakReference<String> addressInADeletedConversation() {
    Conversation conversation = open();
    String address = fresh("+1555867001");
    add(conversation, Participant.Draft.customer(address, Worlds.NUMBER));
    make(
        a -> a.directory().conversationChanges().delete(Worlds.SERVICE, conversation.sid().value()),
        false);
    return new WeakReference<>(address);
  }

  /** An object that nobody else has. */
  private static String fresh(String text) {
    return text.concat("0");
  }

  // What is refused

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
  void fiftyNumbersAndAThousandParticipantsAreInAConversation() {
    stages.at("/voice", "<Response/>").play();
    Conversation conversation = open();
    for (int i = 0; i < 50; i++) {
      add(conversation, Participant.Draft.customer("+155586753%02d".formatted(i), Worlds.NUMBER));
    }
    Participant.Draft oneMore = Participant.Draft.customer("+15558675350", Worlds.NUMBER);
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
  void aConversationHasFiveWebhooksAtMost() {
    stages.at("/voice", "<Response/>").play();
    Conversation conversation = open();
    ScopedWebhook.Draft draft =
        new ScopedWebhook.Draft("webhook", FakeApp.URL + "/scoped", null, null, null);
    for (int i = 1; i <= 5; i++) {
      var added =
          stages
              .world()
              .change(a -> a.directory().scopedWebhooks().add(conversation, draft, a.now()));
      stages.world().runUntilIdle();
      added.join();
    }
    var sixth =
        stages
            .world()
            .change(a -> a.directory().scopedWebhooks().add(conversation, draft, a.now()));
    stages.world().runUntilIdle();
    CompletionException e = assertThrows(CompletionException.class, sixth::join);
    ApiError refusal = (ApiError) Optional.ofNullable(e.getCause()).orElseThrow();
    assertEquals(List.of(400, 50361), List.of(refusal.status(), refusal.code()));
    assertEquals(
        5, ask(a -> a.directory().scopedWebhooks().all(conversation.sid()).size()).intValue());
  }

  /** That it is no number of the account's either is the lesser thing to say. */
  @Test
  void nobodyTalksWithThemselves() {
    stages.at("/voice", "<Response/>").play();
    Conversation conversation = open();
    for (String number : List.of(Worlds.STRANGER, "whatsapp:" + Worlds.STRANGER)) {
      assertEquals(
          List.of(400, 50409), refused(conversation, Participant.Draft.customer(number, number)));
    }
    assertEquals(
        List.of(400, 50407),
        refused(conversation, Participant.Draft.customer(Worlds.NUMBER, Worlds.NUMBER)));
    assertEquals(
        List.of(400, 50413),
        refused(conversation, Participant.Draft.customer(Worlds.CUSTOMER, Worlds.STRANGER)));
    assertEquals(
        List.of(400, 50414),
        refused(
            conversation,
            Participant.Draft.customer(Worlds.STRANGER, "whatsapp:" + Worlds.STRANGER)));
    add(conversation, CUSTOMER);
  }

  @Test
  void theDefaultRolesOfAServiceStay() {
    stages.at("/voice", "<Response/>").play();
    Service service = ask(a -> a.directory().services().own());
    for (Sid role :
        List.of(service.creatorRole(), service.conversationRole(), service.serviceRole())) {
      assertEquals(List.of(400, 20001), deleted(role), () -> "of " + role);
    }
    List<Sid> others =
        ask(a -> a.directory().roles().all(Worlds.SERVICE)).stream()
            .map(Role::sid)
            .filter(role ->
                !List.of(service.creatorRole(), service.conversationRole(), service.serviceRole())
                    .contains(role))
            .toList();
    assertEquals(1, others.size(), "of a service admin, who is nobody's default");
    assertEquals(List.of(), deleted(others.getFirst()));
    assertEquals(3, ask(a -> a.directory().roles().all(Worlds.SERVICE).size()).intValue());
  }

  /** Status and code of the refusal; empty: the role is gone. */
  private List<Integer> deleted(Sid role) {
    var done =
        stages
            .world()
            .change(a -> {
              Roles roles = a.directory().roles();
              roles.delete(a.directory().services().own(), roles.of(Worlds.SERVICE, role));
              return true;
            });
    stages.world().runUntilIdle();
    return done.<List<Integer>>handle((gone, e) ->
            e instanceof ApiError refusal ? List.of(refusal.status(), refusal.code()) : List.of())
        .join();
  }

  // The log of calls

  @Test
  void aConversationThatWasClosedDuringTheCallHasNoLogOfIt() {
    stages.at("/voice", Worlds.connect("statusCallback='/s' statusCallbackEvent='call-answered'"));
    stages.app.at(
        "/s",
        r -> {
          var unused =
              stages
                  .world()
                  .make(
                      a ->
                          a.directory()
                              .conversationChanges()
                              .update(
                                  Worlds.SERVICE,
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
    stages.play();
    assertEquals("session-success", stages.form("/action", "Result"));
    assertEquals(State.CLOSED, only().state());
    assertEquals("{}", only().attributes());
    assertEquals(List.of(), stages.codes());
  }

  // Webhooks of changes by the API

  @Test
  void changesByTheApiAreQuietUnlessTheyAskForWebhooks() {
    hooks();
    stages.app.at("/voice", "<Response/>");
    stages.play();
    make(
        a -> a.directory().conversationChanges().create(Worlds.SERVICE, Conversation.Draft.EMPTY),
        false);
    assertEquals(List.of(), events());
    Conversation made =
        make(
            a ->
                a.directory()
                    .conversationChanges()
                    .create(Worlds.SERVICE, Conversation.Draft.EMPTY),
            true);
    make(a -> a.directory().conversationChanges().delete(Worlds.SERVICE, made.sid().value()), true);
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
                    .create(Worlds.SERVICE, Conversation.Draft.EMPTY),
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
                    .create(Worlds.SERVICE, Conversation.Draft.EMPTY),
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
                    .create(Worlds.SERVICE, Conversation.Draft.EMPTY),
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
