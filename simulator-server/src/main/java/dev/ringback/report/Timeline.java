package dev.ringback.report;

import dev.ringback.call.Act;
import dev.ringback.call.Alert;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.call.ExchangeId;
import dev.ringback.call.Landing;
import dev.ringback.call.Leg;
import dev.ringback.call.RequestKind;
import dev.ringback.call.SessionOutcome;
import dev.ringback.callback.Param;
import dev.ringback.engine.CallRecord;
import dev.ringback.files.Durations;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a call: a row a request, an event or an alert.
 *
 * @param failed whether an error of the app's was among it
 */
public record Timeline(CallRecord record, List<Row> rows, boolean failed) {

  /** One thing that happened. */
  public sealed interface Row {
    Instant at();
  }

  /**
   * A request to the app and its answer.
   *
   * @param landing null: none yet
   * @param landedAt when it came; null: none yet
   * @param again what came of this try, and that another follows; null: it is the last
   * @param verbs of the document; null: there was none
   * @param took on the wall; null: not known
   */
  public record Exchange(
      Instant at,
      Fact.Requested request,
      @Nullable Landing landing,
      @Nullable Instant landedAt,
      @Nullable String again,
      @Nullable List<String> verbs,
      @Nullable Duration took)
      implements Row {}

  /**
   * @param who {@code customer}, {@code worker}, another party's address, {@code twilio}, {@code
   *     api}, {@code fault} or {@code ringback}
   * @param text a clause
   * @param last whether the call ends by it
   */
  public record Event(Instant at, String who, String text, boolean last) implements Row {}

  public record Problem(Instant at, Alert alert) implements Row {}

  /** Reads a call's part of the journal. */
  public static Timeline of(CallRecord record) {
    return new Reader(record).read();
  }

  private static final class Reader {
    private final CallRecord record;
    private final List<Row> rows = new ArrayList<>();
    private final Map<ExchangeId, Integer> exchanges = new HashMap<>();
    private final Set<Sid> ended = new HashSet<>();
    private final Map<Sid, String> names = new HashMap<>();
    private @Nullable ExchangeId lastLanded;
    private boolean inSession;
    private boolean failed;

    Reader(CallRecord record) {
      this.record = record;
    }

    Timeline read() {
      for (JournalEntry entry : record.entries()) {
        read(entry);
      }
      return new Timeline(record, List.copyOf(rows), failed);
    }

    private void read(JournalEntry entry) {
      Instant at = entry.at();
      switch (entry.fact()) {
        case Fact.Placed placed -> {}
        case Fact.Took took -> took(at, took.input());
        case Fact.Requested requested -> {
          exchanges.put(requested.exchange(), rows.size());
          rows.add(new Exchange(at, requested, null, null, null, null, null));
        }
        case Fact.TriedAgain again -> triedAgain(again);
        case Fact.Concluded concluded -> landed(at, concluded.exchange(), concluded.landing());
        case Fact.Remembers remembers -> {}
        case Fact.Remembered kept ->
            event(at, "twilio", "has " + kept.url() + " in its cache, still fresh");
        case Fact.FaultStruck struck ->
            event(at, "fault", struck.fault() + " strikes: " + struck.what());
        case Fact.Happened happened -> happened(at, happened.moment());
        case Fact.Alerted alerted -> {
          failed |= alerted.alert().isTheAppsFault();
          rows.add(new Problem(at, alerted.alert()));
        }
        case Fact.ServiceAdopted adopted ->
            event(
                at,
                "twilio",
                "takes " + adopted.service() + " for the account's Conversations service");
        case Fact.ConversationCreated created ->
            event(at, "twilio", "creates conversation " + created.conversation());
        case Fact.WorkerAdded added ->
            event(at, "twilio", added.worker() + " is added to " + added.conversation());
        case Fact.NeverHeard never ->
            event(at, "ringback", never.reaction().text() + ": nothing of the kind was heard");
        case Fact.DirectionRefused refused ->
            event(
                at,
                "ringback",
                "impossible: %s; %s"
                    .formatted(refused.direction().move().text(), refused.reason()));
      }
    }

