package dev.ringback.twiml;

/** Whether leading and trailing silence is cut from a recording. */
public enum Trim implements WireNamed {
  DO_NOT_TRIM("do-not-trim"),
  TRIM_SILENCE("trim-silence");

  private final String wireName;

  Trim(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
