package dev.ringback.engine;

import dev.ringback.callback.RequestWriter;
import dev.ringback.engine.OutgoingRequest.Trouble;
import dev.ringback.fault.Fault;
import dev.ringback.journal.Fact;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Alert;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.RequestKind;
import java.time.Duration;
import java.util.List;

/**
 * The requests to the app as they are asked for: the faults that were ordered strike here, and what
 * is left goes to {@link RequestDelivery}.
 */
final class Requests implements CallbackSender {
  /** How long a reordered request waits for one to be overtaken by. */
  private static final Duration LONGEST_REORDERING = Duration.ofSeconds(5);

  private final FaultInjector faults;
  private final RequestWriter writer;
  private final WorldTime time;
  private final JournalWriter journal;
  private final RequestDelivery delivery;

  Requests(
      FaultInjector faults,
      RequestWriter writer,
      WorldTime time,
      JournalWriter journal,
      RequestDelivery delivery) {
    this.faults = faults;
    this.writer = writer;
    this.time = time;
    this.journal = journal;
    this.delivery = delivery;
  }

  @Override
  public void send(Requester by, AppRequest request, EndedRequest.Listener then) {
    Duration late = Duration.ZERO;
    boolean overtaken = false;
    Trouble trouble = Trouble.NONE;
    String kind = request.kind().wireName();
    for (FaultInjector.Strike strike : faults.strike(request, () -> writer.form(request))) {
      switch (strike.fault()) {
        case Fault.NeverSent never -> {
          struck(by, strike, "the " + kind + " request is never sent");
          neverSent(by, request);
          return; // its listener never hears of it
        }
        case Fault.Slow slow -> {
          struck(by, strike, "the %s request leaves %s late".formatted(kind, seconds(slow.by())));
          late = late.plus(slow.by());
        }
        case Fault.Reordered reordered -> {
          struck(by, strike, "the " + kind + " request is overtaken by the next one");
          overtaken = true;
        }
        case Fault.Dropped dropped -> {
          struck(by, strike, "the " + kind + " request is lost on the way");
          trouble = trouble.withLoss();
        }
        case Fault.Duplicated twice -> {
          struck(by, strike, "the " + kind + " request is sent twice");
          trouble = trouble.withRepeat();
        }
        case Fault.ClockSkew wrong -> {
          struck(
              by,
              strike,
              "the clock of the %s request is off by %s".formatted(kind, seconds(wrong.by())));
          trouble = trouble.with(trouble.distortion().skewed(wrong.by()));
        }
        case Fault.WrongSignature wrong -> {
          struck(by, strike, "the signature of the " + kind + " request is wrong");
          trouble = trouble.with(trouble.distortion().forged());
        }
        case Fault.RecordingLost other -> {}
        case Fault.NoConversation other -> {}
        case Fault.InternalError other -> {}
        case Fault.CarrierFailure other -> {}
      }
    }
    by.requestOpened();
    OutgoingRequest outgoing = new OutgoingRequest(by, request, then, trouble);
    if (overtaken) {
      by.heldBack.add(outgoing);
      time.agenda().enter(time.now().plus(LONGEST_REORDERING), by, () -> letGo(outgoing));
    } else if (late.isPositive()) {
      time.agenda().enter(time.now().plus(late), by, () -> delivery.queue(outgoing));
    } else {
      delivery.queue(outgoing);
      List.copyOf(by.heldBack).forEach(this::letGo);
    }
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  private void letGo(OutgoingRequest held) {
    if (held.by().heldBack.remove(held)) {
      delivery.queue(held);
    }
  }

  private void struck(Requester by, FaultInjector.Strike strike, String what) {
    journal.write(by, new Fact.FaultStruck(strike.id(), what));
  }

  private static void neverSent(Requester by, AppRequest request) {
    if (request.kind() == RequestKind.SESSION_STATUS) {
      by.raise(
          Alert.of(
              TwilioError.CONVERSATION_STATUS_CALLBACK_NOT_SENT,
              "Twilio could not send the session-status callback to "
                  + request.target().shown()
                  + "; the call goes on",
              request.target().url()),
          null);
    }
  }
}
