package dev.ringback.play;

import dev.ringback.engine.World;
import java.time.Duration;

/** Lets the app reach the world of the scenario that plays, by the REST API. */
public interface Doorway {

  /**
   * Opens it to a world; waits while it stands open to another one of the same account.
   *
   * @return to be closed when the scenario is over
   */
  Opened open(World world);

  /** Where apps find it, such as {@code http://localhost:4010}; null: nowhere. */
  @org.jspecify.annotations.Nullable
  String url();

  /** It stands open. */
  interface Opened extends AutoCloseable {
    /** How long on the wall the app may still come in when nothing else is to be done. */
    Duration patience();

    @Override
    void close();
  }

  /** Nobody comes in. */
  Doorway CLOSED =
      new Doorway() {
        @Override
        public Opened open(World world) {
          return new Opened() {
            @Override
            public Duration patience() {
              return Duration.ZERO;
            }

            @Override
            public void close() {}
          };
        }

        @Override
        public @org.jspecify.annotations.Nullable String url() {
          return null;
        }
      };
}
