/**
 * Ringback in JUnit tests, 5.10 and newer: {@link dev.ringback.junit.RingbackExtension} gives each
 * test a {@link dev.ringback.junit.World} with a virtual clock of its own.
 */
@NullMarked
package dev.ringback.junit;

import org.jspecify.annotations.NullMarked;
