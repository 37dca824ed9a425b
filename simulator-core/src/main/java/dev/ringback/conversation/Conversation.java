package dev.ringback.conversation;

import dev.ringback.account.ApiError;
import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation (docs/conversations/api/conversation-resource).
 *
 * @param messagingService null: the account has none
 * @param friendlyName null: it has none
 * @param uniqueName null: it has none
 * @param attributes JSON
 */
@WireData
public record Conversation(
    Sid sid,
    Sid service,
    @Nullable Sid messagingService,
    @Nullable String friendlyName,
    @Nullable String uniqueName,
    String attributes,
    Instant created,
    Instant updated,
    State state,
    Timers timers) {

  /** One that begins: active, without a name. */
  public static Conversation begun(
      Sid sid, Sid service, @Nullable Sid messagingService, Timers timers, Instant now) {
    return new Conversation(
        sid, service, messagingService, null, null, "{}", now, now, State.ACTIVE, timers);
  }

  public boolean closed() {
    return state == State.CLOSED;
  }

  void checkOpen() {
    if (closed()) {
      throw ApiError.badRequest(50377, "Conversation is closed; it can not be modified");
    }
  }

  /** The same, closed. */
  public Conversation closedSince(Instant now) {
    return with(Draft.EMPTY, State.CLOSED, now);
  }

  /** The same in another service. */
  Conversation movedTo(Sid service) {
    return new Conversation(
        sid,
        service,
        messagingService,
        friendlyName,
        uniqueName,
        attributes,
        created,
        updated,
        state,
        timers);
  }

  /** In the state that begins when a timer runs out. */
  Conversation timedOut(State began, Instant at) {
    return new Conversation(
        sid,
        service,
        messagingService,
        friendlyName,
        uniqueName,
        attributes,
        created,
        at,
        began,
        timers.runOut(began));
  }

  /** With what is given changed; the timers run anew from that instant. */
  Conversation with(Draft draft, State state, Instant now) {
    return new Conversation(
        sid,
        service,
        given(draft.messagingService(), messagingService),
        given(draft.friendlyName(), friendlyName),
        draft.uniqueName() == null
            ? uniqueName
            : draft.uniqueName().isEmpty() ? null : draft.uniqueName(),
        Objects.requireNonNullElse(draft.attributes(), attributes),
        Objects.requireNonNullElse(draft.created(), created),
        Objects.requireNonNullElse(draft.updated(), now),
        state,
        timers.set(draft.inactiveAfter(), draft.closedAfter()).runningFrom(now, state));
  }

  private static <T> @Nullable T given(@Nullable T given, @Nullable T before) {
    return given == null ? before : given;
  }

  /**
   * What a request says of a conversation; null: nothing.
   *
   * @param uniqueName empty: it shall have none
   * @param inactiveAfter zero is none
   */
  @WireData
  public record Draft(
      @Nullable String friendlyName,
      @Nullable String uniqueName,
      @Nullable String attributes,
      @Nullable Sid messagingService,
      @Nullable State state,
      @Nullable Duration inactiveAfter,
      @Nullable Duration closedAfter,
      @Nullable Instant created,
      @Nullable Instant updated) {
    public static final Draft EMPTY =
        new Draft(null, null, null, null, null, null, null, null, null);

    /** Says nothing but the attributes. */
    static Draft ofAttributes(String attributes) {
      return EMPTY.answered(Map.of("attributes", attributes));
    }

    /** As the pre-webhook that was asked wants it. */
    Draft answered(Map<String, String> answer) {
      return new Draft(
          given(answer.get("friendly_name"), friendlyName),
          uniqueName,
          given(answer.get("attributes"), attributes),
          messagingService,
          state,
          inactiveAfter,
          closedAfter,
          created,
          updated);
    }
  }
}
