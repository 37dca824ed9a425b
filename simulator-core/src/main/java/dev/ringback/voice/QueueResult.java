package dev.ringback.voice;

import dev.ringback.twiml.WireNamed;

/** The values of {@code QueueResult} (docs/voice/twiml/enqueue) that Ringback gives. */
public enum QueueResult implements WireNamed {
  BRIDGED("bridged"),
  BRIDGING_IN_PROCESS("bridging-in-process"),
  HANGUP("hangup"),
  LEAVE("leave"),
  QUEUE_FULL("queue-full"),
  REDIRECTED("redirected"),
  REDIRECTED_FROM_BRIDGED("redirected-from-bridged");

  private final String wireName;

  QueueResult(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
