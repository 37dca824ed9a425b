package dev.ringback.conversation;

import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Conversations service with its configuration (docs/conversations/api/service-resource,
 * service-configuration-resource).
 *
 * @param creatorRole of a user who creates a conversation
 * @param conversationRole of a new participant
 * @param serviceRole of a new user
 */
@WireData
public record Service(
    Sid sid,
    String friendlyName,
    Instant created,
    Instant updated,
    Sid creatorRole,
    Sid conversationRole,
    Sid serviceRole,
    boolean reachability,
    WebhookConfiguration webhooks) {

  List<Sid> defaultRoles() {
    return List.of(creatorRole, conversationRole, serviceRole);
  }

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

  Service with(WebhookConfiguration webhooks) {
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

  /** The same with another SID. */
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
