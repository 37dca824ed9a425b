package dev.ringback.conversation;

import dev.ringback.callback.TwilioDates;
import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A participant of a conversation (docs/conversations/api/conversation-participant-resource): a
 * worker with an identity, or a customer with an address.
 *
 * @param identity null: the participant has an address
 * @param binding null: the participant has an identity
 * @param attributes JSON
 * @param lastReadIndex null: the participant has read nothing
 */
@WireData
public record Participant(
    Sid sid,
    Sid conversation,
    @Nullable String identity,
    @Nullable Binding binding,
    String attributes,
    @Nullable Sid role,
    Instant created,
    Instant updated,
    @Nullable Integer lastReadIndex,
    @Nullable String lastReadTimestamp) {

  /** The two numbers of a customer; empty: a worker, or a customer without both. */
  Optional<NumberPair> pair() {
    return binding == null || binding.address() == null || binding.proxyAddress() == null
        ? Optional.empty()
        : Optional.of(new NumberPair(binding.address(), binding.proxyAddress()));
  }

  /** With what is given changed. */
  Participant with(Draft draft, Instant now) {
    return new Participant(
        sid,
        conversation,
        draft.identity() == null ? identity : draft.identity(),
        projected(draft.projectedAddress()),
        Objects.requireNonNullElse(draft.attributes(), attributes),
        draft.role() == null ? role : draft.role(),
        Objects.requireNonNullElse(draft.created(), created),
        Objects.requireNonNullElse(draft.updated(), now),
        draft.lastReadIndex() == null ? lastReadIndex : draft.lastReadIndex(),
        lastRead(draft, now));
  }

  /**
   * @param projected empty: it is taken away; null: as before
   */
  private @Nullable Binding projected(@Nullable String projected) {
    return projected == null
        ? binding
        : projected.isEmpty() ? null : Binding.of(null, null, projected);
  }

  /** A participant who reads on does so now, if nothing else is said. */
  private @Nullable String lastRead(Draft draft, Instant now) {
    return draft.lastReadTimestamp() != null
        ? draft.lastReadTimestamp()
        : draft.lastReadIndex() != null ? TwilioDates.iso8601(now) : lastReadTimestamp;
  }

  /**
   * The {@code messaging_binding} of a participant.
   *
   * @param type {@code sms} or {@code whatsapp}
   * @param address the customer's; null when only a projected address is given
   * @param proxyAddress the account's; null with a projected address
   * @param projectedAddress the account's number that stands for a worker in group texts; null:
   *     none
   */
  public record Binding(
      String type,
      @Nullable String address,
      @Nullable String proxyAddress,
      @Nullable String projectedAddress) {

    /** The type is that of the first address that is there; null: there is none. */
    static @Nullable Binding of(
        @Nullable String address, @Nullable String proxyAddress, @Nullable String projected) {
      String any = address != null ? address : proxyAddress != null ? proxyAddress : projected;
      return any == null
          ? null
          : new Binding(ChannelAddress.of(any).type(), address, proxyAddress, projected);
    }
  }

  /**
   * What a request says of a participant; null: nothing.
   *
   * @param projectedAddress empty: it is taken away
   */
  @WireData
  public record Draft(
      @Nullable String identity,
      @Nullable String address,
      @Nullable String proxyAddress,
      @Nullable String projectedAddress,
      @Nullable String attributes,
      @Nullable Sid role,
      @Nullable Instant created,
      @Nullable Instant updated,
      @Nullable Integer lastReadIndex,
      @Nullable String lastReadTimestamp) {

    public static Draft worker(String identity) {
      return new Draft(identity, null, null, null, null, null, null, null, null, null);
    }

    public static Draft customer(String address, String proxyAddress) {
      return new Draft(null, address, proxyAddress, null, null, null, null, null, null, null);
    }

    /** How far a participant has read; null: nothing is said of that. */
    public static Draft read(@Nullable Integer index, @Nullable String timestamp) {
      return new Draft(null, null, null, null, null, null, null, null, index, timestamp);
    }

    /** A new participant who is as the request says. */
    Participant made(Sid sid, Sid conversation, @Nullable Sid defaultRole, Instant now) {
      return new Participant(
          sid,
          conversation,
          identity,
          Binding.of(address, proxyAddress, projectedAddress),
          attributes == null ? "{}" : attributes,
          role == null ? defaultRole : role,
          created == null ? now : created,
          updated == null ? now : updated,
          lastReadIndex,
          lastReadTimestamp);
    }
  }
}
