/**
 * Runs many scenarios: which of them ({@link dev.ringback.runner.Selection}), how ({@link
 * dev.ringback.runner.Runner}), and against an app that it starts itself ({@link
 * dev.ringback.runner.AppProcess}).
 */
@NullMarked
package dev.ringback.runner;

import org.jspecify.annotations.NullMarked;
