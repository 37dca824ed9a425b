package dev.ringback.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.CallEvent;
import dev.ringback.callback.Param;
import dev.ringback.callback.WebRequest;
import dev.ringback.engine.World;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.scenario.ParameterNames;
import dev.ringback.voice.RequestKind;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Seeded random calls in random worlds with random apps: the laws hold after every step, and every
 * call ends. A failure names its seed and the command that replays it.
 */
class RandomCallsTest {
  private static final int ALL_CALLS = 12_000;

  /** Fewer where the test runs often, as under {@code make mutants}. */
  private static final int CALLS = Integer.getInteger("ringback.calls", ALL_CALLS);

  private final Set<String> results = new TreeSet<>();
  private final Set<RequestKind> kinds = EnumSet.noneOf(RequestKind.class);

  @Test
  @dev.ringback.fidelity.Fact({
    "connect.sequence-numbers-of-sessions",
    "conversation-calls.action-after-a-talk",
    "dial.without-action-and-verbs-hang-up",
    "frontline-voice.dial-call-sid-is-the-child",
    "record.answer-after-hang-up-is-not-run",
    "status-callbacks.number-reports-once-at-the-end",
    "status-callbacks.sequence-from-zero",
    "status-callbacks.sequence-of-a-number-is-zero",
    "status-callbacks.session-counts-from-one"
  })
  void theLawsHoldAndEveryCallEnds() {
    Long one = Long.getLong("ringback.seed");
    if (one != null) {
      play(one);
      return;
    }
    for (long seed = 0; seed < CALLS; seed++) {
      try {
        play(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            ("seed %d: %s%nagain: scripts/mvn -pl simulator-core test -Dtest=RandomCallsTest"
                    + " -Dringback.seed=%d")
                .formatted(seed, e.getMessage(), seed),
            e);
      }
    }
    if (CALLS < ALL_CALLS) {
      return;
    }
    // The calls are of all sorts, or the laws would hold of little.
    assertEquals(
        7, results.stream().filter(r -> r.startsWith("result")).count(), results::toString);
    assertEquals(6, results.stream().filter(r -> r.startsWith("dial")).count(), results::toString);
    assertEquals(6, results.stream().filter(r -> r.startsWith("queue")).count(), results::toString);
    assertEquals(14, results.stream().filter(r -> r.startsWith("verb")).count(), results::toString);
    assertEquals(
        11, results.stream().filter(r -> r.startsWith("fault")).count(), results::toString);
    // Frontline's integration service is called by the app's developer, not by calls.
    assertEquals(EnumSet.complementOf(EnumSet.of(RequestKind.INTEGRATION)), kinds);
  }

  private void play(long seed) {
    RandomCalls calls = new RandomCalls(seed);
    World world = calls.world();
    LawWatch watch = new LawWatch(calls.behaviour());
    world.journal().subscribe(watch::hear);
    calls.begin();
    // Safety has held under faults; without them, everything comes to its end.
    world.removeFaults();
    watch.hangUpWhereOneWaitsForEver(world);
    watch.end(world);
    for (WebRequest request : calls.requests()) {
      kinds.add(request.kind());
      for (Param param : request.form().params()) {
        assertTrue(
            ParameterNames.carries(request.kind(), param.name()),
            () -> request.kind() + " carries " + param.name() + ", which no scenario can name");
      }
      request.form().value("Result").ifPresent(r -> results.add("result " + r));
      request.form().value("DialCallStatus").ifPresent(s -> results.add("dial " + s));
      request.form().value("QueueResult").ifPresent(s -> results.add("queue " + s));
    }
    for (JournalEntry entry : world.journal().all()) {
      if (entry.fact() instanceof Fact.FaultStruck struck) {
        results.add(
            "fault " + struck.what().replaceAll("the \\S+ request|by .*|\\S+ s late|late", ""));
      }
      if (entry.fact() instanceof Fact.Happened(CallEvent.VerbStarted verb)) {
        results.add("verb " + verb.verb());
      }
    }
  }
}
