package dev.ringback.voice;

import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One leg, a Call resource of its own (docs/voice/api/call-resource).
 *
 * @param parent the leg that dialled this one; null for the first leg
 * @param from E.164, {@code client:…}, {@code sip:…} or a word for a withheld number
 * @param to the same; empty when a client calls out
 * @param startedAt when it was made
 * @param answeredAt null until it is answered
 * @param endedAt null until it has ended
 */
@WireData
public record Leg(
    Sid sid,
    @Nullable Sid parent,
    String from,
    String to,
    Direction direction,
    CallStatus status,
    Instant startedAt,
    @Nullable Instant answeredAt,
    @Nullable Instant endedAt) {
  /** A leg that a call has just dialled. */
  public static Leg dialled(Sid sid, Sid parent, String from, String to, Instant now) {
    return new Leg(
        sid, parent, from, to, Direction.OUTBOUND_DIAL, CallStatus.INITIATED, now, null, null);
  }

  public boolean answered() {
    return answeredAt != null;
  }

  public boolean ended() {
    return endedAt != null;
  }

  /** The party at the other end: a number, a client, a SIP address. */
  public String party() {
    return direction == Direction.INBOUND ? from : to;
  }

  public Leg in(CallStatus status) {
    return with(status, answeredAt, endedAt);
  }

  public Leg ringing() {
    return with(CallStatus.RINGING, answeredAt, endedAt);
  }

  public Leg answered(Instant now) {
    return with(CallStatus.IN_PROGRESS, now, endedAt);
  }

  public Leg ended(CallStatus status, Instant now) {
    return with(status, answeredAt, now);
  }

  private Leg with(CallStatus status, @Nullable Instant answeredAt, @Nullable Instant endedAt) {
    return new Leg(sid, parent, from, to, direction, status, startedAt, answeredAt, endedAt);
  }

  /**
   * Seconds from answer to end, as {@code CallDuration} and {@code DialCallDuration} give them:
   * whole, rounded half up, at least 1 for an answered leg; 0 for one that was not answered.
   */
  public long seconds() {
    if (answeredAt == null || endedAt == null) {
      return 0;
    }
    return Math.max(1, wholeSeconds(Duration.between(answeredAt, endedAt)));
  }

  /** The final SIP response behind the leg's end (RFC 3261; docs/voice/api/call-resource). */
  public int sipResponse() {
    if (answered()) {
      return 200;
    }
    return switch (status) {
      case BUSY -> 486;
      case NO_ANSWER, CANCELED -> 487;
      case FAILED -> 404;
      case QUEUED, INITIATED, RINGING, IN_PROGRESS, COMPLETED -> 200;
    };
  }

  public static long wholeSeconds(Duration duration) {
    return duration.plusMillis(500).toSeconds();
  }
}
