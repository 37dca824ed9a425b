/**
 * Names of things: {@link dev.ringback.id.Sid} as a checked value and {@link
 * dev.ringback.id.SidMint}, which makes the next one from a seed. {@link dev.ringback.id.WireData}
 * marks records that mirror a resource of Twilio's. The lowest stair; imports nothing of ours.
 * Start with {@link dev.ringback.id.Sid}.
 */
@NullMarked
package dev.ringback.id;

import org.jspecify.annotations.NullMarked;
