package dev.ringback.callback;

import dev.ringback.voice.RequestKind;
import java.time.Duration;

/**
 * How long the app may take to answer a request, by its kind; otherwise the connection overrides of
 * its URL decide, by default 5 s to connect and 15 s in all
 * (docs/usage/webhooks/webhooks-connection-overrides).
 */
public final class Timeouts {
  /** docs/conversations/conversations-webhooks. */
  private static final Duration CONVERSATIONS_WEBHOOK = Duration.ofSeconds(5);

  /** docs/api/errors/48005. */
  private static final Duration FRONTLINE_INTEGRATION = Duration.ofSeconds(6);

  private static final Duration FRONTLINE_ROUTING = Duration.ofSeconds(10);

  private Timeouts() {}

  /**
   * The page keeps overrides from the webhooks of Conversations and Frontline, and from the
   * callbacks of a session.
   *
   * @param overrides that the request's URL names
   */
  public static ConnectionOverrides of(RequestKind kind, ConnectionOverrides overrides) {
    return switch (kind) {
      case SESSION_STATUS -> ConnectionOverrides.DEFAULT;
      case PRE_WEBHOOK, POST_WEBHOOK -> ConnectionOverrides.within(CONVERSATIONS_WEBHOOK);
      case INTEGRATION -> ConnectionOverrides.within(FRONTLINE_INTEGRATION);
      case ROUTING -> ConnectionOverrides.within(FRONTLINE_ROUTING);
      default -> overrides;
    };
  }
}
