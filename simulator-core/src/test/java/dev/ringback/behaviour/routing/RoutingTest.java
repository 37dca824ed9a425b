package dev.ringback.behaviour.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.callback.WebRequest;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Participant;
import dev.ringback.conversation.User;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSettings.KnownConversation;
import dev.ringback.engine.WorldSettings.RoutingMode;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.CallsWithConversations;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.Sid;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Act;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is dialled: the pool, custom routing, those who are there already, and calls of workers. */
class RoutingTest extends CallsWithConversations {
  private static final String OTHER_NUMBER = "+15017122662";

  /** Somebody may add the worker as soon as there is a conversation. */
  @Test
  void aWorkerWhoComesBeforeTheCustomer() {
    hooks("onConversationAdded", "onParticipantAdd");
    fixture.worlds.routing = RoutingMode.NONE;
    fixture.app.at(
        "/post",
        r -> {
          Sid conversation = new Sid(r.form().value("ConversationSid").orElseThrow());
          fixture.addWorker(conversation, WorldFixture.WORKER);
          return new Landing.Answered(200, null, "");
        });
    fixture.play();
    assertEquals("session-success", fixture.form("/action", "Result"));
  }

  @Test
  void whoHangsUpMeanwhileIsNotRouted() {
    hooks("onConversationAdd");
    fixture.worlds.routing = RoutingMode.CUSTOM;
    fixture.app.at(
        "/pre",
        r ->
            new Landing.Failed(
                TwilioError.HTTP_RETRIEVAL_FAILURE, "late", false, Duration.ofSeconds(5)));
    fixture.customer(1, new Act.HangUp());
    fixture.play();
    assertEquals(List.of(), fixture.app.to("/routing"));
    assertEquals(1, fixture.app.to("/call-status").size());
  }

  @Test
  @Fact("frontline-routing.availability-is-for-the-pool")
  void nobodyMeansNoWhoeverHasSaidNo() {
    fixture.play();
    assertEquals("session-success", fixture.form("/action", "Result"));
    User.Draft away = new User.Draft(null, null, null, null, null, false);
    make(a -> a.directory().users().update(WorldFixture.SERVICE, WorldFixture.WORKER, away), false);
    fixture.joined(WorldFixture.STRANGER);
    assertEquals("no-other-participants", fixture.form("/action", "Result"));
  }

  @Test
  @Fact("frontline-routing.deactivated-leaves-the-pool")
  void whoIsDeactivatedIsNotInThePoolThoughAvailable() {
    fixture.worlds.otherWorkers.add(new WorldSettings.Worker("bob", true, null));
    fixture.play();
    deactivate("bob");
    fixture.joined(WorldFixture.STRANGER);
    assertEquals(List.of(WorldFixture.WORKER, WorldFixture.WORKER), whoWasRouted());
    deactivate(WorldFixture.WORKER);
    fixture.joined("+15558675398");
    assertEquals("no-other-participants", fixture.form("/action", "Result"));
  }

  private void deactivate(String worker) {
    User.Draft off = new User.Draft(null, null, null, null, false, true);
    make(a -> a.directory().users().update(WorldFixture.SERVICE, worker, off), false);
  }

  private List<String> whoWasRouted() {
    return ask(a ->
        a.conversations().all(WorldFixture.SERVICE).stream()
            .flatMap(c -> a.conversations().workers(c.sid()).stream())
            .toList());
  }

  @Test
  @Fact({
    "conversation-calls.service-of-the-noun",
    "frontline-routing.pool-is-round-robin",
    "frontline-voice.number-with-many-consumers"
  })
  void thePoolTakesTurns() {
    fixture.worlds.otherWorkers.add(new WorldSettings.Worker("bob", true, null));
    fixture.play();
    fixture.joined(WorldFixture.STRANGER);
    fixture.joined("+15558675398");
    assertEquals(List.of(WorldFixture.WORKER, "bob", WorldFixture.WORKER), whoWasRouted());
  }

