/** What {@code /metrics} shows. */
@NullMarked
package dev.ringback.metrics;

import org.jspecify.annotations.NullMarked;
