package dev.ringback.cast;

import dev.ringback.id.ClientAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The directions given for one call; they go before what the account is configured with.
 *
 * @param called by number or worker identity; {@link #ANYBODY} for a party without an entry
 * @param caller the party that calls
 * @param directions what happens at certain times
 * @param reactions what a party does when it hears something
 */
public record Script(
    Map<String, Cast> called,
    Caller caller,
    List<ScriptStep> directions,
    List<Reaction> reactions) {
  /** Stands for every called party that is not named. */
  public static final String ANYBODY = "*";

  /** Stands for every worker, and every other client, that is not named. */
  public static final String ANY_CLIENT = ClientAddress.of("*");

  public static final Script NO_DIRECTIONS =
      new Script(Map.of(), Caller.DEFAULT, List.of(), List.of());

  /** Whether the name stands for many. */
  public static boolean isPattern(String name) {
    return name.equals(ANYBODY) || name.equals(ANY_CLIENT);
  }

  /**
   * How that party is directed to behave; null: it is not.
   *
   * @param client whether it is called on an app rather than by a number
   */
  public @Nullable Cast of(String name, boolean client) {
    Cast own = called.getOrDefault(name, client ? called.get(ClientAddress.of(name)) : null);
    if (own == null && client) {
      own = called.get(ANY_CLIENT);
    }
    return own == null ? called.get(ANYBODY) : own;
  }

  public Script(Map<String, Cast> called, Caller caller) {
    this(called, caller, List.of(), List.of());
  }

  public Script(Map<String, Cast> called, Caller caller, List<ScriptStep> directions) {
    this(called, caller, directions, List.of());
  }
}
