package dev.ringback.conversation;

import dev.ringback.id.Sid;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is about to happen, or has happened, to a conversation or a user.
 *
 * @param service in which it happens
 * @param conversation null: the event is of a user, or of a conversation that is not there yet
 * @param parameters of the webhook, those that all have aside, in the order of their names
 * @param words of a message, for the triggers of webhooks; empty: the event is of no message
 */
public record Event(
    EventType type,
    Sid service,
    @Nullable Sid conversation,
    Map<String, String> parameters,
    String words) {}
