package dev.ringback.scenario;

import dev.ringback.engine.Placement;
import java.util.List;

/**
 * A play and what is expected of it.
 *
 * @param calls placed one after the other, each when the one before has come to rest
 * @param then in this order
 * @param strict whether no other request may lie between the expected ones
 */
public record Scenario(
    String name, List<Placement> calls, List<Expectation> then, boolean strict) {}