  @Test
  @Fact("frontline-routing.availability-is-for-the-pool")
  void whoIsAwayLosesATurnAndNobodyElseDoes() {
    fixture.worlds.otherWorkers.add(new WorldSettings.Worker("bob", false, null));
    fixture.worlds.otherWorkers.add(new WorldSettings.Worker("carol", true, null));
    fixture.play();
    fixture.joined(WorldFixture.STRANGER);
    fixture.joined("+15558675398");
    fixture.joined("+15558675397");
    assertEquals(
        List.of(WorldFixture.WORKER, "carol", WorldFixture.WORKER, "carol"), whoWasRouted());
  }

  @Test
  @Fact({
    "frontline-routing.callback-answer",
    "frontline-routing.callback-comes-before-workers",
    "frontline-routing.callback-has-no-event-type",
    "frontline-routing.callback-has-ten-seconds",
    "frontline-routing.callback-parameters",
    "frontline-routing.custom"
  })
  void customRoutingAsksAndTheWorkerWhoIsAddedIsDialled() {
    fixture.worlds.routing = RoutingMode.CUSTOM;
    routesToTheWorker();
    fixture.play();
    WebRequest asked = fixture.app.to("/routing").getFirst();
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
    assertEquals("session-success", fixture.form("/action", "Result"));
  }

  private void routesToTheWorker() {
    fixture.app.at(
        "/routing",
        r -> {
          Sid conversation = new Sid(r.form().value("ConversationSid").orElseThrow());
          fixture.addWorker(conversation, WorldFixture.WORKER);
          return new Landing.Answered(200, null, "");
        });
  }

  @Test
  @Fact({
    "conversation-calls.unknown-callers",
    "conversation-errors.32506",
    "errors.code-32506",
    "errors.code-48010",
    "frontline-routing.callback-answer",
    "frontline-routing.failure-is-48010",
    "frontline-routing.failure-leaves-no-worker",
    "frontline-routing.timeout-is-five-seconds"
  })
  void customRoutingThatFails() {
    fixture.worlds.routing = RoutingMode.CUSTOM;
    fixture.app.at("/routing", r -> new Landing.Answered(404, null, ""));
    fixture.play();
    assertEquals("no-other-participants", fixture.form("/action", "Result"));
    assertEquals(List.of("48010", "32506"), fixture.codes());
    assertEquals(List.of(5.0), fixture.times("/action"));
    assertEquals(1, ask(a -> a.conversations().all(WorldFixture.SERVICE)).size());
    assertEquals(List.of(), whoWasRouted());
    fixture.joined(WorldFixture.CUSTOMER);
    assertEquals(List.of("48010", "32506", "32504"), fixture.codes());
    assertEquals(1, fixture.app.to("/routing").size());
  }

  @Test
  @Fact({"frontline-routing.late-is-48010", "frontline-routing.nobody-waits-for-the-callback"})
  void customRoutingThatIsLate() {
    fixture.worlds.routing = RoutingMode.CUSTOM;
    fixture.app.at(
        "/routing",
        r ->
            new Landing.Failed(
                TwilioError.HTTP_RETRIEVAL_FAILURE, "late", false, Duration.ofSeconds(10)));
    fixture.play();
    assertEquals(List.of(5.0), fixture.times("/action"));
    assertEquals(List.of("32506", "48010"), fixture.codes());
    fixture.at("/voice", WorldFixture.connect("routingAssignmentTimeout='20'"));
    fixture.play();
    assertEquals("no-other-participants", fixture.form("/action", "Result"));
    assertEquals(List.of("48010", "32506"), fixture.codes());
    assertEquals(List.of(20.0), fixture.times("/action"));
  }

  /** Whatever number is called: one callback routes all of them. */
  @Test
  @Fact("frontline-routing.one-method-for-all-numbers")
  void everyNumberIsRoutedInTheSameWay() {
    fixture.worlds.routing = RoutingMode.CUSTOM;
    fixture.worlds.otherNumbers.add(OTHER_NUMBER);
    routesToTheWorker();
    World world = fixture.worlds.with(fixture.app);
    fixture.on(world);
    for (String number : List.of(WorldFixture.NUMBER, OTHER_NUMBER)) {
      world.place(new Placement.ByCustomer(WorldFixture.CUSTOMER, number, fixture.script()));
      world.runUntilIdle();
    }
    assertEquals(
        List.of(WorldFixture.NUMBER, OTHER_NUMBER),
        fixture.app.to("/routing").stream()
            .map(r -> r.form().value("MessagingBinding.ProxyAddress").orElse(""))
            .toList());
  }

