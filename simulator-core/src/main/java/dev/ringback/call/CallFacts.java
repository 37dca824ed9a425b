package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Recording;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call whatever it is doing.
 *
 * @param origin what it was placed with
 * @param urls that answer for it
 * @param parameters sent with each of its voice requests, such as {@code ApplicationSid}
 * @param legs the call itself, and those it dialled
 * @param media what is recorded and streamed
 * @param progress how far it has come
 */
public record CallFacts(
    Origin origin,
    VoiceUrls urls,
    Map<String, String> parameters,
    Legs legs,
    Media media,
    Progress progress) {

  /**
   * What a call was placed with.
   *
   * @param account whose call it is
   * @param seed of the identifiers the call makes
   * @param options of the REST API; null: the call came in
   * @param callerIds numbers that a phone it dials may be shown, those of the account when it was
   *     placed and those that were verified; null: every one
   */
  public record Origin(
      Sid account, long seed, @Nullable ApiCallOptions options, @Nullable Set<String> callerIds) {}

  /**
   * @param own the call itself
   * @param children legs it dialled, oldest first
   */
  public record Legs(Leg own, List<Leg> children) {}

  /**
   * @param recordings oldest first
   * @param streams media streams that run, oldest first
   * @param speaksUntil when what its party says now will be over; null: it has said nothing yet
   */
  public record Media(
      List<Recording> recordings, List<MediaStream> streams, @Nullable Instant speaksUntil) {
    static final Media NONE = new Media(List.of(), List.of(), null);
  }

  /**
   * A media stream that runs.
   *
   * @param name null: it has none
   * @param callback where its events go; null: nowhere
   */
  public record MediaStream(Sid sid, @Nullable String name, @Nullable Target callback) {}

  /**
   * How far a call has come.
   *
   * @param limit ends the call when it has lasted too long; null: it may last for ever
   * @param rounds documents that came since its party last pressed a key or said words
   * @param documents that it has fetched
   * @param waits documents heard while it waited in a queue or conference
   * @param reports of its progress to its own status callback
   * @param made how many identifiers of each kind it has made
   */
  public record Progress(
      @Nullable Alarm limit,
      List<Round> rounds,
      int documents,
      int waits,
      int reports,
      Counters made) {
    static final Progress NONE = new Progress(null, List.of(), 0, 0, 0, Counters.NONE);

    Progress limitedBy(@Nullable Alarm limit) {
      return new Progress(limit, rounds, documents, waits, reports, made);
    }

    private Progress having(List<Round> rounds) {
      return new Progress(limit, rounds, documents, waits, reports, made);
    }

    /** A document has come; it is the last of the rounds now. */
    Progress coming(String url, String text) {
      Round round = new Round(url, text.hashCode(), 1);
      List<Round> counted = new ArrayList<>();
      for (Round before : rounds) {
        if (before.url().equals(url) && before.text() == round.text()) {
          round = new Round(url, round.text(), before.times() + 1);
        } else {
          counted.add(before);
        }
      }
      counted.add(round);
      return having(List.copyOf(counted));
    }

    /** Keys or words: whatever comes again from now on, comes for a reason. */
    Progress hearingSomethingNew() {
      return having(List.of());
    }

    Progress fetching(boolean waiting) {
      return new Progress(
          limit,
          rounds,
          waiting ? documents : documents + 1,
          waiting ? waits + 1 : waits,
          reports,
          made);
    }

    Progress reporting() {
      return new Progress(limit, rounds, documents, waits, reports + 1, made);
    }

    Progress making(Counters made) {
      return new Progress(limit, rounds, documents, waits, reports, made);
    }
  }

  /**
   * A document that came.
   *
   * @param text its hash
   * @param times how often
   */
  public record Round(String url, int text, int times) {}

  /** How many identifiers of each kind a call has made. */
  public record Counters(int sids, int exchanges, int alarms, int questions) {
    static final Counters NONE = new Counters(0, 0, 0, 0);

    Counters oneSid() {
      return new Counters(sids + 1, exchanges, alarms, questions);
    }

    Counters oneExchange() {
      return new Counters(sids, exchanges + 1, alarms, questions);
    }

    Counters oneAlarm() {
      return new Counters(sids, exchanges, alarms + 1, questions);
    }

    Counters oneQuestion() {
      return new Counters(sids, exchanges, alarms, questions + 1);
    }
  }

  /** Of a call that has not begun. */
  static CallFacts placed(Origin origin, VoiceUrls urls, Map<String, String> parameters, Leg leg) {
    return new CallFacts(
        origin, urls, parameters, new Legs(leg, List.of()), Media.NONE, Progress.NONE);
  }

  public Sid account() {
    return origin.account();
  }

  /** Of the REST API; null: the call came in. */
  public @Nullable ApiCallOptions options() {
    return origin.options();
  }

  /** The call itself. */
  public Leg leg() {
    return legs.own();
  }

  /** Legs it dialled, oldest first. */
  public List<Leg> children() {
    return legs.children();
  }

  /** Oldest first. */
  public List<Recording> recordings() {
    return media.recordings();
  }

  /** The leg of that SID, the call's own or one it dialled. */
  public @Nullable Leg leg(Sid sid) {
    if (leg().sid().equals(sid)) {
      return leg();
    }
    return children().stream().filter(c -> c.sid().equals(sid)).findFirst().orElse(null);
  }

  /** Whether a phone may be shown it: the calling number, the called one, or a verified one. */
  boolean mayShow(String number) {
    return origin.callerIds() == null
        || origin.callerIds().contains(number)
        || number.equals(leg().from())
        || number.equals(leg().to());
  }

  // The same with something else

  CallFacts with(Origin origin) {
    return new CallFacts(origin, urls, parameters, legs, media, progress);
  }

  CallFacts with(VoiceUrls urls) {
    return new CallFacts(origin, urls, parameters, legs, media, progress);
  }

  CallFacts with(Map<String, String> parameters) {
    return new CallFacts(origin, urls, parameters, legs, media, progress);
  }

  CallFacts with(Legs legs) {
    return new CallFacts(origin, urls, parameters, legs, media, progress);
  }

  CallFacts with(Media media) {
    return new CallFacts(origin, urls, parameters, legs, media, progress);
  }

  CallFacts with(Progress progress) {
    return new CallFacts(origin, urls, parameters, legs, media, progress);
  }

  CallFacts withOwn(Leg leg) {
    return with(new Legs(leg, children()));
  }

  CallFacts withChild(Leg child) {
    return with(new Legs(leg(), longer(children(), child)));
  }

  CallFacts withRecordings(List<Recording> recordings) {
    return with(new Media(recordings, media.streams(), media.speaksUntil()));
  }

  CallFacts withStreams(List<MediaStream> streams) {
    return with(new Media(recordings(), streams, media.speaksUntil()));
  }

  /** Its party says something that will be over then, if it does not speak longer already. */
  CallFacts speakingUntil(Instant until) {
    Instant before = media.speaksUntil();
    return before == null || until.isAfter(before)
        ? with(new Media(recordings(), media.streams(), until))
        : this;
  }

  static <T> List<T> longer(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return List.copyOf(longer);
  }
}
