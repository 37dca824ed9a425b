package dev.ringback.engine;

import dev.ringback.fault.FaultRule;

/**
 * A fault as it stands.
 *
 * @param struck how often it has struck
 */
public record ActiveFault(String id, FaultRule rule, int struck) {}