  @Test
  @Fact("frontline-routing.callback-names")
  void customRoutingHearsTheNamesOfTheConversation() {
    hooks("onConversationAdd", "onParticipantAdd");
    fixture.worlds.routing = RoutingMode.CUSTOM;
    routesToTheWorker();
    fixture.app.at(
        "/pre",
        r -> {
          r.form().value("ConversationSid").ifPresent(this::nameUniquely);
          return json("{\"friendly_name\":\"Ann\"}");
        });
    fixture.play();
    assertEquals("Ann", fixture.form("/routing", "FriendlyName"));
    assertEquals("unique", fixture.form("/routing", "UniqueName"));
  }

  private void nameUniquely(String conversation) {
    Conversation.Draft unique =
        new Conversation.Draft(null, "unique", null, null, null, null, null, null, null);
    var unused =
        fixture
            .world()
            .make(
                a ->
                    a.directory()
                        .conversationChanges()
                        .update(WorldFixture.SERVICE, conversation, unique),
                false);
  }

  @Test
  @Fact({"frontline-routing.answer-adds-nobody", "frontline-routing.callback-comes-before-workers"})
  void customRoutingWithoutAWorkerHoldsTheClockForAWhileOnly() {
    fixture.worlds.routing = RoutingMode.CUSTOM;
    fixture.worlds.patience = Duration.ofMillis(50);
    fixture.app.at("/routing", r -> new Landing.Answered(200, null, ""));
    fixture.play();
    assertEquals("no-other-participants", fixture.form("/action", "Result"));
    assertEquals(List.of("32506"), fixture.codes());
  }

  @Test
  void aSecondCallOfAStrangerWaitsWithTheFirst() {
    fixture.worlds.routing = RoutingMode.NONE;
    fixture.at("/voice", WorldFixture.connect("routingAssignmentTimeout='8'"));
    World world = twoCalls(Duration.ofSeconds(3), joinsAt(6));
    assertEquals(List.of("session-success", "session-success"), results());
    assertEquals(List.of(), codes(world));
    assertEquals(1, ask(a -> a.conversations().all(WorldFixture.SERVICE)).size());
  }

  @Test
  @Fact({"errors.code-32506", "frontline-routing.nobody-in-time"})
  void theyWaitNoLongerThanTheCustomerIsThere() {
    fixture.worlds.routing = RoutingMode.NONE;
    fixture.at("/voice", WorldFixture.connect("routingAssignmentTimeout='8'"));
    World world = twoCalls(Duration.ofSeconds(3), joinsAt(60));
    assertEquals(List.of("no-other-participants", "no-other-participants"), results());
    assertEquals(List.of("32506", "32506"), codes(world));
    assertEquals(List.of(8.0, 8.0), fixture.times("/action"));
  }

  @Test
  @Fact({
    "conversation-calls.caller-becomes-participant",
    "conversation-calls.what-is-unrouted-stays",
    "conversation-errors.32504",
    "errors.code-32504"
  })
  void whoComesAfterTheWaitFindsAConversationWithoutAWorker() {
    fixture.worlds.routing = RoutingMode.NONE;
    fixture.at("/voice", WorldFixture.connect("routingAssignmentTimeout='8'"));
    World world = twoCalls(Duration.ofSeconds(9), joinsAt(60));
    assertEquals(List.of("32506", "32504"), codes(world));
  }

  private static ScriptStep joinsAt(int second) {
    return new ScriptStep(Duration.ofSeconds(second), new ScriptStep.Joins(WorldFixture.WORKER));
  }

  private World twoCalls(Duration between, ScriptStep direction) {
    World world = fixture.worlds.with(fixture.app);
    fixture.on(world);
    Script script = fixture.script();
    Script directed =
        new Script(script.called(), script.caller(), List.of(direction), script.reactions());
    world.place(new Placement.ByCustomer(WorldFixture.STRANGER, WorldFixture.NUMBER, directed));
    world.place(
        new Placement.ByCustomer(WorldFixture.STRANGER, WorldFixture.NUMBER, script), between);
    world.runUntilIdle();
    return world;
  }

