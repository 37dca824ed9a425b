package dev.ringback.engine;

import dev.ringback.call.CallInput;
import dev.ringback.callback.DebuggerPayload;
import dev.ringback.callback.WebRequest;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.journal.Fact;
import dev.ringback.journal.Footprint;
import dev.ringback.journal.Newest;
import dev.ringback.twiml.Level;
import dev.ringback.voice.Alert;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account's Debugger: keeps what was raised, for the Alerts and Notifications of the REST API,
 * and tells the Debugger webhook (docs/usage/troubleshooting/debugging-event-webhooks).
 */
final class Debugger {
  /** Bytes, by {@link Footprint}: older entries are forgotten. */
  static final long CAPACITY = 4L * 1024 * 1024;

  private final WorldSettings settings;
  private final WorldTime time;
  private final JournalWriter journal;
  private final CallbackSender callbacks;
  private final Newest<LoggedAlert> entries = new Newest<>(CAPACITY, Debugger::footprint);
  private long raised;

  /**
   * @param callbacks the way to the Debugger webhook
   */
  Debugger(
      WorldSettings settings, WorldTime time, JournalWriter journal, CallbackSender callbacks) {
    this.settings = settings;
    this.time = time;
    this.journal = journal;
    this.callbacks = callbacks;
  }

  /**
   * An entry of a call's, or of the account's.
   *
   * @param request it came of; null: none
   * @param answer to that request; null: none
   */
  void raise(Requester of, Alert alert, @Nullable WebRequest request, @Nullable Landing answer) {
    journal.write(of, new Fact.Alerted(alert));
    if (alert.error() == null && alert.level() != Level.ERROR && alert.url() == null) {
      return; // a remark of our own, on what is not emulated and the like
    }
    Instant now = time.now();
    LoggedAlert entry = keep(of, alert, request, answer);
    boolean twilios = alert.error() != null; // the webhook hears what Twilio would tell it
    if (twilios && settings.identity().debugger() != null) {
      Sid sid = entry.sid();
      callbacks.send(
          of,
          new AppRequest.DebuggerEvent(
              new ExchangeId(sid, 1),
              settings.identity().debugger(),
              settings.account(),
              sid,
              now,
              alert.level() == Level.ERROR,
              DebuggerPayload.of(entry.call(), alert, request, entry.answer())));
    }
  }

  private LoggedAlert keep(
      Requester of, Alert alert, @Nullable WebRequest request, @Nullable Landing answer) {
    LoggedAlert entry =
        new LoggedAlert(
            new SidMint(settings.seed() ^ 0xDEB6L, raised++).sid(SidKind.NOTIFICATION),
            time.now(),
            of.callSid(),
            alert,
            request,
            answer instanceof Landing.Answered answered ? answered : null);
    entries.add(entry);
    return entry;
  }

  private static long footprint(LoggedAlert entry) {
    WebRequest request = entry.request();
    return Footprint.OBJECT
        + Footprint.of(entry.alert().message())
        + (request == null ? 0 : Footprint.of(request.form()) + Footprint.of(request.body()))
        + Footprint.of(entry.answer());
  }

  /** A warning of our own: it is kept, and the webhook is not told, for Twilio has none such. */
  void warn(Requester of, String message, WebRequest request) {
    Alert alert = Alert.ours(Level.WARNING, message);
    journal.write(of, new Fact.Alerted(alert));
    keep(of, alert, request, null);
  }

  /** The Debugger webhook has answered for the account itself. */
  void delivered(AccountRequester account, CallInput.Landed input) {
    String problem = input.landing().problem();
    if (problem != null) {
      Alert alert =
          Alert.ours(
              Level.WARNING,
              "the %s callback to %s: %s"
                  .formatted(input.kind().wireName(), input.target().shown(), problem));
      journal.write(account, new Fact.Alerted(alert));
    }
  }

  /** The newest last. */
  List<LoggedAlert> entries() {
    return entries.toList();
  }
}
