package dev.ringback.conversation;

import dev.ringback.account.ApiError;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.snapshot.SerializableFunction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The webhooks of single conversations
 * (docs/conversations/api/conversation-scoped-webhook-resource). They outlive a conversation that
 * is deleted, so that they are told of that, too.
 */
public final class ScopedWebhooks {
  private final Conversations conversations;
  private final SerializableFunction<SidKind, Sid> sids;
  private final Map<Sid, Map<Sid, ScopedWebhook>> webhooks = new LinkedHashMap<>();

  ScopedWebhooks(Conversations conversations, SerializableFunction<SidKind, Sid> sids) {
    this.conversations = conversations;
    this.sids = sids;
  }

  public List<ScopedWebhook> all(Sid conversation) {
    return List.copyOf(webhooks.getOrDefault(conversation, Map.of()).values());
  }

  public ScopedWebhook of(Sid conversation, String sid) {
    return all(conversation).stream()
        .filter(w -> w.sid().value().equals(sid))
        .findFirst()
        .orElseThrow(
            () -> ApiError.notFound("/Conversations/" + conversation + "/Webhooks/" + sid));
  }

  /**
   * @param draft names a URL
   */
  public ScopedWebhook add(Conversation conversation, ScopedWebhook.Draft draft, Instant now) {
    if (all(conversation.sid()).size() >= Limits.SCOPED_WEBHOOKS) {
      throw ApiError.badRequest(50361, "A conversation can have 5 webhooks at most");
    }
    return keep(draft.made(sids.apply(SidKind.WEBHOOK), conversation.sid(), now));
  }

  public ScopedWebhook update(
      Sid conversation, String sid, ScopedWebhook.Draft draft, Instant now) {
    return keep(of(conversation, sid).with(draft, now));
  }

  private ScopedWebhook keep(ScopedWebhook webhook) {
    webhooks
        .computeIfAbsent(webhook.conversation(), s -> new LinkedHashMap<>())
        .put(webhook.sid(), webhook);
    return webhook;
  }

  public void remove(Sid conversation, String sid) {
    ScopedWebhook gone = of(conversation, sid);
    webhooks.getOrDefault(conversation, Map.of()).remove(gone.sid());
  }

  /** Forgets the webhooks of a conversation that is there no more, once they were told. */
  public void forget(Sid conversation) {
    if (conversations.find(conversation).isEmpty()) {
      webhooks.remove(conversation);
    }
  }
}