    private void took(Instant at, CallInput input) {
      switch (input) {
        case CallInput.Landed landed -> {
          lastLanded = landed.exchange();
          landed(at, landed.exchange(), landed.landing());
        }
        case CallInput.RecordingLost lost -> {}
        case CallInput.EndedByApi byApi ->
            event(at, "api", byApi.cancel() ? "Status=canceled" : "Status=completed");
        case CallInput.Redirected redirected ->
            event(
                at,
                "api",
                "redirects the call to "
                    + (redirected.to() == null ? "the TwiML given" : redirected.to().shown()));
        case CallInput.Adjusted adjusted -> event(at, "api", "changes the call");
        case CallInput.RecordingOrdered ordered -> event(at, "api", "records the call");
        case CallInput.RecordingChanged changed ->
            event(
                at,
                "api",
                "%s recording %s"
                    .formatted(
                        switch (changed.command()) {
                          case PAUSE -> "pauses";
                          case RESUME -> "resumes";
                          case STOP -> "stops";
                        },
                        changed.recording()));
        case CallInput.RecordingDeleted deleted ->
            event(at, "api", "deletes recording " + deleted.recording());
        case CallInput.Arrived arrived -> {}
        case CallInput.Woke woke -> {}
        case CallInput.Told told -> {}
        case CallInput.Acted acted -> {
          switch (acted.act()) {
            case Act.Press press -> event(at, who(acted.leg()), "presses " + press.digits());
            case Act.Talk talk -> {
              if (talk.begins()) {
                event(at, "twilio", "the two talk by turns, " + Durations.text(talk.length()));
              }
            }
            case Act.Speak speak ->
                event(
                    at,
                    who(acted.leg()),
                    "speaks "
                        + Durations.text(speak.length())
                        + (speak.words().isEmpty() ? "" : ": \"" + speak.words() + "\""));
            case Act.HangUp hangUp -> event(at, who(acted.leg()), "hangs up");
            case Act.Answer answer -> {}
            case Act.Ring ring -> {}
            case Act.Refusal refusal -> {}
          }
        }
      }
    }

    private void landed(Instant at, ExchangeId exchange, Landing landing) {
      Integer position = exchanges.get(exchange);
      if (position != null && rows.get(position) instanceof Exchange asked) {
        failed |= isRefused(asked.request().kind(), landing);
        rows.set(
            position,
            new Exchange(
                asked.at(),
                asked.request(),
                landing,
                at,
                null,
                null,
                record.wallTimes().get(exchange)));
      }
    }

    /** A document that is refused is an error of the Debugger; these are not always. */
    private static boolean isRefused(RequestKind kind, Landing landing) {
      return !kind.expectsTwiml()
          && kind != RequestKind.MEDIA
          && landing instanceof Landing.Answered answered
          && answered.status() >= 400;
    }

    private void happened(Instant at, CallEvent moment) {
      switch (moment) {
        case CallEvent.DocumentRead read -> document(read);
        case CallEvent.DocumentFailed failed ->
            event(
                at,
                "twilio",
                failed.fallback() == null
                    ? "next: no other URL to ask, so the caller hears the error message"
                    : "next: asks the fallback URL " + failed.fallback());
        case CallEvent.VerbStarted started -> verb(at, started);
        case CallEvent.LegChanged changed -> leg(at, changed.leg());
        case CallEvent.SessionStarted started -> {
          inSession = true;
          event(at, "twilio", "session begins in service " + started.service());
        }
        case CallEvent.ConversationChosen chosen ->
            event(
                at,
                "twilio",
                (chosen.created() ? "waits for a worker in " : "finds conversation ")
                    + chosen.conversation()
                    + (chosen.worker() == null ? "" : " with " + chosen.worker()));
        case CallEvent.WorkerAssigned assigned ->
            event(at, "twilio", assigned.worker() + " is assigned");
        case CallEvent.Connected connected -> event(at, "twilio", "connects the two parties");
        case CallEvent.DialEnded over ->
            event(
                at,
                "twilio",
                "dial ends %s: %s".formatted(over.outcome().status().wireName(), over.why()));
        case CallEvent.MeetingChanged room when room.what().equals("begins") ->
            event(at, "twilio", "the conference begins (" + room.room() + ")");
        case CallEvent.MeetingChanged room ->
            event(at, who(room.leg()), room.what() + " (" + room.room() + ")");
        case CallEvent.StreamChanged stream ->
            event(
                at,
                "twilio",
                "stream " + stream.stream() + (stream.running() ? " starts" : " stops"));
        case CallEvent.SessionEnded over -> {
          inSession = false;
          event(at, "twilio", session(over));
        }
        case CallEvent.RecordingChanged recording -> event(at, "twilio", recording(recording));
        case CallEvent.CallEnded over ->
            rows.add(
                new Event(
                    at,
                    "twilio",
                    "call ends %s%s: %s"
                        .formatted(
                            over.leg().status().wireName(),
                            over.leg().answered() ? " after " + over.leg().seconds() + " s" : "",
                            over.why()),
                    true));
      }
    }

    private void document(CallEvent.DocumentRead read) {
      Integer position = lastLanded == null ? null : exchanges.get(lastLanded);
      if (position != null && rows.get(position) instanceof Exchange asked) {
        rows.set(
            position,
            new Exchange(
                asked.at(),
                asked.request(),
                asked.landing(),
                asked.landedAt(),
                null,
                read.verbs(),
                asked.took()));
      }
    }

    private void triedAgain(Fact.TriedAgain again) {
      Integer position = exchanges.get(again.exchange());
      if (position != null && rows.get(position) instanceof Exchange asked) {
        rows.set(
            position,
            new Exchange(asked.at(), asked.request(), null, null, again.why(), null, null));
      }
    }

