package dev.ringback.conversation;

import dev.ringback.id.Sid;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all conversations of an account (docs/conversations/api/configuration-resource).
 *
 * @param service the default one
 * @param messagingService null: none
 * @param inactiveTimer ISO 8601; null: none
 * @param closedTimer ISO 8601; null: none
 */
public record Configuration(
    Sid service,
    @Nullable Sid messagingService,
    @Nullable String inactiveTimer,
    @Nullable String closedTimer) {

  /** What a request says of the configuration; null: nothing. */
  public record Draft(
      @Nullable Sid service,
      @Nullable Sid messagingService,
      @Nullable String inactiveTimer,
      @Nullable String closedTimer) {}

  Configuration with(Draft draft) {
    return new Configuration(
        draft.service() == null ? service : draft.service(),
        draft.messagingService() == null ? messagingService : draft.messagingService(),
        draft.inactiveTimer() == null ? inactiveTimer : draft.inactiveTimer(),
        draft.closedTimer() == null ? closedTimer : draft.closedTimer());
  }

  Configuration withService(Sid service) {
    return new Configuration(service, messagingService, inactiveTimer, closedTimer);
  }
}
