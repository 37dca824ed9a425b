/**
 * JSON of the core's records ({@link dev.ringback.json.JournalJson}, read it first), and the JSON
 * that accounts read and write.
 */
@NullMarked
package dev.ringback.json;

import org.jspecify.annotations.NullMarked;
