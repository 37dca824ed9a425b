package dev.ringback.play;

import dev.ringback.engine.World;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The REST API as the app reaches the world that plays. */
public interface RestApi {
  /** A header that a scenario's own requests carry: they are none of the app's. */
  String SCRIPTED = "X-Ringback-Scripted";

  /**
   * Serves a world until the result is closed; waits while another world of the same account is
   * served, once the app has sent a request.
   *
   * @param alone whether it must be told from all others from the beginning, because its script
   *     sends requests
   */
  Serving serve(World world, boolean alone);

  /** Where apps find it, such as {@code http://localhost:4010}; null: nowhere. */
  @Nullable String url();

  /** A world that is served. */
  interface Serving extends AutoCloseable {
    /** How long on the wall the app may still send requests when nothing else is to be done. */
    Duration patience();

    /** Whether the app's requests could not be told from those of other worlds. */
    boolean disturbed();

    @Override
    void close();
  }

  /** The app reaches no world. */
  RestApi NONE =
      new RestApi() {
        @Override
        public Serving serve(World world, boolean alone) {
          return new Serving() {
            @Override
            public Duration patience() {
              return Duration.ZERO;
            }

            @Override
            public boolean disturbed() {
              return false;
            }

            @Override
            public void close() {}
          };
        }

        @Override
        public @Nullable String url() {
          return null;
        }
      };
}
