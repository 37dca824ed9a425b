package dev.ringback.engine;

import dev.ringback.callback.WebClientState;
import dev.ringback.callback.WebRequest;
import dev.ringback.id.Sid;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.Alert;
import dev.ringback.voice.ExchangeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What makes requests to the app: a call, or the account itself. */
abstract sealed class Requester permits LiveCall, AccountRequester {
  final Map<ExchangeId, Duration> wallTimes = new HashMap<>();
  final Set<Agenda.Item> agenda = new HashSet<>();

  /** Requests that wait to be overtaken. */
  final List<OutgoingRequest> heldBack = new ArrayList<>();

  /** Hosts that the configuration does not name, and that it was warned of. */
  final Set<String> warnedOf = new HashSet<>();

  /** Requests that went to such a host, until they have ended. */
  final Map<ExchangeId, String> strayed = new HashMap<>();

  WebClientState session = WebClientState.EMPTY;

  /** What was said once to it of what Ringback does not do. */
  final Set<String> remarks = new HashSet<>();

  private int requestsOpen;

  /** The call it is; null: the account. */
  abstract @Nullable Sid callSid();

  /** Whether nothing will ever happen to it again. */
  abstract boolean over();

  /** Whether it was taken out of the world. */
  abstract boolean dropped();

  /** The number of its next entry of the journal; 0: its entries are not numbered. */
  abstract int nextNumber();

  /** Keeps an entry of the journal that concerns it. */
  abstract void remember(JournalEntry entry);

  /** A request of its own has ended. */
  abstract void ended(EndedRequest request);

  /** A request in its name has ended, and others have dealt with the answer. */
  abstract void heard();

  /**
   * Something of its own has gone wrong: the Debugger keeps it.
   *
   * @param request concerned; null: none
   */
  abstract void raise(Alert alert, @Nullable WebRequest request);

  /** The developer is warned of a request; the Debugger keeps it, and no webhook is told. */
  abstract void warn(String message, WebRequest request);

  /** A request was asked for. */
  void requestOpened() {
    requestsOpen++;
  }

  /** A request has ended, and its listener knows. */
  void requestClosed() {
    requestsOpen--;
  }

  boolean anyRequestOpen() {
    return requestsOpen > 0;
  }
}
