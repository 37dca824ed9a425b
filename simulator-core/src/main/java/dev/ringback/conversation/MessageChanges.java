package dev.ringback.conversation;

import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.snapshot.SerializableConsumer;
import dev.ringback.snapshot.SerializableFunction;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds, changes and removes the messages of a conversation
 * (docs/conversations/api/conversation-message-resource).
 */
public final class MessageChanges {
  private final Conversations conversations;
  private final SerializableFunction<SidKind, Sid> sids;
  private final SerializableConsumer<Event> events;

  MessageChanges(
      Conversations conversations,
      SerializableFunction<SidKind, Sid> sids,
      SerializableConsumer<Event> events) {
    this.conversations = conversations;
    this.sids = sids;
    this.events = events;
  }

  /** A message makes an inactive conversation active, and its timers run anew. */
  public Change<Message> add(Sid sid, Message.Draft draft) {
    Conversation conversation = conversations.present(sid);
    conversation.checkOpen();
    check(draft);
    return new Change<>() {
      @Override
      public Event before() {
        Message like =
            draft.made(Parameters.NO_SID_YET, sid, 0, participant(sid, draft), Instant.EPOCH);
        return Parameters.ofNew(like)
            .event(EventType.ON_MESSAGE_ADD, conversation.service(), sid, like.words());
      }

      @Override
      public Message apply(Map<String, String> answer, Instant now) {
        Message.Draft said = draft.answered(answer);
        check(said);
        Conversation present = conversations.present(sid);
        present.checkOpen();
        int index = conversations.takeIndex(sid);
        Message made =
            said.made(
                sids.apply(SidKind.CONVERSATION_MESSAGE), sid, index, participant(sid, said), now);
        conversations.keep(made);
        events.accept(
            Parameters.of(made)
                .add("MessagingServiceSid", present.messagingService())
                .event(EventType.ON_MESSAGE_ADDED, present.service(), sid, made.words()));
        wake(present, now);
        return made;
      }
    };
  }

  private void wake(Conversation present, Instant now) {
    State state = present.state() == State.INACTIVE ? State.ACTIVE : present.state();
    Conversation woken = present.with(Conversation.Draft.EMPTY, state, now);
    conversations.keep(woken);
    Parameters.stateUpdate(present, woken, Parameters.StateReason.EVENT, now).ifPresent(events);
  }

  private static void check(Message.Draft draft) {
    Limits.checkLength("Body", draft.body(), Limits.BODY);
    Limits.checkLength("Author", draft.author(), Limits.NAME);
    Limits.checkAttributes(draft.attributes(), Limits.ATTRIBUTES);
  }

  /** The participant with the author's identity or address; null: none of the conversation. */
  private @Nullable Sid participant(Sid conversation, Message.Draft draft) {
    String author = draft.authorOrSystem();
    return conversations.participants(conversation).stream()
        .filter(p ->
            author.equals(p.identity())
                || (p.binding() != null && author.equals(p.binding().address())))
        .map(Participant::sid)
        .findFirst()
        .orElse(null);
  }

  public Change<Message> update(Sid sid, String message, Message.Draft draft) {
    Conversation conversation = conversations.present(sid);
    Message before = conversations.message(sid, message);
    conversation.checkOpen();
    check(draft);
    return new Change<>() {
      @Override
      public Event before() {
        Message like = before.with(draft, before.updated());
        return Parameters.of(like)
            .updated(before.updated())
            .event(EventType.ON_MESSAGE_UPDATE, conversation.service(), sid, like.words());
      }

      @Override
      public Message apply(Map<String, String> answer, Instant now) {
        Message.Draft said = draft.answered(answer);
        check(said);
        Message changed = conversations.message(sid, before.sid().value()).with(said, now);
        conversations.keep(changed);
        events.accept(
            Parameters.of(changed)
                .updated(now)
                .event(EventType.ON_MESSAGE_UPDATED, conversation.service(), sid, changed.words()));
        return changed;
      }
    };
  }

  public Change<Message> remove(Sid sid, String message) {
    Conversation conversation = conversations.present(sid);
    Message before = conversations.message(sid, message);
    return new Change<>() {
      @Override
      public Event before() {
        return Parameters.of(before)
            .updated(before.updated())
            .event(EventType.ON_MESSAGE_REMOVE, conversation.service(), sid, before.words());
      }

      @Override
      public Message apply(Map<String, String> answer, Instant now) {
        Message gone = conversations.message(sid, before.sid().value());
        conversations.remove(gone);
        events.accept(
            Parameters.of(gone)
                .updated(now)
                .removed(now)
                .event(EventType.ON_MESSAGE_REMOVED, conversation.service(), sid, gone.words()));
        return gone;
      }
    };
  }
}
