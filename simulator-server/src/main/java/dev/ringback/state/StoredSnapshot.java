package dev.ringback.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a snapshot without its bytes.
 *
 * @param number by which a history names it, from 1
 * @param name that somebody gave it; null: nobody did
 * @param start whether a next start goes on from it
 * @param requests the number of the last request before it
 * @param size of its bytes
 */
public record StoredSnapshot(
    long number, @Nullable String name, boolean start, Moment moment, long requests, int size) {

  /**
   * When and by whom it was taken.
   *
   * @param build of Ringback, which alone can read it
   * @param time the world's, then
   * @param taken the wall's time, then
   */
  public record Moment(String build, Instant time, Instant taken) {}

  public String build() {
    return moment.build();
  }

  /** The world's time, then. */
  public Instant time() {
    return moment.time();
  }

  /** The wall's time, then. */
  public Instant taken() {
    return moment.taken();
  }

  /** The same, of which nobody speaks any more. */
  public StoredSnapshot unnamed() {
    return new StoredSnapshot(number, null, false, moment, requests, size);
  }
}
