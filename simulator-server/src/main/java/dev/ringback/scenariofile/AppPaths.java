package dev.ringback.scenariofile;

import dev.ringback.config.Values;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import dev.ringback.yaml.Section;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The keys of {@code urls}: where on the app its endpoints are; null: the app has none. */
record AppPaths(
    @Nullable String voice,
    HttpMethod method,
    @Nullable String fallback,
    @Nullable String status,
    @Nullable String outgoing,
    @Nullable String debugger,
    @Nullable String routing,
    @Nullable String preWebhook,
    @Nullable String postWebhook) {
  /** The app has a voice URL at the usual path, and nothing else. */
  static final AppPaths DEFAULT =
      new AppPaths(null, HttpMethod.POST, null, null, null, null, null, null, null);

  private static final String DEFAULT_VOICE_PATH = "/voice";

  static AppPaths read(Section urls) {
    AppPaths paths =
        new AppPaths(
            path(urls, "voice"),
            Values.method(urls, "method").orElse(HttpMethod.POST),
            path(urls, "fallback"),
            path(urls, "status"),
            path(urls, "outgoing"),
            path(urls, "debugger"),
            path(urls, "routing"),
            path(urls, "preWebhook"),
            path(urls, "postWebhook"));
    urls.done();
    return paths;
  }

  private static @Nullable String path(Section section, String key) {
    return section
        .text(key, p -> p.startsWith("/"), "a path that begins with a slash")
        .orElse(null);
  }

  /**
   * Where the app answers calls. A URL with a path is the voice URL itself, unless the scenario
   * names one.
   */
  Target voiceAt(String appUrl) {
    return isVoiceUrl(appUrl)
        ? new Target(appUrl, method)
        : rootAt(appUrl).resolve(voice == null ? DEFAULT_VOICE_PATH : voice, method);
  }

  /** What the other paths are resolved against. */
  Target rootAt(String appUrl) {
    return new Target(isVoiceUrl(appUrl) ? appUrl : Values.withoutSlash(appUrl), HttpMethod.POST);
  }

  private boolean isVoiceUrl(String appUrl) {
    String path = URI.create(appUrl).getPath();
    return voice == null && path != null && path.length() > 1;
  }
}
