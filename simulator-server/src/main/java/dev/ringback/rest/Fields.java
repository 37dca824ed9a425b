package dev.ringback.rest;

import dev.ringback.callback.TwilioDates;
import dev.ringback.id.Sid;
import dev.ringback.twiml.WireNamed;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a resource in their order; what is not known is null and never left out. */
public final class Fields {
  private final Map<String, @Nullable Object> map = new LinkedHashMap<>();

  /**
   * @param value a text, number, boolean, SID, name, list, map or other fields; null: null
   */
  public Fields put(String name, @Nullable Object value) {
    map.put(
        name,
        switch (value) {
          case Sid sid -> sid.value();
          case WireNamed named -> named.wireName();
          case Fields fields -> fields.map;
          case null, default -> value;
        });
    return this;
  }

  /** A date of the API of 2010, such as {@code Tue, 31 Aug 2010 20:36:28 +0000}. */
  public Fields rfc2822(String name, @Nullable Instant at) {
    map.put(name, at == null ? null : TwilioDates.rfc2822(at));
    return this;
  }

  /** A date of the newer products, such as {@code 2015-12-16T22:18:37Z}. */
  public Fields iso8601(String name, @Nullable Instant at) {
    map.put(name, at == null ? null : TwilioDates.iso8601(at));
    return this;
  }

  Map<String, @Nullable Object> map() {
    return map;
  }
}
