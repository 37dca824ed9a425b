package dev.ringback.callback;

/**
 * After what a request is tried again: {@code rp} of the connection overrides
 * (docs/usage/webhooks/webhooks-connection-overrides).
 */
public enum RetryPolicy {
  /** A connection that was not made. */
  CT,
  /** An answer that did not come in time. */
  RT,
  STATUS_4XX,
  STATUS_5XX
}
