package dev.ringback.voice;

import dev.ringback.twiml.HttpMethod;

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

  /** The same method at {@code reference}, resolved against this URL. */
  public Target resolve(String reference, HttpMethod method) {
    return new Target(Urls.resolve(url, reference), method);
  }
}
