/**
 * {@code ringback.yaml}: {@link dev.ringback.config.ConfigFile} reads it, section by section, and
 * {@link dev.ringback.config.WorldDraft} collects what concerns the world. What scenario files, the
 * control API and the command line share with it (casts, directions, faults) is here, too, and so
 * is the account where no file names it.
 */
@NullMarked
package dev.ringback.config;

import org.jspecify.annotations.NullMarked;