  private List<String> results() {
    return fixture.app.to("/action").stream()
        .map(r -> r.form().value("Result").orElse(""))
        .toList();
  }

  private Placed calls(String customer) {
    fixture.worlds.integration = new WorldSettings.Integration(null, FakeApp.URL + "/out", null);
    fixture.at("/outgoing", WorldFixture.connect(""));
    World world = fixture.worlds.with(fixture.app);
    fixture.on(world);
    return calls(world, customer);
  }

  private Placed calls(World world, String customer) {
    var placed =
        world.place(new Placement.ByWorker(WorldFixture.WORKER, null, customer, fixture.script()));
    world.runUntilIdle();
    return placed.join();
  }

  @Test
  @Fact({
    "frontline-callbacks.channel-in-two-parameters",
    "frontline-callbacks.get-proxy-address",
    "frontline-callbacks.location-and-worker",
    "frontline-callbacks.order-of-an-outgoing-conversation",
    "frontline-callbacks.proxy-address-answer",
    "frontline-voice.app-sends-conversation-sid"
  })
  void aWorkerBeginsAConversationByCalling() {
    hooks("onConversationAdded", "onParticipantAdded");
    fixture.app.at("/out", r -> json("{\"proxy_address\":\"" + WorldFixture.NUMBER + "\"}"));
    assertTrue(calls(WorldFixture.STRANGER) instanceof Placed.Ringing);
    assertEquals(
        List.of(
            "POST_WEBHOOK onConversationAdded",
            "INTEGRATION GetProxyAddress",
            "POST_WEBHOOK onParticipantAdded",
            "POST_WEBHOOK onParticipantAdded"),
        fixture.app.requests.stream()
            .filter(r -> r.kind() != RequestKind.VOICE)
            .limit(4)
            .map(r ->
                r.kind()
                    + " "
                    + r.form().value("EventType").or(() -> r.form().value("Location")).orElse(""))
            .toList());
    assertEquals(WorldFixture.WORKER, fixture.form("/out", "Worker"));
    assertEquals(WorldFixture.STRANGER, fixture.form("/out", "CustomerId"));
    assertEquals("sms", fixture.form("/out", "ChannelType"));
    assertEquals(WorldFixture.STRANGER, fixture.form("/out", "ChannelValue"));
    assertEquals("session-success", fixture.form("/action", "Result"));
    assertEquals("true", fixture.form("/action", "WorkerInitiated"));
    assertEquals(only().sid().value(), fixture.form("/outgoing", "ConversationSid"));
  }

  @Test
  @Fact({
    "errors.code-48004",
    "frontline-callbacks.error-answer-48004",
    "frontline-callbacks.no-proxy-address",
    "frontline-callbacks.proxy-address-foreign-48028"
  })
  void whomTheAppHasNoNumberForIsNotCalled() {
    fixture.app.at("/out", r -> new Landing.Answered(403, "application/json", "{}"));
    Placed.Refused refused = (Placed.Refused) calls(WorldFixture.STRANGER);
    assertTrue(refused.message().contains("48004"), refused.message());
    assertEquals(List.of(), ask(a -> a.conversations().all(WorldFixture.SERVICE)));
    assertEquals(List.of("48004"), codes(fixture.world()));
    fixture.app.at("/out", r -> json("{\"proxy_address\":\"+19998887777\"}"));
    assertTrue(((Placed.Refused) calls(WorldFixture.STRANGER)).message().contains("48028"));
  }

