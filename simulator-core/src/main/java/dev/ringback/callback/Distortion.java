package dev.ringback.callback;

import java.time.Duration;

/**
 * What a fault makes wrong in a request.
 *
 * @param clockSkew by how much the clock behind its {@code Timestamp} goes wrong; negative: it is
 *     slow
 * @param wrongSignature whether {@code X-Twilio-Signature} is not the one it should have
 */
public record Distortion(Duration clockSkew, boolean wrongSignature) {
  /** Nothing is wrong. */
  public static final Distortion NONE = new Distortion(Duration.ZERO, false);

  /** A clock that is off by that much more. */
  public Distortion skewed(Duration by) {
    return new Distortion(clockSkew.plus(by), wrongSignature);
  }

  /** Signed by somebody else. */
  public Distortion forged() {
    return new Distortion(clockSkew, true);
  }
}
