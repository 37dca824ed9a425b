package dev.ringback.twiml;

/** What becomes of an attribute of {@code <Connect>} or {@code <Conversation>} with a blemish. */
public enum WrongAttribute implements WireNamed {
  /** White space, letter case, repeated and short words are mended with warning 12200. */
  NORMALISE("normalise"),
  /** They are wrong: error 32501 ends the session with {@code Result=internal-error}. */
  REFUSE("refuse");

  private final String wireName;

  WrongAttribute(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
