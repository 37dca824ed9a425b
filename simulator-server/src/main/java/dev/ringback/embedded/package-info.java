/**
 * Ringback in another program's JVM, behind types of the JDK only, so that it can be loaded apart
 * from that program's own libraries: {@link dev.ringback.embedded.EmbeddedRingback}.
 */
@NullMarked
package dev.ringback.embedded;

import org.jspecify.annotations.NullMarked;
