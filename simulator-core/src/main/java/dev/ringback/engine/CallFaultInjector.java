package dev.ringback.engine;

import dev.ringback.fault.Fault;
import dev.ringback.journal.Fact;
import java.util.List;

/** The faults that strike calls rather than their requests. */
final class CallFaultInjector {
  private final FaultInjector faults;
  private final JournalWriter journal;

  CallFaultInjector(FaultInjector faults, JournalWriter journal) {
    this.faults = faults;
    this.journal = journal;
  }

  boolean strikes(LiveCall call, Class<? extends Fault> sort) {
    return !strike(call, sort).isEmpty();
  }

  <F extends Fault> List<F> strike(LiveCall call, Class<F> sort) {
    return faults.strike(
        sort,
        struck ->
            journal.write(call, new Fact.FaultStruck(struck.id(), consequence(struck.fault()))));
  }

  private static String consequence(Fault fault) {
    return switch (fault) {
      case Fault.RecordingLost lost -> "the recording will be " + lost.status().wireName();
      case Fault.NoConversation none -> "the conversation cannot be created";
      case Fault.InternalError broken -> "the session fails within Twilio";
      case Fault.CarrierFailure carrier -> "the carrier finds no way to the called party";
      case Fault.OfRequest request -> "a request is in trouble";
    };
  }
}
