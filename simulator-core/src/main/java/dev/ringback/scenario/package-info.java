/**
 * Scenarios, from what a file says to the verdict: an {@link dev.ringback.scenario.Expectation} is
 * a value that knows its text; {@link dev.ringback.scenario.Evidence} is what happened, with the
 * exchanges of the journal; {@link dev.ringback.scenario.RequestSearch} looks among them for the
 * requests expected, and {@link dev.ringback.scenario.Differences} says what is not as expected;
 * {@link dev.ringback.scenario.Judge} makes the verdict. All of it is pure. Read the judge first; a
 * new expectation is a case of Expectation and of the judge.
 */
@NullMarked
package dev.ringback.scenario;

import org.jspecify.annotations.NullMarked;
