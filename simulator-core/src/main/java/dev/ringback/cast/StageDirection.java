package dev.ringback.cast;

import dev.ringback.call.Act;
import java.time.Duration;

/**
 * Something that is to happen in a call at a certain time.
 *
 * @param at from the beginning of the call
 */
public record StageDirection(Duration at, Move move) {

  /** What happens. */
  public sealed interface Move {}

  /** A person does something. */
  public record Does(Role role, Act act) implements Move {}

  /**
   * The REST API ends the leg a person is on.
   *
   * @param cancel with {@code Status=canceled} rather than {@code completed}
   */
  public record EndedByApi(Role role, boolean cancel) implements Move {}

  /** A worker is added to the conversation with the customer. */
  public record Joins(String worker) implements Move {}
}
