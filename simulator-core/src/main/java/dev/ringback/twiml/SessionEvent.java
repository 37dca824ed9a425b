package dev.ringback.twiml;

/** The values of {@code <Conversation statusCallbackEvent>}; default {@link #CALL_COMPLETED}. */
public enum SessionEvent implements WireNamed {
  CALL_INITIATED("call-initiated"),
  CALL_RINGING("call-ringing"),
  CALL_ANSWERED("call-answered"),
  CALL_COMPLETED("call-completed");

  private final String wireName;

  SessionEvent(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