  @Test
  @Fact("frontline-voice.proxy-from-the-callback")
  void theNumberThatTheAppAnswersIsTheOneThatTheCustomerSees() {
    fixture.worlds.otherNumbers.add(OTHER_NUMBER);
    fixture.app.at("/out", r -> json("{\"proxy_address\":\"" + OTHER_NUMBER + "\"}"));
    assertTrue(calls(WorldFixture.STRANGER) instanceof Placed.Ringing);
    assertEquals("session-success", fixture.form("/action", "Result"));
    assertEquals(
        new Participant.Binding("sms", WorldFixture.STRANGER, OTHER_NUMBER, null),
        ask(a -> a.conversations().participants(only().sid())).getFirst().binding());
    assertEquals(
        List.of(OTHER_NUMBER),
        ask(a ->
            a.legs()
                .filter(found -> found.leg().to().equals(WorldFixture.STRANGER))
                .map(found -> found.leg().from())
                .toList()));
  }

  @Test
  @Fact("frontline-callbacks.invalid-contact-48025")
  void whatIsNoNumberCannotBeCalled() {
    Placed.Refused refused = (Placed.Refused) calls("555");
    assertTrue(refused.message().startsWith("48025: "), refused.message());
    assertEquals(List.of(), fixture.app.to("/out"));
  }

  @Test
  @Fact({"errors.code-48005", "frontline-callbacks.six-seconds-48005"})
  void theAppHasSixSecondsToSayFromWhichNumber() {
    fixture.app.at(
        "/out",
        r ->
            new Landing.Failed(
                TwilioError.HTTP_RETRIEVAL_FAILURE, "late", false, Duration.ofSeconds(6)));
    Placed.Refused refused = (Placed.Refused) calls(WorldFixture.STRANGER);
    assertTrue(refused.message().contains("48005"), refused.message());
    assertEquals(List.of("48005"), codes(fixture.world()));
    assertEquals(Duration.ofSeconds(6), fixture.app.to("/out").getFirst().limits().total());
    assertEquals(List.of(), ask(a -> a.conversations().all(WorldFixture.SERVICE)));
  }

  @Test
  @Fact({"errors.code-48031", "frontline-callbacks.pair-taken-48031"})
  void whoTalksWithAnotherWorkerIsNotCalled() {
    fixture.worlds.conversations.add(
        new KnownConversation(
            null, null, WorldFixture.CUSTOMER, WorldFixture.NUMBER, "bob", false));
    fixture.app.at("/out", r -> json("{\"proxy_address\":\"" + WorldFixture.NUMBER + "\"}"));
    Placed.Refused refused = (Placed.Refused) calls(WorldFixture.CUSTOMER);
    assertTrue(refused.message().contains("48031"), refused.message());
    assertEquals(1, ask(a -> a.conversations().all(WorldFixture.SERVICE)).size());
  }

  @Test
  @Fact({"frontline-callbacks.pair-taken-48031", "known-problems.another-worker-engaged"})
  void whoFoundNobodyCanBeCalledByNobody() {
    fixture.worlds.routing = RoutingMode.NONE;
    fixture.worlds.integration = new WorldSettings.Integration(null, FakeApp.URL + "/out", null);
    fixture.app.at("/out", r -> json("{\"proxy_address\":\"" + WorldFixture.NUMBER + "\"}"));
    fixture.play();
    assertEquals(List.of(), whoWasRouted());
    Placed.Refused refused = (Placed.Refused) calls(fixture.world(), WorldFixture.CUSTOMER);
    assertTrue(refused.message().contains("48031"), refused.message());
    assertEquals(1, ask(a -> a.conversations().all(WorldFixture.SERVICE)).size());
  }

  @Test
  @Fact("frontline-routing.availability-is-for-the-pool")
  void whoIsNotAvailableGetsNoNewConversation() {
    fixture.worlds.available = false;
    fixture.play();
    assertEquals("no-other-participants", fixture.form("/action", "Result"));
  }

  @Test
  @Fact("frontline-routing.deactivated-is-logged-out")
  void aDeactivatedWorkerDoesNotHearThePhone() {
    fixture.play();
    assertEquals("session-success", fixture.form("/action", "Result"));
    User.Draft off = new User.Draft(null, null, null, null, false, null);
    make(a -> a.directory().users().update(WorldFixture.SERVICE, WorldFixture.WORKER, off), false);
    fixture.joined(WorldFixture.CUSTOMER);
    assertEquals("dialed-call-incomplete", fixture.form("/action", "Result"));
  }
}
