package dev.ringback.engine;

import dev.ringback.fault.FaultOrder;

/**
 * A fault as it stands.
 *
 * @param struck how often it has struck
 */
public record StandingFault(String id, FaultOrder order, int struck) {}
