package dev.ringback.engine;

import dev.ringback.call.CallMachine;
import dev.ringback.callback.RequestWriter;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.journal.Journal;
import java.time.Instant;

/** Everything that a reset replaces: a world's inner life since its first instant. */
final class Era {
  final WorldClock clock;
  final Agenda agenda = new Agenda();
  final Holds holds = new Holds(System::nanoTime);
  final Scribe scribe;
  final Calls calls;
  final Faults faults;
  final Debugger debugger;
  final Mail mail;

  /** Stepped clock: how far it may go. */
  Instant granted;

  private final long seed;
  private final Switchboard switchboard;
  private long minted = 2; // the account's SID and token came first

  Era(
      WorldSettings settings,
      CallMachine machine,
      RequestWriter writer,
      Wire wire,
      Inbox inbox,
      Journal journal) {
    this.seed = settings.seed();
    this.clock = new WorldClock(settings.clock(), start(settings), System::nanoTime);
    this.granted = clock.now();
    this.scribe = new Scribe(journal, clock);
    Directory directory = new Directory(settings, () -> mint().sid(SidKind.CONVERSATION));
    this.switchboard = new Switchboard(settings, directory, this::mintForCall);
    this.faults = new Faults(settings.seed(), settings.faults());
    this.debugger = new Debugger(settings, clock, scribe);
    Rooms rooms = new Rooms(settings.account(), kind -> mint().sid(kind));
    this.calls =
        new Calls(settings, machine, clock, agenda, directory, rooms, scribe, debugger, faults);
    this.mail =
        new Mail(
            settings, writer, wire, inbox, clock, agenda, scribe, debugger, faults, calls::landed);
    calls.sendBy(mail);
    debugger.sendBy(mail);
  }

  private static Instant start(WorldSettings settings) {
    Instant start = settings.start();
    if (start != null) {
      return start;
    }
    return settings.clock().virtual() ? WorldSettings.VIRTUAL_START : Instant.now();
  }

  private SidMint mint() {
    return new SidMint(seed, minted++);
  }

  /** The next identifier; a call that was adopted may have come with one of ours. */
  private SidMint mintForCall() {
    SidMint mint = mint();
    while (calls.ofLeg(mint.sid(SidKind.CALL)) != null) {
      mint = mint();
    }
    return mint;
  }

  Placed place(Placement placement) {
    return switch (switchboard.connect(placement, clock.read())) {
      case Switchboard.Connection.Refused refused -> refused.why();
      case Switchboard.Connection.Made made ->
          new Placed.Ringing(calls.begin(made.call(), placement.troupe()));
    };
  }
}