    private void verb(Instant at, CallEvent.VerbStarted started) {
      StringBuilder text = new StringBuilder("<").append(started.verb()).append('>');
      if (!started.detail().isEmpty()) {
        text.append(' ').append(started.detail());
      }
      if (started.lasts() != null) {
        text.append(", ").append(Durations.text(started.lasts()));
      }
      event(at, "twilio", text.toString());
    }

    private void leg(Instant at, Leg leg) {
      boolean called = leg.direction() != dev.ringback.call.Direction.INBOUND;
      names.putIfAbsent(leg.sid(), name(leg));
      String who = who(leg.sid());
      String party = leg.party().equals(who) ? "" : leg.party() + " ";
      if (leg.ended()) {
        if (ended.add(leg.sid())) {
          event(at, who, party.strip() + (party.isEmpty() ? "" : ": ") + ending(leg));
        }
        return;
      }
      String text =
          switch (leg.status()) {
            case INITIATED -> "is dialled as " + leg.from() + ", leg " + leg.sid();
            case RINGING ->
                called ? "rings" : "calls " + (leg.to().isEmpty() ? "from the app" : leg.to());
            case IN_PROGRESS -> called ? "answers" : "is answered";
            case QUEUED, COMPLETED, BUSY, FAILED, NO_ANSWER, CANCELED -> leg.status().wireName();
          };
      event(at, who, party + text);
    }

    /** The two of a session have their roles; whoever else is called has an address. */
    private String name(Leg leg) {
      Leg own = record.call().facts().leg();
      if (leg.sid().equals(own.sid())) {
        return own.party().startsWith("client:") ? "worker" : "customer";
      }
      if (inSession) {
        return own.party().startsWith("client:") ? "customer" : "worker";
      }
      return leg.party();
    }

    private static String ending(Leg leg) {
      return leg.answered()
          ? leg.status().wireName() + " after " + leg.seconds() + " s"
          : leg.status().wireName();
    }

    private static String session(CallEvent.SessionEnded over) {
      SessionOutcome outcome = over.outcome();
      return "session ends %s%s: %s"
          .formatted(
              outcome.result().wireName(),
              outcome.dialCallStatus() == null ? "" : " / " + outcome.dialCallStatus().wireName(),
              over.why());
    }

    private static String recording(CallEvent.RecordingChanged changed) {
      return "recording %s is %s%s"
          .formatted(
              changed.recording(),
              changed.status().wireName(),
              changed.seconds() > 0
                  ? ", %d s, %s"
                      .formatted(changed.seconds(), changed.channels() == 2 ? "dual" : "mono")
                  : "");
    }

    private String who(Sid leg) {
      String name = names.get(leg);
      return name != null ? name : name(record.call().facts().leg());
    }

    private void event(Instant at, String who, String text) {
      rows.add(new Event(at, who, text, false));
    }
  }

  /** All parameters of a request, in Twilio's order. */
  static Map<String, String> all(Fact.Requested request) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Param param : request.form().params()) {
      all.put(param.name(), param.value());
    }
    return all;
  }

  /** Those of the parameters that say what is new: what a glance looks for. */
  static Map<String, String> news(Fact.Requested request) {
    Map<String, String> news = new LinkedHashMap<>();
    for (String name : news(request.kind())) {
      request.form().value(name).ifPresent(value -> news.put(name, value));
    }
    return news;
  }

  private static List<String> news(RequestKind kind) {
    return switch (kind) {
      case VOICE, URL, REDIRECT, MEDIA, ROUTING -> List.of();
      case ACTION -> List.of("Result", "DialCallStatus", "DialCallDuration", "RecordingDuration");
      case GATHER -> List.of("Digits", "SpeechResult", "Confidence");
      case RECORD -> List.of("RecordingDuration", "Digits");
      case DIAL -> List.of("DialCallStatus", "DialCallDuration", "QueueResult");
      case ENQUEUE -> List.of("QueueResult", "QueueTime");
      case WAIT -> List.of("QueuePosition", "QueueTime");
      case FALLBACK -> List.of("ErrorCode", "ErrorUrl");
      case SESSION_STATUS -> List.of("Status", "SequenceNumber");
      case DIAL_STATUS, CALL_STATUS -> List.of("CallStatus", "CallDuration");
      case CONFERENCE_STATUS -> List.of("StatusCallbackEvent");
      case STREAM_STATUS -> List.of("StreamEvent");
      case PARTIAL_RESULT -> List.of("UnstableSpeechResult");
      case TRANSCRIPTION -> List.of("TranscriptionStatus", "TranscriptionText");
      case PRE_WEBHOOK, POST_WEBHOOK -> List.of("EventType");
      case INTEGRATION -> List.of("Location");
      case DEBUGGER -> List.of("Level");
      case RECORDING_STATUS -> List.of("RecordingStatus", "RecordingDuration", "RecordingChannels");
      case AMD_STATUS -> List.of("AnsweredBy");
    };
  }
}
