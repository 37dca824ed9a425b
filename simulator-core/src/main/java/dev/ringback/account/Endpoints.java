package dev.ringback.account;

import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a number or an application says of itself, field by field as the REST API names them, such
 * as {@code voice_url}. Fields that matter to calls are read from here; the others are kept.
 *
 * @param fields those that were set; what is not here is null
 */
public record Endpoints(Map<String, String> fields) {
  public static final Endpoints NONE = new Endpoints(Map.of());

  public Endpoints {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** What a line of the configuration says. */
  public static Endpoints of(@Nullable VoiceUrls urls) {
    if (urls == null) {
      return NONE;
    }
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, "voice_url", "voice_method", urls.voice());
    put(fields, "voice_fallback_url", "voice_fallback_method", urls.fallback());
    put(fields, "status_callback", "status_callback_method", urls.statusCallback());
    return new Endpoints(fields);
  }

  private static void put(
      Map<String, String> fields, String url, String method, @Nullable Target target) {
    if (target != null) {
      fields.put(url, target.url());
      fields.put(method, target.method().name());
    }
  }

  public @Nullable String get(String field) {
    return fields.get(field);
  }

  /** With these fields changed; an empty value takes a field away. */
  public Endpoints with(Map<String, String> changes) {
    Map<String, String> changed = new LinkedHashMap<>(fields);
    changes.forEach((field, value) -> {
      if (value.isEmpty()) {
        changed.remove(field);
      } else {
        changed.put(field, value);
      }
    });
    return new Endpoints(changed);
  }

  /** The URLs that answer calls; null: none, so it is out of service. */
  public @Nullable VoiceUrls urls() {
    Target voice = target("voice_url", "voice_method");
    return voice == null
        ? null
        : new VoiceUrls(
            voice,
            target("voice_fallback_url", "voice_fallback_method"),
            target("status_callback", "status_callback_method"));
  }

  private @Nullable Target target(String url, String method) {
    String address = fields.get(url);
    return address == null
        ? null
        : new Target(address, HttpMethod.valueOf(fields.getOrDefault(method, "POST")));
  }
}
