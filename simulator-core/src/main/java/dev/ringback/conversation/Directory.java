package dev.ringback.conversation;

import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.snapshot.SerializableConsumer;
import dev.ringback.snapshot.SerializableFunction;
import dev.ringback.snapshot.SerializablePredicate;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that an account has in Twilio Conversations, by the resources of docs/conversations/api. The
 * directory knows nothing of requests: a {@link Change} says what is asked about before, and what
 * happened is an {@link Event}.
 */
public final class Directory {
  private final SerializableFunction<SidKind, Sid> sids;
  private final Roles roles;
  private final Services services;
  private final Users users;
  private final AddressConfigurations addressConfigurations;
  private final Conversations conversations;
  private final ConversationChanges conversationChanges;
  private final ParticipantChanges participantChanges;
  private final MessageChanges messageChanges;
  private final ScopedWebhooks scopedWebhooks;
  private final WebhookTargets webhookTargets;

  /**
   * @param service the account's default service; null: the first one that is named becomes it
   * @param webhooks of the whole account
   * @param ownNumbers whether a number is the account's
   * @param sids makes identifiers
   * @param events hears what happened
   */
  public Directory(
      @Nullable Sid service,
      WebhookConfiguration webhooks,
      SerializablePredicate<String> ownNumbers,
      Instant now,
      SerializableFunction<SidKind, Sid> sids,
      SerializableConsumer<Event> events) {
    this.sids = sids;
    this.roles = new Roles(sids);
    this.services = new Services(service, webhooks, roles, now, sids);
    this.users = new Users(services, sids, events);
    this.addressConfigurations = new AddressConfigurations(sids);
    this.conversations = new Conversations();
    MessagingBindings bindings = new MessagingBindings(conversations, ownNumbers);
    this.conversationChanges =
        new ConversationChanges(conversations, services, bindings, sids, events);
    this.participantChanges =
        new ParticipantChanges(conversations, services, users, bindings, sids, events);
    this.messageChanges = new MessageChanges(conversations, sids, events);
    this.scopedWebhooks = new ScopedWebhooks(conversations, sids);
    this.webhookTargets = new WebhookTargets(services, scopedWebhooks);
  }

  // Resources

  public Services services() {
    return services;
  }

  public Roles roles() {
    return roles;
  }

  public Users users() {
    return users;
  }

  public AddressConfigurations addressConfigurations() {
    return addressConfigurations;
  }

  public Conversations conversations() {
    return conversations;
  }

  public ConversationChanges conversationChanges() {
    return conversationChanges;
  }

  public ParticipantChanges participantChanges() {
    return participantChanges;
  }

  public MessageChanges messageChanges() {
    return messageChanges;
  }

  public ScopedWebhooks scopedWebhooks() {
    return scopedWebhooks;
  }

  public WebhookTargets webhookTargets() {
    return webhookTargets;
  }

  // What concerns several of them

  /** A document or a request names a service before anything else decided which one there is. */
  public void adopt(Sid named) {
    Sid before = services.configuration().service();
    services.adopt(named);
    roles.move(before, named);
    users.move(before, named);
    conversations.move(before, named);
  }

  /** Deletes a service with all that it has; nobody is told. */
  public void deleteService(Sid service) {
    services.delete(service);
    users.deleteAll(service);
    roles.deleteAll(service);
    for (Conversation conversation : conversations.all(service)) {
      conversations.forget(conversation.sid());
      scopedWebhooks.forget(conversation.sid());
    }
  }

  /**
   * Forgets what is beyond {@link Conversations#MAX_CONVERSATIONS} and {@link
   * Conversations#MAX_BYTES}.
   *
   * @param inUse what stays in any case
   * @return what was forgotten
   */
  public List<Sid> forgetOldest(Predicate<Sid> inUse) {
    List<Sid> forgotten = conversations.forgetOldest(inUse);
    forgotten.forEach(scopedWebhooks::forget);
    return forgotten;
  }

  /** Puts in place what is configured; nobody is told. */
  public void configure(Conversation conversation, List<Participant.Draft> drafts, Instant now) {
    conversations.keepAlways(conversation.sid());
    restore(conversation, drafts, now);
  }

  /** Puts in place what is there already, or was there in another world; nobody is told. */
  public void restore(Conversation conversation, List<Participant.Draft> drafts, Instant now) {
    conversations.keep(conversation);
    for (Participant.Draft draft : drafts) {
      Service service = services.find(conversation.service()).orElse(null);
      Participant made =
          draft.made(
              sids.apply(SidKind.PARTICIPANT),
              conversation.sid(),
              service == null ? null : service.conversationRole(),
              now);
      if (made.identity() != null && service != null) {
        users.ensure(service.sid(), made.identity(), now);
      }
      conversations.keep(made);
    }
  }
}
