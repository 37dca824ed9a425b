package dev.ringback.meeting;

import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import dev.ringback.twiml.DialNoun;
import dev.ringback.twiml.WireNamed;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conference as it is seen from outside (docs/voice/api/conference-resource).
 *
 * @param reason why it ended; null: it has not
 * @param endedBy the call that ended it; null: none did
 */
@WireData
public record ConferenceView(
    Sid sid,
    String name,
    Status status,
    Instant created,
    Instant updated,
    @Nullable String reason,
    @Nullable Sid endedBy,
    List<Member> members) {

  /** What a conference is doing. */
  public enum Status implements WireNamed {
    INIT("init"),
    IN_PROGRESS("in-progress"),
    COMPLETED("completed");

    private final String wireName;

    Status(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  /** A call that is in it. */
  public record Member(Sid call, DialNoun.Conference noun, Instant since) {}
}
