package dev.ringback.rest.v2010;

import dev.ringback.id.SidKind;
import dev.ringback.rest.Params;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** URLs and names that numbers and applications are given. */
final class Hooks {
  private static final List<String> URLS =
      List.of("VoiceUrl", "VoiceFallbackUrl", "SmsUrl", "SmsFallbackUrl", "StatusCallback");

  private static final List<String> METHODS =
      List.of(
          "VoiceMethod",
          "VoiceFallbackMethod",
          "SmsMethod",
          "SmsFallbackMethod",
          "StatusCallbackMethod");

  private Hooks() {}

  /**
   * What a request changes, by the names of the fields.
   *
   * @param moreUrls beside those that numbers and applications share
   */
  static Map<String, String> changes(Params params, List<String> moreUrls) {
    Map<String, String> changes = new LinkedHashMap<>();
    params.text("FriendlyName", 64, 20002).ifPresent(n -> changes.put("friendly_name", n));
    for (String url : URLS) {
      params.url(url, 21402).ifPresent(u -> changes.put(snake(url), u));
    }
    for (String url : moreUrls) {
      params.url(url, 21402).ifPresent(u -> changes.put(snake(url), u));
    }
    for (String method : METHODS) {
      params.method(method, 21403).ifPresent(m -> changes.put(snake(method), m.name()));
    }
    params
        .flag("VoiceCallerIdLookup")
        .ifPresent(f -> changes.put("voice_caller_id_lookup", f ? "true" : ""));
    return changes;
  }

  /** An application that answers; empty: none. */
  static void application(Params params, String name, Map<String, String> changes) {
    params
        .given(name)
        .ifPresent(given ->
            changes.put(
                snake(name),
                params.sid(name, SidKind.APPLICATION, 21420).map(s -> s.value()).orElse("")));
  }

  private static String snake(String camel) {
    return camel.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
