package dev.ringback.engine;

import dev.ringback.cast.ScriptStep;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sends requests to the REST API of a world, as an app would. */
public interface ApiClient {
  /**
   * Sends a request; the answer comes later, on any thread.
   *
   * @param request whose path and form have no placeholders any more
   * @return empty when it was answered as it should be; otherwise what was answered instead
   */
  CompletableFuture<Optional<String>> send(ScriptStep.ApiRequest request);
}
