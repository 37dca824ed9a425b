package dev.ringback.state;

/** A record of the state that is not what was written. */
public final class DamagedState extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedState(String message) {
    super(message);
  }

  DamagedState(long record, String why) {
    super("record %d of the history is damaged: %s".formatted(record, why));
  }
}
