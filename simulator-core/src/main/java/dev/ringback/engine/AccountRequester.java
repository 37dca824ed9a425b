package dev.ringback.engine;

import dev.ringback.callback.WebRequest;
import dev.ringback.id.Sid;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.Alert;
import org.jspecify.annotations.Nullable;

/** The account itself as a requester: what happens apart from any call. */
final class AccountRequester extends Requester {
  private final Debugger debugger;

  AccountRequester(Debugger debugger) {
    this.debugger = debugger;
  }

  @Override
  void ended(EndedRequest request) {
    debugger.delivered(this, request.landed());
  }

  @Override
  void heard() {}

  @Override
  void raise(Alert alert, @Nullable WebRequest request) {
    debugger.raise(this, alert, request, null);
  }

  @Override
  void warn(String message, WebRequest request) {
    debugger.warn(this, message, request);
  }

  @Override
  @Nullable Sid callSid() {
    return null;
  }

  @Override
  boolean over() {
    return false;
  }

  @Override
  boolean dropped() {
    return false;
  }

  @Override
  int nextNumber() {
    return 0;
  }

  @Override
  void remember(JournalEntry entry) {
    wallTimes.clear(); // nobody asks how long the requests of the account took
  }
}
