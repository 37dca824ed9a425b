/** Conversations, Frontline and Monitor, a class a resource. */
@NullMarked
package dev.ringback.rest.v1;

import org.jspecify.annotations.NullMarked;
