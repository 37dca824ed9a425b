package dev.ringback.conversation;

import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of messages to an address
 * (docs/conversations/api/address-configuration-resource). Kept and shown; messages do not come in.
 */
@WireData
public record AddressConfiguration(
    Sid sid,
    String type,
    String address,
    @Nullable String friendlyName,
    @Nullable String country,
    AutoCreation autoCreation,
    Instant created,
    Instant updated) {

  /**
   * @param friendlyName null: as before
   */
  AddressConfiguration with(@Nullable String friendlyName, AutoCreation autoCreation, Instant now) {
    return new AddressConfiguration(
        sid,
        type,
        address,
        friendlyName == null ? this.friendlyName : friendlyName,
        country,
        autoCreation,
        created,
        now);
  }

  /** What makes conversations of messages. */
  @WireData
  public record AutoCreation(
      boolean enabled,
      String type,
      @Nullable String service,
      @Nullable String webhookUrl,
      @Nullable String webhookMethod,
      List<EventType> webhookFilters,
      @Nullable String studioFlow,
      @Nullable Integer studioRetries) {
    public static final AutoCreation NONE =
        new AutoCreation(false, "default", null, null, null, List.of(), null, null);
  }
}
