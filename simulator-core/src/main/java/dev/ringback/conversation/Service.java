package dev.ringback.conversation;

import dev.ringback.id.Sid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A Conversations service (docs/conversations/api/service-resource).
 *
 * @param creatorRole of whoever makes a conversation
 * @param conversationRole of whoever is added to one
 * @param serviceRole of a new user
 */
public record Service(
    Sid sid,
    String friendlyName,
    Instant created,
    Instant updated,
    Sid creatorRole,
    Sid conversationRole,
    Sid serviceRole,
    boolean reachability,
    Webhooks webhooks) {

  /** What a request says of a service's configuration; null: nothing. */
  public record Draft(
      @Nullable Sid creatorRole,
      @Nullable Sid conversationRole,
      @Nullable Sid serviceRole,
      @Nullable Boolean reachability) {}

  Service with(Draft draft) {
    return new Service(
        sid,
        friendlyName,
        created,
        updated,
        draft.creatorRole() == null ? creatorRole : draft.creatorRole(),
        draft.conversationRole() == null ? conversationRole : draft.conversationRole(),
        draft.serviceRole() == null ? serviceRole : draft.serviceRole(),
        draft.reachability() == null ? reachability : draft.reachability(),
        webhooks);
  }

  Service with(Webhooks webhooks) {
    return new Service(
        sid,
        friendlyName,
        created,
        updated,
        creatorRole,
        conversationRole,
        serviceRole,
        reachability,
        webhooks);
  }

  Service named(Sid sid) {
    return new Service(
        sid,
        friendlyName,
        created,
        updated,
        creatorRole,
        conversationRole,
        serviceRole,
        reachability,
        webhooks);
  }
}
