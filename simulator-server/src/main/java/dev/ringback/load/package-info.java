/**
 * Load: scenarios as calls that begin at a rate, whatever became of those before, and what the app
 * made of them.
 */
@NullMarked
package dev.ringback.load;

import org.jspecify.annotations.NullMarked;
