package dev.ringback.behaviour.fetching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.CallInput;
import dev.ringback.callback.WebRequest;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.engine.Wire;
import dev.ringback.engine.World;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.voice.Act;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which requests are in the air together, and in which order their landings count. */
@Timeout(60)
class RequestsInFlightTest {
  /** A wire whose answers the test gives, when and in the order it likes. */
  private static final class Held implements Wire {
    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();

    record Sent(WebRequest request, Receiver receiver) {
      String path() {
        return request.url().substring(FakeApp.URL.length());
      }

      String value(String name) {
        return request.form().value(name).orElse("absent");
      }

      void answer(Landing landing) {
        receiver.landed(landing, Duration.ZERO);
      }

      void answer(String twiml) {
        answer(FakeApp.twiml("<Response>" + twiml + "</Response>"));
      }

      void answer() {
        answer(new Landing.Answered(204, null, ""));
      }
    }

    @Override
    public void send(WebRequest request, Receiver receiver) {
      sent.add(new Sent(request, receiver));
    }

    @Override
    public void abandon() {}

    Sent next() throws InterruptedException {
      Sent next = sent.poll(5, TimeUnit.SECONDS);
      assertNotNull(next, "no request came");
      return next;
    }
  }

  private static Placement calls(String from, ScriptStep... directions) {
    return new Placement.ByCustomer(
        from, WorldFixture.NUMBER, new Script(Map.of(), Caller.DEFAULT, List.of(directions)));
  }

  /** Who called, in the order in which the answers to the first requests counted. */
  private static List<String> landings(World world) {
    List<String> order = new ArrayList<>();
    for (var entry : world.journal().after(0, 1_000)) {
      if (entry.fact() instanceof Fact.Took(CallInput input)
          && input instanceof CallInput.Landed landed
          && landed.kind().expectsTwiml()) {
        order.add(String.valueOf(entry.call()));
      }
    }
    return order;
  }

  private static String ringing(World world, Placement placement) throws Exception {
    return ((Placed.Ringing) world.place(placement).get(5, TimeUnit.SECONDS)).call().value();
  }

  /** Calls that came at one instant, each of which waits for its first document. */
  private static final class Together implements AutoCloseable {
    final Held wire = new Held();
    final World world;
    final List<String> calls = new ArrayList<>();
    final List<Held.Sent> sent = new ArrayList<>();

    Together(int many) throws Exception {
      world = new WorldFixture().with(wire);
      List<CompletableFuture<Placed>> placed = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        placed.add(world.place(calls("+1555867530" + i)));
      }
      world.start();
      for (CompletableFuture<Placed> each : placed) {
        calls.add(((Placed.Ringing) each.get(5, TimeUnit.SECONDS)).call().value());
        sent.add(wire.next());
      }
      assertEquals(calls, sent.stream().map(s -> s.value("CallSid")).toList());
    }

    /** The next requests, as many as there are calls. */
    List<Held.Sent> next() throws Exception {
      List<Held.Sent> next = new ArrayList<>();
      while (next.size() < calls.size()) {
        next.add(wire.next());
      }
      return next;
    }

    void end() throws Exception {
      for (int i = 0; i < calls.size(); i++) {
        Held.Sent report = wire.next();
        assertEquals("/call-status", report.path());
        report.answer();
      }
      for (String call : calls) {
        world.whenOver(new Sid(call)).get(5, TimeUnit.SECONDS);
      }
    }

    @Override
    public void close() {
      world.close();
    }
  }

  private static Landing moved(int status) {
    return new Landing.Answered(
        status, null, "", List.of(new Landing.Header("location", "/elsewhere")), null);
  }

  @Test
  void whoAskedFirstLandsFirstWhoeverIsAnsweredFirst() throws Exception {
    try (Together together = new Together(6)) {
      together.sent.reversed().forEach(sent -> sent.answer("<Hangup/>"));
      together.end();
      assertEquals(together.calls, landings(together.world));
    }
  }

  @Test
  void whoIsTriedAgainKeepsItsPlace() throws Exception {
    try (Together together = new Together(2)) {
      together.sent.get(1).answer("<Hangup/>");
      together.sent.get(0).answer(moved(302));
      Held.Sent again = together.wire.next();
      assertTrue(again.path().startsWith("/elsewhere?"), again.path());
      again.answer("<Hangup/>");
      together.end();
      assertEquals(together.calls, landings(together.world));
    }
  }

  @Test
  void triesThatAreMadeAgainLeaveInTheOrderOfAsking() throws Exception {
    try (Together together = new Together(6)) {
      together.sent.reversed().forEach(sent -> sent.answer(moved(307)));
      List<Held.Sent> again = together.next();
      assertEquals(together.calls, again.stream().map(s -> s.value("CallSid")).toList());
      again.forEach(sent -> sent.answer("<Hangup/>"));
      together.end();
    }
  }

  /** A conference tells what happens in it one after the other, and holds back no call. */
  @Test
  void theReportsOfAConferenceHaveTheirOwnOrder() throws Exception {
    Held wire = new Held();
    try (World world = new WorldFixture().with(wire).start()) {
      String call =
          ringing(
              world,
              calls(
                  WorldFixture.CUSTOMER,
                  new ScriptStep(
                      Duration.ofSeconds(10),
                      new ScriptStep.Does(CallParty.CUSTOMER, new Act.HangUp()))));
      wire.next()
          .answer(
              "<Dial><Conference waitUrl='' statusCallback='/conf' "
                  + "statusCallbackEvent='leave end'>room</Conference></Dial>");
      Held.Sent leave = wire.next();
      assertEquals("participant-leave", leave.value("StatusCallbackEvent"));
      // The call's own report does not wait for the conference's, and the conference's next does.
      Held.Sent status = wire.next();
      assertEquals("/call-status", status.path());
      assertEquals(call, status.value("CallSid"));
      status.answer();
      assertEquals(2, world.clock().get(5, TimeUnit.SECONDS).inFlight());
      assertNull(wire.sent.peek());
      leave.answer();
      assertEquals("conference-end", wire.next().value("StatusCallbackEvent"));
    }
  }
}
