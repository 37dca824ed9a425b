package dev.ringback.conversation;

import dev.ringback.account.ApiError;
import dev.ringback.snapshot.SerializablePredicate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code MessagingBinding} of a participant may be
 * (docs/conversations/api/conversation-participant-resource): pairs of a customer's and the
 * account's address, and projected addresses of workers in group texts.
 */
final class MessagingBindings {
  private final Conversations conversations;
  private final SerializablePredicate<String> ownNumbers;

  /**
   * @param ownNumbers whether a number is the account's
   */
  MessagingBindings(Conversations conversations, SerializablePredicate<String> ownNumbers) {
    this.conversations = conversations;
    this.ownNumbers = ownNumbers;
  }

  /** Refuses the addresses of a new participant. */
  void checkNew(Participant.Draft draft) {
    String address = draft.address();
    String proxy = draft.proxyAddress();
    checkProjected(draft, draft.identity());
    if (address == null && proxy != null) {
      throw ApiError.badRequest(50411, "Messaging binding address must not be empty");
    }
    if (address != null && proxy == null) {
      throw ApiError.badRequest(50412, "Messaging binding proxy address must not be empty");
    }
    if (address != null && proxy != null) {
      check(new NumberPair(address, proxy));
    }
  }

  /** The numbers of a customer are there to stay; a worker's number in group texts is not. */
  void checkChange(Participant before, Participant.Draft draft) {
    checkProjected(draft, before.identity());
    Participant.Binding binding = before.binding();
    String proxy = draft.proxyAddress();
    if (proxy != null && (binding == null || !proxy.equals(binding.proxyAddress()))) {
      throw ApiError.badRequest(
          50441, "Failed to add a proxy address to a participant (%s)".formatted(before.sid()));
    }
    boolean takesAway = "".equals(draft.projectedAddress());
    if (takesAway && (binding == null || binding.projectedAddress() == null)) {
      throw ApiError.badRequest(
          50442,
          "Failed to remove the projected address of a participant (%s)".formatted(before.sid()));
    }
  }

  /** A worker's number in a group text: one of the account's, beside an identity. */
  private void checkProjected(Participant.Draft draft, @Nullable String identity) {
    String projected = draft.projectedAddress();
    if (projected == null || projected.isEmpty()) {
      return;
    }
    if (identity == null || draft.address() != null) {
      throw ApiError.badRequest(
          50443, "A projected address goes with an Identity, and without an Address");
    }
    ChannelAddress address = ChannelAddress.of(projected);
    if (!address.isE164()) {
      throw ApiError.badRequest(50408, "Invalid messaging binding projected address");
    }
    if (!ownNumbers.test(address.number())) {
      throw ApiError.badRequest(
          50413, "Messaging binding projected address is not of this account");
    }
  }

  /**
   * Refuses a pair that is none, or is in an open conversation already.
   *
   * @param pair null: nothing to refuse
   */
  void check(@Nullable NumberPair pair) {
    if (pair == null) {
      return;
    }
    ChannelAddress address = ChannelAddress.of(pair.address());
    ChannelAddress proxy = ChannelAddress.of(pair.proxyAddress());
    if (!address.isE164() || (ownNumbers.test(address.number()) && !isEveryNumberOwn())) {
      throw ApiError.badRequest(50407, "Invalid messaging binding address");
    }
    if (!proxy.isE164()) {
      throw ApiError.badRequest(50408, "Invalid messaging binding proxy address");
    }
    if (address.equals(proxy)) {
      throw ApiError.badRequest(50409, "Messaging binding address and proxy address are equal");
    }
    if (!address.type().equals(proxy.type())) {
      throw ApiError.badRequest(50414, "Messaging binding address types do not match");
    }
    if (!ownNumbers.test(proxy.number())) {
      throw ApiError.badRequest(50413, "Messaging binding proxy address is not of this account");
    }
    Optional<Conversation> taken = conversations.withPair(pair);
    if (taken.isPresent()) {
      throw ApiError.conflict(
          50416,
          "A binding for this participant and proxy address already exists in Conversation "
              + taken.get().sid());
    }
  }

  /** As when no number is configured. */
  private boolean isEveryNumberOwn() {
    return ownNumbers.test("+10000000000");
  }
}
