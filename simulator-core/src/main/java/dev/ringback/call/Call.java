package dev.ringback.call;

import dev.ringback.call.CallFacts.Counters;
import dev.ringback.id.Sid;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Recording;
import dev.ringback.voice.VoiceUrls;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call: what is known of it, and what it is doing. */
public record Call(CallFacts facts, CallState state) {

  /** A call that has not begun. */
  public static Call arriving(
      Sid account, Leg leg, VoiceUrls line, Map<String, String> parameters, long seed) {
    return queued(account, leg, line, null, parameters, seed);
  }

  /** A call of the REST API that has not begun. */
  public static Call queued(
      Sid account,
      Leg leg,
      VoiceUrls line,
      @Nullable ApiCallOptions order,
      Map<String, String> parameters,
      long seed) {
    return new Call(
        new CallFacts(
            account,
            leg,
            line,
            order,
            parameters,
            null,
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            List.of(),
            seed,
            Counters.NONE),
        new CallState.Arriving());
  }

  /**
   * The same, a call that has not begun.
   *
   * @param callerIds numbers that a phone it dials may be shown; null: every one
   */
  public Call showing(@Nullable Set<String> callerIds) {
    CallFacts f = facts;
    return new Call(
        new CallFacts(
            f.account(),
            f.leg(),
            f.line(),
            f.order(),
            f.parameters(),
            callerIds,
            f.children(),
            f.recordings(),
            f.streams(),
            f.speaksUntil(),
            f.limit(),
            f.rounds(),
            f.seed(),
            f.counters()),
        state);
  }

  /** The same, its legs ended as failed: nobody will step it any more. */
  public Call failed(Instant now) {
    CallFacts f = facts;
    return new Call(
        new CallFacts(
            f.account(),
            failed(f.leg(), now),
            f.line(),
            f.order(),
            f.parameters(),
            f.callerIds(),
            f.children().stream().map(child -> failed(child, now)).toList(),
            f.recordings(),
            f.streams(),
            f.speaksUntil(),
            null,
            f.rounds(),
            f.seed(),
            f.counters()),
        new CallState.Ended(null));
  }

  private static Leg failed(Leg leg, Instant now) {
    return leg.ended() ? leg : leg.ended(CallStatus.FAILED, now);
  }

  public Sid sid() {
    return facts.leg().sid();
  }

  /** Whether nothing will ever happen to it again. */
  public boolean over() {
    return state instanceof CallState.Ended ended
        && ended.lastRequest() == null
        && facts.recordings().stream().allMatch(Recording::settled);
  }
}
