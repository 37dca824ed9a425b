package dev.ringback.config;

import dev.ringback.yaml.Section;

/**
 * The keys of {@code rest}: limits of the REST API.
 *
 * @param callsPerSecond how many calls leave the queue in a second
 * @param maxConcurrentRequests how many requests it takes at once; 0: as many as come
 */
public record RestSection(int callsPerSecond, int maxConcurrentRequests) {
  static final RestSection DEFAULT = new RestSection(1, 0);

  RestSection read(Section rest) {
    RestSection read =
        new RestSection(
            Values.count(rest, "callsPerSecond", 10_000).orElse(callsPerSecond),
            Values.count(rest, "maxConcurrentRequests", 100_000).orElse(maxConcurrentRequests));
    rest.done();
    return read;
  }
}
