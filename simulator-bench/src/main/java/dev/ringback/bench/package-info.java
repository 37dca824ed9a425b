/** How fast the core is without I/O, and how near the wire comes to its HTTP client. */
@NullMarked
package dev.ringback.bench;

import org.jspecify.annotations.NullMarked;
