package dev.ringback.conversation;

import dev.ringback.id.Sid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of messages to an address
 * (docs/conversations/api/address-configuration-resource). Kept and shown; messages do not come in.
 */
public record AddressConfiguration(
    Sid sid,
    String type,
    String address,
    @Nullable String friendlyName,
    @Nullable String country,
    AutoCreation autoCreation,
    Instant created,
    Instant updated) {

  /** What makes conversations of messages. */
  public record AutoCreation(
      boolean enabled,
      String type,
      @Nullable String service,
      @Nullable String webhookUrl,
      @Nullable String webhookMethod,
      List<String> webhookFilters,
      @Nullable String studioFlow,
      @Nullable Integer studioRetries) {}
}
