package dev.ringback.engine;

import dev.ringback.call.CallInput;
import dev.ringback.conversation.Event;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Alert;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of Conversations and the callbacks of Frontline: requests whose answers no call
 * takes as an input (docs/conversations/conversations-webhooks, docs/frontline/callbacks).
 */
final class Webhooks {
  /** What a change is made by, as its webhooks tell it. */
  private static final String SOURCE = "API";

  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Sid account;
  private final CallbackSender callbacks;
  private final JournalWriter journal;
  private final Debugger debugger;
  private int exchanges;

  Webhooks(Sid account, CallbackSender callbacks, JournalWriter journal, Debugger debugger) {
    this.account = account;
    this.callbacks = callbacks;
    this.journal = journal;
    this.debugger = debugger;
  }

  /**
   * Sends an event to a webhook.
   *
   * @param kind before the event, or after it
   * @param then hears of the answer
   */
  void send(
      Requester by, RequestKind kind, Target webhook, Event event, EndedRequest.Listener then) {
    Map<String, String> parameters = new TreeMap<>(event.parameters());
    parameters.put("AccountSid", account.value());
    parameters.put("ChatServiceSid", event.service().value());
    parameters.put("EventType", event.type().wireName());
    parameters.put("RetryCount", "0");
    parameters.put("Source", SOURCE);
    send(by, new Notice(kind, webhook, event.conversation(), parameters), then);
  }

  /**
   * @param conversation in whose lane it leaves; null: in the account's
   */
  record Notice(
      RequestKind kind,
      Target target,
      @Nullable Sid conversation,
      Map<String, String> parameters) {}

  void send(Requester by, Notice notice, EndedRequest.Listener then) {
    Sid lane = notice.conversation() == null ? account : notice.conversation();
    callbacks.send(
        by,
        new AppRequest.Notice(
            new ExchangeId(lane, ++exchanges),
            notice.kind(),
            notice.target(),
            account,
            notice.parameters()),
        ended -> {
          CallInput.Landed landed = ended.landed();
          journal.write(by, new Fact.Concluded(landed.exchange(), landed.landing()));
          then.ended(ended);
          by.heard();
        });
  }

  /** Tells of an event that has happened. */
  void tell(Requester by, Target webhook, Event event) {
    send(
        by,
        RequestKind.POST_WEBHOOK,
        webhook,
        event,
        ended -> {
          String problem = ended.answer().problem();
          if (problem != null) {
            complain(by, ended, problem);
          }
        });
  }

  /** Something is wrong with the answer of a webhook. */
  void complain(Requester by, EndedRequest ended, String problem) {
    CallInput.Landed input = ended.landed();
    Landing answer = ended.answer();
    boolean late =
        answer instanceof Landing.Failed failed
            && failed.error() != TwilioError.HTTP_CONNECTION_REFUSED
            && failed.took().compareTo(LONGEST) >= 0;
    raise(
        by,
        Alert.of(
            late
                ? TwilioError.CONVERSATIONS_WEBHOOK_TIMEOUT
                : TwilioError.CONVERSATIONS_WEBHOOK_FAILED,
            "the %s to %s: %s".formatted(input.kind().wireName(), input.target().shown(), problem),
            input.target().shown()),
        answer);
  }

  /**
   * @param answer that was wrong
   */
  void raise(Requester by, Alert alert, Landing answer) {
    debugger.raise(by, alert, null, answer);
  }
}
