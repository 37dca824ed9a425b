package dev.ringback.voice;

import dev.ringback.twiml.Hook;
import dev.ringback.twiml.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes.
 *
 * @param url absolute, as the app wrote or configured it; a fragment stays here and off the wire
 */
public record Target(String url, HttpMethod method) {

  /** The URL for people to read: without a password. */
  public String shown() {
    return Urls.masked(url);
  }

  /** The callback of a hook, resolved against this URL; null: it names none. */
  public @Nullable Target resolve(Hook<?> hook) {
    return hook.url() == null ? null : resolve(hook.url(), hook.method());
  }

  /** The same method at {@code reference}, resolved against this URL. */
  public Target resolve(String reference, HttpMethod method) {
    return new Target(Urls.resolve(url, reference), method);
  }
}
