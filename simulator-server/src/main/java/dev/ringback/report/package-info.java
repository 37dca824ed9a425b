/**
 * The journal for people: {@link dev.ringback.report.Timeline} is what happened in a call, row by
 * row, as {@link dev.ringback.report.TimelineReader} reads it; {@link
 * dev.ringback.report.TimelineText} puts it on a terminal, {@link dev.ringback.report.JUnitXml}
 * reports scenarios to CI.
 */
@NullMarked
package dev.ringback.report;

import org.jspecify.annotations.NullMarked;
