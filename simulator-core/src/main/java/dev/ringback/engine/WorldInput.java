package dev.ringback.engine;

import dev.ringback.voice.Landing;
import java.time.Duration;
import java.time.Instant;

/**
 * What a world does next and cannot know by itself: what came from outside, and when its clock let
 * it do something. Told in the same order, a world of the same settings does the same again.
 */
public sealed interface WorldInput {

  /**
   * Its time begins, at the start and at each reset.
   *
   * @param start its first instant
   * @param wall the wall's, then
   */
  record Began(Instant start, Instant wall) implements WorldInput {}

  /**
   * A request from outside has asked or changed something; what, its handler says.
   *
   * @param origin of the request, see {@link Origin}
   */
  record Submitted(long origin) implements WorldInput {}

  /**
   * A request of its own was answered.
   *
   * @param sending counts what was sent since the world began
   * @param wallTime how long it really took
   */
  record Landed(long sending, Landing landing, Duration wallTime) implements WorldInput {}

  /** A request of its own went to a machine that nobody named. */
  record Strayed(long sending, String host) implements WorldInput {}

  /** It has dealt with news of its own. */
  record Told() implements WorldInput {}

  /** Virtual time: all requests of the instant were answered. */
  record Settled() implements WorldInput {}

  /** It did the next thing that was due. */
  record Due() implements WorldInput {}

  /**
   * It became again what it was when a snapshot was taken; requests that nobody had answered then
   * are sent again.
   *
   * @param snapshot its number in what keeps the history; 0: nothing keeps it
   * @param wall the wall's time, from when on its real clock runs on
   */
  record Restored(long snapshot, Instant wall) implements WorldInput {}

  /**
   * It went on after it had stopped: requests that nobody had answered are sent again.
   *
   * @param start from when on its real clock runs on
   * @param wall the wall's time, then
   */
  record Resumed(Instant start, Instant wall) implements WorldInput {}
}
