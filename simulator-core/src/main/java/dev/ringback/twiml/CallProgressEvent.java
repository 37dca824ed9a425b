package dev.ringback.twiml;

/** The values of {@code <Number statusCallbackEvent>}; default {@link #COMPLETED}. */
public enum CallProgressEvent implements WireNamed {
  INITIATED("initiated"),
  RINGING("ringing"),
  ANSWERED("answered"),
  COMPLETED("completed");

  private final String wireName;

  CallProgressEvent(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
