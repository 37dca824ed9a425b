package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Recording;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call whatever it is doing.
 *
 * @param account whose call it is
 * @param leg the call itself
 * @param line the URLs that answer for it
 * @param order of the REST API; null: the call came in
 * @param parameters sent with each of its voice requests, such as {@code ApplicationSid}
 * @param callerIds numbers that a phone it dials may be shown, those of the account when it was
 *     placed and those that were verified; null: every one
 * @param children legs it dialled, oldest first
 * @param recordings oldest first
 * @param streams media streams that run, oldest first
 * @param speaksUntil when what its party says now will be over; null: it has said nothing yet
 * @param limit ends the call when it has lasted too long; null: it may last for ever
 * @param rounds documents that came since somebody last pressed a key or said words
 * @param seed of the identifiers the call makes
 * @param counters of what it made so far
 */
public record CallFacts(
    Sid account,
    Leg leg,
    VoiceUrls line,
    @Nullable ApiCallOptions order,
    Map<String, String> parameters,
    @Nullable Set<String> callerIds,
    List<Leg> children,
    List<Recording> recordings,
    List<MediaStream> streams,
    @Nullable Instant speaksUntil,
    @Nullable Alarm limit,
    List<Round> rounds,
    long seed,
    Counters counters) {

  /**
   * A media stream that runs.
   *
   * @param name null: it has none
   * @param callback where its events go; null: nowhere
   */
  public record MediaStream(Sid sid, @Nullable String name, @Nullable Target callback) {}

  /**
   * A document that came.
   *
   * @param text its hash
   * @param times how often
   */
  public record Round(String url, int text, int times) {}

  /**
   * How many of each a call has made.
   *
   * @param waits documents heard while it waited in a queue or conference
   * @param reports of its progress to its own status callback
   */
  public record Counters(
      int sids, int exchanges, int alarms, int questions, int documents, int waits, int reports) {
    public static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0);
  }

  /** Whether a phone may be shown it: the calling number, the called one, or a verified one. */
  boolean mayShow(String number) {
    return callerIds == null
        || callerIds.contains(number)
        || number.equals(leg.from())
        || number.equals(leg.to());
  }

  /** The leg of that SID, the call's own or one it dialled. */
  public @Nullable Leg leg(Sid sid) {
    if (leg.sid().equals(sid)) {
      return leg;
    }
    for (Leg child : children) {
      if (child.sid().equals(sid)) {
        return child;
      }
    }
    return null;
  }
}
