/**
 * The {@link dev.ringback.engine.World}: one Twilio account with its clock, its agenda, its
 * directory, its calls and its journal, and the one loop that owns them. Whatever comes from
 * outside goes through its inbox; what goes outside goes through the {@link
 * dev.ringback.engine.Wire}. Start with {@link dev.ringback.engine.World}.
 */
@NullMarked
package dev.ringback.engine;

import org.jspecify.annotations.NullMarked;
