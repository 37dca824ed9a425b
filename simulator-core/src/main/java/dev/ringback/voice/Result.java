package dev.ringback.voice;

import dev.ringback.twiml.WireNamed;

/** How a session ended, in the order of the page's list of {@code Result} values. */
public enum Result implements WireNamed {
  SESSION_SUCCESS("session-success"),
  DIALED_CALL_INCOMPLETE("dialed-call-incomplete"),
  FAILED_CREATE_CONVERSATION("failed-create-conversation"),
  NO_OTHER_PARTICIPANTS("no-other-participants"),
  INVALID_CONVERSATION("invalid-conversation"),
  NO_EXISTING_CONVERSATION("no-existing-conversation"),
  INTERNAL_ERROR("internal-error");

  private final String wireName;

  Result(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
