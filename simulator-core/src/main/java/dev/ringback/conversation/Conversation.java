package dev.ringback.conversation;

import dev.ringback.id.Sid;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation (docs/conversations/api/conversation-resource).
 *
 * @param messagingService null: the account has none
 * @param friendlyName null: it has none
 * @param uniqueName null: it has none
 * @param attributes JSON
 * @param inactiveAfter {@code Timers.Inactive}, at least a minute; null: none
 * @param closedAfter {@code Timers.Closed}, at least ten minutes; null: none
 * @param inactiveAt when the first of them will run out; null: it does not run
 * @param closedAt when the second will
 */
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
    @Nullable Duration inactiveAfter,
    @Nullable Duration closedAfter,
    @Nullable Instant inactiveAt,
    @Nullable Instant closedAt) {

  /** One that begins: active, without a name; its timers do not run yet. */
  public static Conversation begun(
      Sid sid,
      Sid service,
      @Nullable Sid messagingService,
      @Nullable Duration inactiveAfter,
      @Nullable Duration closedAfter,
      Instant now) {
    return new Conversation(
        sid,
        service,
        messagingService,
        null,
        null,
        "{}",
        now,
        now,
        State.ACTIVE,
        inactiveAfter,
        closedAfter,
        null,
        null);
  }

  public boolean closed() {
    return state == State.CLOSED;
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
        inactiveAfter,
        closedAfter,
        inactiveAt,
        closedAt);
  }

  /** With what is given changed; the timers run anew from that instant. */
  Conversation with(Draft draft, State state, Instant now) {
    Duration inactive = running(given(draft.inactiveAfter(), inactiveAfter));
    Duration close = running(given(draft.closedAfter(), closedAfter));
    boolean open = state != State.CLOSED;
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
        inactive,
        close,
        open && state == State.ACTIVE && inactive != null ? now.plus(inactive) : null,
        open && close != null ? now.plus(close) : null);
  }

  private static @Nullable Duration running(@Nullable Duration timer) {
    return timer == null || timer.isZero() ? null : timer;
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

    /** With these in the place of its own; null: its own stay. */
    Draft with(@Nullable String friendlyName, @Nullable String attributes) {
      return new Draft(
          given(friendlyName, this.friendlyName),
          uniqueName,
          given(attributes, this.attributes),
          messagingService,
          state,
          inactiveAfter,
          closedAfter,
          created,
          updated);
    }
  }
}
