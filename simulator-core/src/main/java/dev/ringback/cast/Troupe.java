package dev.ringback.cast;

import java.util.List;
import java.util.Map;

/**
 * The directions given for one call; they go before what the account is configured with.
 *
 * @param called by number or worker identity; {@link #ANYBODY} for whoever has no entry
 * @param caller the party that calls
 * @param directions what happens at certain times
 * @param reactions what happens when somebody hears something
 */
public record Troupe(
    Map<String, Cast> called,
    Caller caller,
    List<StageDirection> directions,
    List<Reaction> reactions) {
  /** Stands for every called party that is not named. */
  public static final String ANYBODY = "*";

  public static final Troupe NO_DIRECTIONS =
      new Troupe(Map.of(), Caller.DEFAULT, List.of(), List.of());

  public Troupe(Map<String, Cast> called, Caller caller) {
    this(called, caller, List.of(), List.of());
  }

  public Troupe(Map<String, Cast> called, Caller caller, List<StageDirection> directions) {
    this(called, caller, directions, List.of());
  }
}
