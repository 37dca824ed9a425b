package dev.ringback.id;

/** The two letters a SID begins with and what they stand for (Twilio: "What is a SID"). */
public enum SidKind {
  ACCOUNT("AC"),
  CALL("CA"),
  RECORDING("RE"),
  CONVERSATION("CH"),
  PARTICIPANT("MB"),
  SERVICE("IS"),
  PHONE_NUMBER("PN"),
  APPLICATION("AP"),
  NOTIFICATION("NO"),
  STREAM("MZ"),
  TRANSCRIPTION("TR"),
  QUEUE("QU"),
  CONFERENCE("CF"),
  MESSAGE("SM"),
  API_KEY("SK"),
  REQUEST("RQ"),
  CONVERSATION_MESSAGE("IM"),
  USER("US"),
  ROLE("RL"),
  WEBHOOK("WH"),
  ADDRESS_CONFIGURATION("IG"),
  MESSAGING_SERVICE("MG");

  private final String prefix;

  SidKind(String prefix) {
    this.prefix = prefix;
  }

  /** Two capital letters, such as {@code CA}. */
  public String prefix() {
    return prefix;
  }
}
