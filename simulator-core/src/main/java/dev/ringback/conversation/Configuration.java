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
    @Nullable String closedTimer) {}
