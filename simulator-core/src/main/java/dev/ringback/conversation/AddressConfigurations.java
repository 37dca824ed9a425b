package dev.ringback.conversation;

import dev.ringback.account.ApiError;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.snapshot.SerializableFunction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address configurations of an account (docs/conversations/api/address-configuration-resource).
 */
public final class AddressConfigurations {
  private final SerializableFunction<SidKind, Sid> sids;
  private final Map<Sid, AddressConfiguration> addresses = new LinkedHashMap<>();

  AddressConfigurations(SerializableFunction<SidKind, Sid> sids) {
    this.sids = sids;
  }

  public List<AddressConfiguration> all() {
    return List.copyOf(addresses.values());
  }

  /**
   * @param name a SID or an address
   */
  public AddressConfiguration of(String name) {
    return all().stream()
        .filter(a -> a.sid().value().equals(name) || a.address().equals(name))
        .findFirst()
        .orElseThrow(() -> ApiError.notFound("/Configuration/Addresses/" + name));
  }

  public AddressConfiguration create(
      String type,
      String address,
      @Nullable String friendlyName,
      @Nullable String country,
      AddressConfiguration.AutoCreation autoCreation,
      Instant now) {
    if (addresses.values().stream().anyMatch(a -> a.address().equals(address))) {
      throw ApiError.conflict(20409, "An address configuration for " + address + " exists");
    }
    AddressConfiguration made =
        new AddressConfiguration(
            sids.apply(SidKind.ADDRESS_CONFIGURATION),
            type,
            address,
            friendlyName,
            country,
            autoCreation,
            now,
            now);
    addresses.put(made.sid(), made);
    return made;
  }

  /**
   * @param friendlyName null: as before
   */
  public AddressConfiguration update(
      AddressConfiguration before,
      @Nullable String friendlyName,
      AddressConfiguration.AutoCreation autoCreation,
      Instant now) {
    AddressConfiguration changed = before.with(friendlyName, autoCreation, now);
    addresses.put(changed.sid(), changed);
    return changed;
  }

  /**
   * @param name a SID or an address
   */
  public void delete(String name) {
    addresses.remove(of(name).sid());
  }
}
