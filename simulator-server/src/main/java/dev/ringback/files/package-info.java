/**
 * What people write and Ringback reads: {@code ringback.yaml}, scenario files, canned apps, and the
 * bodies of the control API. {@link dev.ringback.files.Section} is strict for all of them: a key
 * nobody asked for is an error that names the nearest known one. Start there, then {@link
 * dev.ringback.files.WorldDraft}.
 */
@NullMarked
package dev.ringback.files;

import org.jspecify.annotations.NullMarked;
