package dev.ringback.twiml;

/**
 * The values of {@code <Conversation record>} in the page's order; default {@link #DO_NOT_RECORD}.
 * {@code true} and {@code false} are aliases kept for backward compatibility.
 */
public enum RecordMode implements WireNamed {
  DO_NOT_RECORD("do-not-record", false, false, 0),
  RECORD_FROM_ANSWER("record-from-answer", true, false, 1),
  RECORD_FROM_ANSWER_DUAL("record-from-answer-dual", true, false, 2),
  RECORD_FROM_RINGING("record-from-ringing", true, true, 1),
  RECORD_FROM_RINGING_DUAL("record-from-ringing-dual", true, true, 2),
  TRUE("true", true, false, 1),
  FALSE("false", false, false, 0);

  private final String wireName;
  private final boolean records;
  private final boolean fromRinging;
  private final int channels;

  RecordMode(String wireName, boolean records, boolean fromRinging, int channels) {
    this.wireName = wireName;
    this.records = records;
    this.fromRinging = fromRinging;
    this.channels = channels;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  public boolean records() {
    return records;
  }

  /** Whether the recording starts with the ringing rather than with the answer. */
  public boolean fromRinging() {
    return fromRinging;
  }

  /** 1 for mono, 2 for dual, 0 when nothing is recorded. */
  public int channels() {
    return channels;
  }
}
