/**
 * What is known about the real service, as a table ({@code voice.yaml}, {@code frontline.yaml}):
 * which of it Ringback reproduces, and which of it a captured call confirms.
 */
@NullMarked
package dev.ringback.facts;

import org.jspecify.annotations.NullMarked;
