package dev.ringback.state;

import dev.ringback.callback.WebRequest;
import dev.ringback.engine.Egress;
import dev.ringback.engine.Wire;

/** A wire over which nothing leaves before what it follows from is on the disk. */
public final class DurableWire implements Wire {
  private final Wire wire;
  private final WorldLog log;
  private volatile int abandoned;

  public DurableWire(Wire wire, WorldLog log) {
    this.wire = wire;
    this.log = log;
  }

  @Override
  public void send(WebRequest request, Receiver receiver) {
    int before = abandoned;
    log.whenDurable(() -> {
      if (before == abandoned) {
        wire.send(request, receiver);
      }
    });
  }

  @Override
  public void restrict(Egress egress) {
    wire.restrict(egress);
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // by the world's loop alone
  public void abandon() {
    abandoned++;
    wire.abandon();
  }
}
