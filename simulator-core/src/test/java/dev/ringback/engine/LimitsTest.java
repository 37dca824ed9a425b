package dev.ringback.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Conversations;
import dev.ringback.conversation.Message;
import dev.ringback.conversation.State;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.Sid;
import dev.ringback.journal.Footprint;
import dev.ringback.journal.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a world keeps, and what it takes at a time. */
@Timeout(60)
class LimitsTest {
  private static <T> T now(World world, CompletableFuture<T> future) {
    world.runUntilIdle();
    return future.join();
  }

  @Test
  void beyondTheLimitOfLiveCallsPlacementsAreRefusedUntilOneIsOver() {
    WorldFixture worlds = new WorldFixture();
    worlds.clock = new ClockMode.Stepped();
    worlds.maxLiveCalls = 2;
    World world =
        worlds.with(new FakeApp().at("/voice", "<Response><Pause length='10'/></Response>"));
    assertInstanceOf(Placed.Ringing.class, now(world, world.place(WorldFixture.call())));
    assertInstanceOf(Placed.Ringing.class, now(world, world.place(WorldFixture.call())));
    Placed.Refused refused =
        assertInstanceOf(Placed.Refused.class, now(world, world.place(WorldFixture.call())));
    assertTrue(refused.tooMany());
    assertEquals("2 calls are live, as many as may be", refused.message());
    assertTrue(refused.hint().contains("server.maxLiveCalls"), refused.hint());
    now(world, world.advance(Duration.ofSeconds(11)));
    assertInstanceOf(Placed.Ringing.class, now(world, world.place(WorldFixture.call())));
    assertInstanceOf(Placed.Ringing.class, now(world, world.place(WorldFixture.call())));
    assertInstanceOf(Placed.Refused.class, now(world, world.place(WorldFixture.call())));
  }

  /** The legs that it dialled go with it, and those of a call that stays do not. */
  @Test
  void callsThatAreOverAreForgottenTheOldestFirst() {
    WorldFixture worlds = new WorldFixture();
    worlds.clock = new ClockMode.Stepped();
    World world =
        worlds.with(
            new FakeApp()
                .at("/voice", "<Response><Dial timeout='5'>+15558675311</Dial></Response>"));
    worlds.casts.put("+15558675311", new Cast.Busy());
    List<Sid> calls = new ArrayList<>();
    List<Sid> children = new ArrayList<>();
    for (int i = 0; i < LiveCalls.MAX_CALLS + 2; i++) {
      Sid call = ((Placed.Ringing) now(world, world.place(WorldFixture.call()))).call();
      calls.add(call);
      now(world, world.advance(Duration.ofSeconds(10)));
      children.add(
          now(world, world.call(call)).orElseThrow().call().facts().children().getFirst().sid());
    }
    for (List<Sid> legs : List.of(calls, children)) {
      assertTrue(now(world, world.call(legs.get(0))).isEmpty());
      assertTrue(now(world, world.call(legs.get(1))).isEmpty());
      assertEquals(calls.get(2), now(world, world.call(legs.get(2))).orElseThrow().call().sid());
    }
    assertEquals(LiveCalls.MAX_CALLS, now(world, world.calls()).size());
    assertEquals(
        2 * LiveCalls.MAX_CALLS,
        now(world, world.ask(account -> account.legs().count())).intValue());
  }

  /** However large the answers are: what is kept of the past has a size in bytes. */
  @Test
  void largeAnswersLeaveNoMoreThanSmallOnes() {
    WorldFixture worlds = new WorldFixture();
    worlds.clock = new ClockMode.Stepped();
    String large = "<!-- " + "x".repeat(60_000) + " -->";
    World world =
        worlds.with(
            new FakeApp()
                .at("/voice", "<Response>" + large + "<Say loud='yes'>Hello</Say></Response>"));
    for (int i = 0; i < 1_200; i++) {
      now(world, world.place(WorldFixture.call()));
      now(world, world.advance(Duration.ofMinutes(1)));
    }
    long journal = world.journal().all().stream().mapToLong(Footprint::of).sum();
    assertTrue(journal > Journal.CAPACITY / 2 && journal <= Journal.CAPACITY, "" + journal);
    assertTrue(world.journal().forgotten() > 0);
    long calls =
        now(world, world.calls()).stream()
            .mapToLong(call ->
                now(world, world.call(call.sid())).orElseThrow().entries().stream()
                    .mapToLong(Footprint::of)
                    .sum())
            .sum();
    assertTrue(calls > LiveCalls.MAX_BYTES / 2 && calls <= LiveCalls.MAX_BYTES, "" + calls);
    long alerts =
        now(world, world.ask(Account::debugger)).stream()
            .map(LoggedAlert::answer)
            .mapToLong(Footprint::of)
            .sum();
    assertTrue(alerts > 0 && alerts <= Debugger.CAPACITY, "" + alerts);
  }

