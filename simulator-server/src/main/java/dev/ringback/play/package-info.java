/**
 * Plays scenario files in virtual time over real HTTP: {@link dev.ringback.play.Player}, with a
 * {@link dev.ringback.play.CannedAppServer} where the scenario brings its own app.
 */
@NullMarked
package dev.ringback.play;

import org.jspecify.annotations.NullMarked;
