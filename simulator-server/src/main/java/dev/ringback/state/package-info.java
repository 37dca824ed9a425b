/**
 * What is kept on disk, so that a world goes on after its process has ended: the order of what came
 * from outside, in an embedded database.
 */
@NullMarked
package dev.ringback.state;

import org.jspecify.annotations.NullMarked;
