package dev.ringback.conversation;

import dev.ringback.id.Sid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a conversation (docs/conversations/api/conversation-participant-resource): a worker
 * with an identity, or a customer with an address.
 *
 * @param identity null: it has an address
 * @param binding null: it has an identity
 * @param attributes JSON
 * @param lastReadIndex null: it has read nothing
 */
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

  /**
   * The pair of numbers of a participant.
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
    boolean isPair(@Nullable String address, @Nullable String proxyAddress) {
      return address != null
          && proxyAddress != null
          && address.equals(this.address)
          && proxyAddress.equals(this.proxyAddress);
    }
  }

  /**
   * What a request says of a participant; null: nothing.
   *
   * @param projectedAddress empty: it is taken away
   */
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
  }
}
