/**
 * Scenarios: {@link dev.ringback.scenario.Scenario} is what a file says, {@link
 * dev.ringback.scenario.Judge} compares what happened with what was expected. Both are pure; a new
 * expectation is a case of {@link dev.ringback.scenario.Expectation} and of the judge.
 */
@NullMarked
package dev.ringback.scenario;

import org.jspecify.annotations.NullMarked;
