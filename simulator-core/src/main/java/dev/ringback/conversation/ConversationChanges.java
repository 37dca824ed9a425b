package dev.ringback.conversation;

import dev.ringback.account.ApiError;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.snapshot.SerializableConsumer;
import dev.ringback.snapshot.SerializableFunction;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes, changes and deletes conversations (docs/conversations/api/conversation-resource). */
public final class ConversationChanges {
  private final Conversations conversations;
  private final Services services;
  private final MessagingBindings bindings;
  private final SerializableFunction<SidKind, Sid> sids;
  private final SerializableConsumer<Event> events;

  ConversationChanges(
      Conversations conversations,
      Services services,
      MessagingBindings bindings,
      SerializableFunction<SidKind, Sid> sids,
      SerializableConsumer<Event> events) {
    this.conversations = conversations;
    this.services = services;
    this.bindings = bindings;
    this.sids = sids;
    this.events = events;
  }

  /** A conversation without participants. */
  public Change<Conversation> create(Sid service, Conversation.Draft draft) {
    return create(service, draft, null);
  }

  /**
   * A conversation that a customer begins, who is to be the first participant: the pre-webhook is
   * told of the two numbers.
   */
  public Change<Conversation> create(
      Sid service, Conversation.Draft draft, String address, String proxyAddress) {
    return create(service, draft, new NumberPair(address, proxyAddress));
  }

  private Change<Conversation> create(
      Sid service, Conversation.Draft draft, @Nullable NumberPair pair) {
    Service of = services.of(service);
    check(service, draft, null);
    if (draft.state() == State.CLOSED) {
      throw ApiError.badRequest(50384, "Conversation can not be created in closed state");
    }
    bindings.check(pair);
    return new Change<>() {
      private Conversation made(Sid sid, Conversation.Draft draft, Instant now) {
        Configuration configuration = services.configuration();
        return Conversation.begun(
                sid, of.sid(), configuration.messagingService(), Timers.of(configuration), now)
            .with(draft, draft.state() == null ? State.ACTIVE : draft.state(), now);
      }

      @Override
      public Event before() {
        return Parameters.ofNew(made(Parameters.NO_SID_YET, draft, Instant.EPOCH))
            .binding(pair)
            .event(EventType.ON_CONVERSATION_ADD, service, null);
      }

      @Override
      public Conversation apply(Map<String, String> answer, Instant now) {
        Conversation.Draft said = draft.answered(answer);
        check(service, said, null);
        bindings.check(pair);
        Conversation made = made(sids.apply(SidKind.CONVERSATION), said, now);
        conversations.keep(made);
        events.accept(
            Parameters.of(made)
                .binding(pair)
                .event(EventType.ON_CONVERSATION_ADDED, service, made.sid()));
        return made;
      }
    };
  }

  /**
   * @param self the conversation that may have the unique name already; null: none, it is a new one
   */
  private void check(Sid service, Conversation.Draft draft, @Nullable Sid self) {
    Limits.checkLength("FriendlyName", draft.friendlyName(), Limits.NAME);
    String unique = draft.uniqueName();
    if (unique != null && !unique.isEmpty()) {
      Limits.checkLength("UniqueName", unique, Limits.NAME);
      if (conversations.named(service, unique).filter(c -> !c.sid().equals(self)).isPresent()) {
        throw ApiError.conflict(50353, "Conversation with provided unique name already exists");
      }
    }
    Limits.checkAttributes(draft.attributes(), Limits.CONVERSATION_ATTRIBUTES);
    Timers.check(draft.inactiveAfter(), draft.closedAfter());
  }

  public Change<Conversation> update(Sid service, String name, Conversation.Draft draft) {
    Conversation before = conversations.of(service, name);
    before.checkOpen();
    check(service, draft, before.sid());
    return new Change<>() {
      @Override
      public Event before() {
        State state = draft.state() == null ? before.state() : draft.state();
        return Parameters.of(before.with(draft, state, before.updated()))
            .event(EventType.ON_CONVERSATION_UPDATE, service, before.sid());
      }

      @Override
      public Conversation apply(Map<String, String> answer, Instant now) {
        Conversation.Draft said = draft.answered(answer);
        Conversation present = conversations.present(before.sid());
        present.checkOpen();
        check(service, said, before.sid());
        State state = said.state() == null ? present.state() : said.state();
        Conversation changed = present.with(said, state, now);
        conversations.keep(changed);
        events.accept(
            Parameters.of(changed)
                .event(EventType.ON_CONVERSATION_UPDATED, service, changed.sid()));
        Parameters.stateUpdate(present, changed, Parameters.StateReason.API, now).ifPresent(events);
        return changed;
      }
    };
  }

  /** The account itself writes the attributes. */
  public Change<Conversation> writeAttributes(Sid sid, String attributes) {
    Conversation conversation = conversations.present(sid);
    return update(conversation.service(), sid.value(), Conversation.Draft.ofAttributes(attributes));
  }

  public Change<Conversation> delete(Sid service, String name) {
    Conversation before = conversations.of(service, name);
    return new Change<>() {
      @Override
      public Event before() {
        return Parameters.of(before).event(EventType.ON_CONVERSATION_REMOVE, service, before.sid());
      }

      @Override
      public Conversation apply(Map<String, String> answer, Instant now) {
        Conversation present = conversations.present(before.sid());
        events.accept(
            Parameters.of(present)
                .removed(now)
                .event(EventType.ON_CONVERSATION_REMOVED, service, present.sid()));
        conversations.forget(present.sid());
        return present;
      }
    };
  }

  /** A timer of that conversation has run out, if it still runs to that instant. */
  public void timeIsUp(Sid sid, Instant at) {
    conversations
        .find(sid)
        .filter(conversation -> !conversation.closed())
        .ifPresent(before ->
            before
                .timers()
                .stateAt(at)
                .ifPresent(began -> {
                  Conversation after = before.timedOut(began, at);
                  conversations.keep(after);
                  Parameters.stateUpdate(before, after, Parameters.StateReason.TIMER, at)
                      .ifPresent(events);
                }));
  }
}