  @Test
  void theOldestMessagesOfALargeConversationAreForgottenAndTheirNumbersAreNot() {
    WorldFixture worlds = new WorldFixture();
    worlds.clock = new ClockMode.Stepped();
    World world = worlds.with(new FakeApp());
    Sid conversation = made(world);
    for (int i = 0; i < 6_000; i++) {
      write(world, conversation);
    }
    List<Message> kept = now(world, world.ask(a -> a.conversations().messages(conversation)));
    assertEquals(5_999, kept.getLast().index());
    assertEquals(6_000 - kept.size(), kept.getFirst().index());
    assertTrue(kept.size() > 1_600 && kept.size() < 2_000, "" + kept.size());
    // Others go when all are too large, the oldest first.
    List<Sid> others = new ArrayList<>();
    for (int c = 0; c < 8; c++) {
      others.add(made(world));
      for (int i = 0; i < 1_700; i++) {
        write(world, others.getLast());
      }
    }
    assertFalse(knows(world, conversation));
    assertTrue(knows(world, others.getLast()));
    kept = now(world, world.ask(a -> a.conversations().messages(others.getLast())));
    assertEquals(1_700, kept.size());
  }

  private static void write(World world, Sid conversation) {
    now(
        world,
        world.make(
            account ->
                account
                    .directory()
                    .messageChanges()
                    .add(
                        conversation,
                        new Message.Draft(
                            "alice", null, "{\"x\":\"" + "x".repeat(4_000) + "\"}", null, null)),
            false));
  }

  private static Sid made(World world) {
    return now(
            world,
            world.make(
                account ->
                    account
                        .directory()
                        .conversationChanges()
                        .create(WorldFixture.SERVICE, Conversation.Draft.EMPTY),
                false))
        .sid();
  }

  private static boolean knows(World world, Sid conversation) {
    return now(world, world.ask(account -> account.conversations().find(conversation).isPresent()));
  }

  @Test
  void conversationsAreForgottenClosedOnesFirstAndTheOldestFirst() {
    WorldFixture worlds = new WorldFixture();
    worlds.clock = new ClockMode.Stepped();
    FakeApp app =
        new FakeApp()
            .at(
                "/voice",
                WorldFixture.connect("inboundAutocreation=\"true\" inboundTimeout=\"600\""));
    World world = worlds.with(app);
    Sid configured =
        now(world, world.ask(a -> a.conversations().all(WorldFixture.SERVICE).getFirst().sid()));
    // A stranger's live call is in the second oldest.
    Placed placed =
        now(
            world,
            world.place(
                new Placement.ByCustomer(
                    WorldFixture.STRANGER, WorldFixture.NUMBER, Script.NO_DIRECTIONS)));
    assertInstanceOf(Placed.Ringing.class, placed);
    Sid ofLiveCall =
        now(world, world.ask(a -> a.conversations().all(WorldFixture.SERVICE).getLast().sid()));
    assertFalse(configured.equals(ofLiveCall));
    Sid oldest = made(world);
    Sid second = made(world);
    Sid closed = made(world);
    now(
        world,
        world.make(
            account ->
                account
                    .directory()
                    .conversationChanges()
                    .update(
                        WorldFixture.SERVICE,
                        closed.value(),
                        new Conversation.Draft(
                            null, null, null, null, State.CLOSED, null, null, null, null)),
            false));
    for (int i = 5; i < Conversations.MAX_CONVERSATIONS; i++) {
      made(world);
    }
    assertTrue(knows(world, closed));
    made(world);
    assertFalse(knows(world, closed), "a closed one goes first");
    assertTrue(knows(world, oldest));
    made(world);
    assertFalse(knows(world, oldest), "then the oldest");
    assertTrue(knows(world, second));
    Sid newest = made(world);
    assertFalse(knows(world, second));
    for (Sid stays : List.of(configured, ofLiveCall, newest)) {
      assertTrue(knows(world, stays));
    }
    Integer kept = now(world, world.ask(a -> a.conversations().all(WorldFixture.SERVICE).size()));
    assertEquals(Conversations.MAX_CONVERSATIONS, kept.intValue());
    now(world, world.advance(Duration.ofHours(1)));
    made(world);
    assertFalse(knows(world, ofLiveCall), "the call is over");
  }

  /** An error is no mishap of one input: whoever waits is told, and whoever comes later, too. */
  @Test
  void aLoopThatDiesSaysSo() throws Exception {
    WorldFixture worlds = new WorldFixture();
    worlds.clock = new ClockMode.Stepped();
    try (World world = worlds.with(new FakeApp().at("/voice", WorldFixture.connect(""))).start()) {
      Sid call =
          ((Placed.Ringing) world.place(WorldFixture.call()).get(5, TimeUnit.SECONDS)).call();
      CompletableFuture<?> waiting = world.whenOver(call);
      assertTrue(world.death().isEmpty());
      CompletableFuture<?> fatal =
          world.ask(account -> {
            throw new LinkageError("a class is broken");
          });
      for (CompletableFuture<?> each : List.of(fatal, waiting)) {
        checkDead(each);
      }
      checkDead(world.clock());
      assertTrue(world.death().orElseThrow().contains("a class is broken"));
    }
  }

  private static void checkDead(CompletableFuture<?> future) {
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> future.get(5, TimeUnit.SECONDS));
    WorldGone gone = assertInstanceOf(WorldGone.class, e.getCause());
    assertEquals(WorldGone.Why.DIED, gone.why());
    assertTrue(
        String.valueOf(gone.getMessage()).contains("has died: java.lang.LinkageError"),
        gone.getMessage());
  }
}
