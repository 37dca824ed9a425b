/** What {@code ringback init} writes for a project. */
@NullMarked
package dev.ringback.project;

import org.jspecify.annotations.NullMarked;
