package dev.ringback.engine;

import dev.ringback.call.ExchangeId;
import dev.ringback.callback.WebClientState;
import dev.ringback.id.Sid;
import dev.ringback.journal.JournalEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whoever makes requests to the app: a call, or the account itself. */
abstract sealed class Requester permits LiveCall, AccountRequester {
  final Map<ExchangeId, Duration> wallTimes = new HashMap<>();
  final Set<Agenda.Item> agenda = new HashSet<>();
  final List<OutgoingRequest> heldBack = new ArrayList<>();

  /** Hosts that nobody named and that it was warned of. */
  final Set<String> warnedOf = new HashSet<>();

  /** Requests that went to a host that nobody named, until they are down. */
  final Map<ExchangeId, String> strayed = new HashMap<>();

  WebClientState session = WebClientState.EMPTY;

  /** What was said once to it of what Ringback does not do. */
  final Set<String> remarks = new HashSet<>();

  private int requestsOpen;

  /** The call it is; null: the account. */
  abstract @Nullable Sid call();

  /** Whether nothing will ever happen to it again. */
  abstract boolean over();

  /** Whether it was taken out of the world. */
  abstract boolean dropped();

  /** The number of its next entry of the journal; 0: its entries are not numbered. */
  abstract int nextNumber();

  /** Keeps an entry of the journal that concerns it. */
  abstract void remember(JournalEntry entry);

  /** A request was asked for. */
  void requestOpened() {
    requestsOpen++;
  }

  /** A request has ended, and whoever asked for it knows. */
  void requestClosed() {
    requestsOpen--;
  }

  boolean anyRequestOpen() {
    return requestsOpen > 0;
  }
}
