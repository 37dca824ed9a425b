package dev.ringback.scenariofile;

import dev.ringback.config.Values;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import dev.ringback.yaml.Section;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The keys of {@code urls}: where on the app its endpoints are.
 *
 * @param voice of its numbers
 * @param outgoing where workers' calls go; null: where the customers' go
 * @param debugger the Debugger webhook; null: the app has none
 */
record AppPaths(
    Voice voice, @Nullable String outgoing, @Nullable String debugger, Frontline frontline) {
  /**
   * Of the numbers.
   *
   * @param path null: the usual one
   * @param fallback null: the app has none
   * @param status of calls that are over; null: the app has none
   */
  record Voice(
      @Nullable String path,
      HttpMethod method,
      @Nullable String fallback,
      @Nullable String status) {}

  /** Of the Frontline instance; null: the app has none. */
  record Frontline(
      @Nullable String routing, @Nullable String preWebhook, @Nullable String postWebhook) {}

  /** The app has a voice URL at the usual path, and nothing else. */
  static final AppPaths DEFAULT =
      new AppPaths(
          new Voice(null, HttpMethod.POST, null, null),
          null,
          null,
          new Frontline(null, null, null));

  private static final String DEFAULT_VOICE_PATH = "/voice";

  static AppPaths read(Section urls) {
    AppPaths paths =
        new AppPaths(
            new Voice(
                path(urls, "voice"),
                Values.method(urls, "method").orElse(HttpMethod.POST),
                path(urls, "fallback"),
                path(urls, "status")),
            path(urls, "outgoing"),
            path(urls, "debugger"),
            new Frontline(
                path(urls, "routing"), path(urls, "preWebhook"), path(urls, "postWebhook")));
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
        ? new Target(appUrl, voice.method())
        : rootAt(appUrl)
            .resolve(voice.path() == null ? DEFAULT_VOICE_PATH : voice.path(), voice.method());
  }

  /** What the other paths are resolved against. */
  Target rootAt(String appUrl) {
    return new Target(isVoiceUrl(appUrl) ? appUrl : Values.withoutSlash(appUrl), HttpMethod.POST);
  }

  private boolean isVoiceUrl(String appUrl) {
    String path = URI.create(appUrl).getPath();
    return voice.path() == null && path != null && path.length() > 1;
  }
}
