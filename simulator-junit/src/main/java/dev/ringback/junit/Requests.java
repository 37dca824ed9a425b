package dev.ringback.junit;

import java.util.Map;

/** Kinds of request that Twilio makes. */
public final class Requests {
  private Requests() {}

  /** The number's voice URL. */
  public static Request voice() {
    return of("voice");
  }

  /** {@code <Connect action>}. */
  public static Request action() {
    return of("action");
  }

  /** {@code <Conversation statusCallback>}. */
  public static Request status() {
    return of("session-status");
  }

  /** {@code recordingStatusCallback}. */
  public static Request recording() {
    return of("recording-status");
  }

  /** {@code <Gather action>}. */
  public static Request gather() {
    return of("gather");
  }

  /** {@code <Record action>}. */
  public static Request record() {
    return of("record");
  }

  /** {@code <Dial action>}. */
  public static Request dial() {
    return of("dial");
  }

  /** Any kind, by the name that scenarios use, such as {@code call-status}. */
  public static Request of(String kind) {
    return new Request(kind, Map.of());
  }
}
