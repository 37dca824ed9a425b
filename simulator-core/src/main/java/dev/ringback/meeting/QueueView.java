package dev.ringback.meeting;

import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import java.time.Instant;
import java.util.List;

/**
 * A queue as it is seen from outside (docs/voice/api/queue-resource).
 *
 * @param averageWait of those who left it, in seconds
 * @param members who came first is first
 */
@WireData
public record QueueView(
    Sid sid,
    String name,
    int maxSize,
    long averageWait,
    List<Member> members,
    Instant created,
    Instant updated) {

  /** A call that waits in it. */
  public record Member(Sid call, Instant since) {}
}
