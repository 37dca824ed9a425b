package dev.ringback.fault;

import dev.ringback.voice.RequestKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault that was ordered.
 *
 * @param request the kind of request it strikes; null: any; without meaning for faults of other
 *     things
 * @param form parameters the request must have, with these values
 * @param probability from 0 to 1, drawn from the world's seed
 * @param times how often it strikes at most; 0: always
 */
public record FaultRule(
    Fault fault,
    @Nullable RequestKind request,
    Map<String, String> form,
    double probability,
    int times) {

  /** Strikes always. */
  public static FaultRule always(Fault fault) {
    return new FaultRule(fault, null, Map.of(), 1, 0);
  }
}
