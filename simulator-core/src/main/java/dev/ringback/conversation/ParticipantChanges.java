package dev.ringback.conversation;

import dev.ringback.account.ApiError;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.snapshot.SerializableConsumer;
import dev.ringback.snapshot.SerializableFunction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds, changes and removes the participants of a conversation
 * (docs/conversations/api/conversation-participant-resource).
 */
public final class ParticipantChanges {
  private final Conversations conversations;
  private final Services services;
  private final Users users;
  private final MessagingBindings bindings;
  private final SerializableFunction<SidKind, Sid> sids;
  private final SerializableConsumer<Event> events;

  ParticipantChanges(
      Conversations conversations,
      Services services,
      Users users,
      MessagingBindings bindings,
      SerializableFunction<SidKind, Sid> sids,
      SerializableConsumer<Event> events) {
    this.conversations = conversations;
    this.services = services;
    this.users = users;
    this.bindings = bindings;
    this.sids = sids;
    this.events = events;
  }

  /** A participant with an identity becomes a user of the service, too. */
  public Change<Participant> add(Sid sid, Participant.Draft draft) {
    Conversation conversation = conversations.present(sid);
    conversation.checkOpen();
    checkNew(conversation, draft);
    return new Change<>() {
      private Participant made(Sid participant, Instant now) {
        return draft.made(
            participant, sid, services.of(conversation.service()).conversationRole(), now);
      }

      @Override
      public Event before() {
        return Parameters.ofNew(made(Parameters.NO_SID_YET, Instant.EPOCH))
            .event(EventType.ON_PARTICIPANT_ADD, conversation.service(), sid);
      }

      @Override
      public Participant apply(Map<String, String> answer, Instant now) {
        Conversation present = conversations.present(sid);
        present.checkOpen();
        checkNew(present, draft);
        Participant made = made(sids.apply(SidKind.PARTICIPANT), now);
        if (made.identity() != null) {
          users.ensure(present.service(), made.identity(), now);
        }
        conversations.keep(made);
        events.accept(
            Parameters.of(made).event(EventType.ON_PARTICIPANT_ADDED, present.service(), sid));
        return made;
      }
    };
  }

  private void checkNew(Conversation conversation, Participant.Draft draft) {
    Limits.checkAttributes(draft.attributes(), Limits.ATTRIBUTES);
    services.checkRole(conversation.service(), draft.role());
    List<Participant> there = conversations.participants(conversation.sid());
    boolean number = draft.address() != null || draft.proxyAddress() != null;
    if (draft.identity() == null && !number && draft.projectedAddress() == null) {
      throw ApiError.badRequest(50204, "Identity not provided");
    }
    long numbers = there.stream().filter(p -> p.binding() != null).count();
    if (there.size() >= Limits.PARTICIPANTS
        || (number && numbers >= Limits.PARTICIPANTS_WITH_NUMBERS)) {
      throw ApiError.badRequest(50417, "Participant limit of the conversation exceeded");
    }
    checkIdentity(draft.identity(), there);
    bindings.checkNew(draft);
  }

  private void checkChange(Conversation conversation, Participant before, Participant.Draft draft) {
    Limits.checkAttributes(draft.attributes(), Limits.ATTRIBUTES);
    services.checkRole(conversation.service(), draft.role());
    checkIdentity(
        draft.identity(),
        conversations.participants(conversation.sid()).stream()
            .filter(p -> !p.sid().equals(before.sid()))
            .toList());
    bindings.checkChange(before, draft);
  }

  private static void checkIdentity(@Nullable String identity, List<Participant> others) {
    if (identity != null) {
      if (identity.isEmpty() || identity.length() > Limits.NAME) {
        throw ApiError.badRequest(20001, "Identity must have 1 to 256 characters");
      }
      if (others.stream().anyMatch(p -> identity.equals(p.identity()))) {
        throw ApiError.conflict(50433, "Participant already exists");
      }
    }
  }

  /**
   * @param name a SID or an identity
   */
  public Change<Participant> update(Sid sid, String name, Participant.Draft draft) {
    Conversation conversation = conversations.present(sid);
    Participant before = conversations.participant(sid, name);
    conversation.checkOpen();
    checkChange(conversation, before, draft);
    return new Change<>() {
      @Override
      public Event before() {
        return Parameters.of(before.with(draft, before.updated()))
            .updated(before.updated())
            .event(EventType.ON_PARTICIPANT_UPDATE, conversation.service(), sid);
      }

      @Override
      public Participant apply(Map<String, String> answer, Instant now) {
        Conversation open = conversations.present(sid);
        Participant present = conversations.participant(sid, before.sid().value());
        open.checkOpen();
        checkChange(open, present, draft);
        Participant changed = present.with(draft, now);
        conversations.keep(changed);
        events.accept(
            Parameters.of(changed)
                .updated(now)
                .add("LastReadMessageIndex", changed.lastReadIndex())
                .event(EventType.ON_PARTICIPANT_UPDATED, conversation.service(), sid));
        return changed;
      }
    };
  }

  /**
   * @param name a SID or an identity
   */
  public Change<Participant> remove(Sid sid, String name) {
    Conversation conversation = conversations.present(sid);
    Participant before = conversations.participant(sid, name);
    return new Change<>() {
      @Override
      public Event before() {
        return Parameters.of(before)
            .updated(before.updated())
            .event(EventType.ON_PARTICIPANT_REMOVE, conversation.service(), sid);
      }

      @Override
      public Participant apply(Map<String, String> answer, Instant now) {
        Participant gone = conversations.participant(sid, before.sid().value());
        conversations.remove(gone);
        events.accept(
            Parameters.of(gone)
                .updated(now)
                .removed(now)
                .event(EventType.ON_PARTICIPANT_REMOVED, conversation.service(), sid));
        return gone;
      }
    };
  }
}
