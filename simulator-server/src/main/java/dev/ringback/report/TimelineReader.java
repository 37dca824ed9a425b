package dev.ringback.report;

import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.engine.CallRecord;
import dev.ringback.id.ClientAddress;
import dev.ringback.id.Sid;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.report.Timeline.Event;
import dev.ringback.report.Timeline.Problem;
import dev.ringback.report.Timeline.Request;
import dev.ringback.report.Timeline.Row;
import dev.ringback.scenario.AppAnswer;
import dev.ringback.voice.Act;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Leg;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.SessionOutcome;
import dev.ringback.yaml.Durations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A call's part of the journal as a timeline, read on as the call goes on. */
public final class TimelineReader {
  private final Leg own;
  private final Exchanges exchanges = new Exchanges();
  private final List<Row> rows = new ArrayList<>();

  /** Of each exchange: where the rows of its tries are. */
  private final Map<ExchangeId, List<Integer>> places = new HashMap<>();

  private final Set<Sid> ended = new HashSet<>();
  private final Map<Sid, String> names = new HashMap<>();
  private int entriesRead;
  private boolean inSession;
  private boolean failed;

  private TimelineReader(Leg own) {
    this.own = own;
  }

  /** Has read nothing of that call yet. */
  static TimelineReader of(CallRecord record) {
    return new TimelineReader(record.call().facts().leg());
  }

  /** Reads a call's part of the journal. */
  public static Timeline read(CallRecord record) {
    return of(record).readOn(record);
  }

  /** Reads what has happened since the last time; the timeline of the whole call so far. */
  Timeline readOn(CallRecord record) {
    for (; entriesRead < record.entries().size(); entriesRead++) {
      JournalEntry entry = record.entries().get(entriesRead);
      Exchange exchange = exchanges.read(entry);
      if (exchange != null) {
        show(exchange, record);
      }
      read(entry);
    }
    return new Timeline(record, List.copyOf(rows), failed);
  }

  /** A row a try, where the try left. */
  private void show(Exchange exchange, CallRecord record) {
    failed |= isRefused(exchange);
    List<Integer> tries = places.computeIfAbsent(exchange.id(), id -> new ArrayList<>());
    for (int number = 0; number < exchange.attempts().size(); number++) {
      Request row = new Request(exchange, number, record.wallTimes().get(exchange.id()));
      if (number < tries.size()) {
        rows.set(tries.get(number), row);
      } else {
        tries.add(rows.size());
        rows.add(row);
      }
    }
  }

  /** A document that is refused is an error of the Debugger; these are not always. */
  private static boolean isRefused(Exchange exchange) {
    return !exchange.kind().expectsTwiml()
        && exchange.kind() != RequestKind.MEDIA
        && exchange.landing() instanceof Landing.Answered answered
        && answered.status() >= 400;
  }

  private void read(JournalEntry entry) {
    Instant at = entry.at();
    switch (entry.fact()) {
      case Fact.Placed placed -> {}
      case Fact.Took took -> took(at, took.input());
      case Fact.Requested requested -> {} // shown with its answer
      case Fact.TriedAgain again -> {}
      case Fact.Concluded concluded -> {}
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
      case Fact.ActedByHand acted -> {} // shown when it is taken
      case Fact.Resent resent ->
          event(
              at,
              "ringback",
              "sends the %s request again, as it was: %s"
                  .formatted(resent.kind().wireName(), AppAnswer.of(resent.landing())));
      case Fact.NeverHeard never ->
          event(at, "ringback", never.reaction().text() + ": nothing of the kind was heard");
      case Fact.DirectionRefused refused ->
          event(
              at,
              "ringback",
              "impossible: %s; %s".formatted(refused.direction().move().text(), refused.reason()));
    }
  }

  private void took(Instant at, CallInput input) {
    switch (input) {
      case CallInput.Landed landed -> {} // shown with its request
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
      case CallInput.RecordingStarted ordered -> event(at, "api", "records the call");
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

  private void happened(Instant at, CallEvent moment) {
    switch (moment) {
      case CallEvent.DocumentRead read -> {} // shown with its request
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
    boolean called = leg.direction() != dev.ringback.voice.Direction.INBOUND;
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

  /** The two of a session have their roles; other called parties have an address. */
  private String name(Leg leg) {
    if (leg.sid().equals(own.sid())) {
      return ClientAddress.is(own.party()) ? "worker" : "customer";
    }
    if (inSession) {
      return ClientAddress.is(own.party()) ? "customer" : "worker";
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
    return name != null ? name : name(own);
  }

  private void event(Instant at, String who, String text) {
    rows.add(new Event(at, who, text, false));
  }
}
