/**
 * Scenarios as files: {@link dev.ringback.scenariofile.ScenarioFile}, and the canned apps beside
 * them.
 */
@NullMarked
package dev.ringback.scenariofile;

import org.jspecify.annotations.NullMarked;
