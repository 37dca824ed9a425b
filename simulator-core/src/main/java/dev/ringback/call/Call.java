package dev.ringback.call;

import dev.ringback.call.CallFacts.Legs;
import dev.ringback.call.CallFacts.Origin;
import dev.ringback.id.Sid;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Recording;
import dev.ringback.voice.VoiceUrls;
import java.time.Instant;
import java.util.Map;

/** A call: what is known of it, and what it is doing. */
public record Call(CallFacts facts, CallState state) {
  /** A call that has fetched so many documents ends, so that none can spin for ever. */
  public static final int MAX_DOCUMENTS = 100;

  /** A call that has not begun. */
  public static Call arriving(
      Origin origin, Leg leg, VoiceUrls urls, Map<String, String> parameters) {
    return new Call(CallFacts.placed(origin, urls, parameters, leg), new CallState.Arriving());
  }

  /**
   * A leg that another call has dialled, as a call of its own until the two are connected.
   *
   * @param seed of the identifiers it makes
   */
  public static Call called(Sid account, Leg leg, VoiceUrls urls, long seed) {
    return arriving(new Origin(account, seed, null, null), leg, urls, Map.of());
  }

  /** The same, its legs ended as failed: nothing will step it any more. */
  public Call failed(Instant now) {
    Legs legs =
        new Legs(
            failed(facts.leg(), now),
            facts.children().stream().map(child -> failed(child, now)).toList());
    return new Call(
        facts.with(legs).with(facts.progress().limitedBy(null)), new CallState.Ended(null));
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
