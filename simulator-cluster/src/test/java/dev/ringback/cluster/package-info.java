/** Nodes as processes, with a real PostgreSQL. */
@NullMarked
package dev.ringback.cluster;

import org.jspecify.annotations.NullMarked;
