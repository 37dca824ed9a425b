package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.voice.Act;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Direction;
import dev.ringback.voice.Leg;
import java.util.Optional;

/** Whether a person can do something now; what cannot be done is refused with the reason. */
public final class Possible {
  private Possible() {}

  /** Why the act is impossible on that leg at this moment; empty: it is possible. */
  public static Optional<String> refusal(Call call, Sid legSid, Act act) {
    Leg leg = call.facts().leg(legSid);
    if (leg == null) {
      return Optional.of("the call has no leg " + legSid);
    }
    if (leg.ended()) {
      return Optional.of("the leg has ended (" + leg.status().wireName() + ")");
    }
    boolean called = leg.direction() != Direction.INBOUND;
    return switch (act) {
      case Act.Ring ring ->
          unless(called && leg.status() == CallStatus.INITIATED, "the leg is not being dialled");
      case Act.Refusal refusal ->
          unless(
              called && !leg.answered(), "only a called party that has not answered can do that");
      case Act.Answer answer ->
          unless(
              called && leg.status() == CallStatus.RINGING, "the leg is not ringing for an answer");
      case Act.HangUp hangUp ->
          unless(!called || leg.answered(), "the called party has not answered; it can decline");
      case Act.Press press -> unless(leg.answered(), "the leg has not been answered");
      case Act.Talk talk -> unless(leg.answered(), "the leg has not been answered");
      case Act.Speak speak -> unless(leg.answered(), "the leg has not been answered");
    };
  }

  private static Optional<String> unless(boolean possible, String reason) {
    return possible ? Optional.empty() : Optional.of(reason);
  }
}
