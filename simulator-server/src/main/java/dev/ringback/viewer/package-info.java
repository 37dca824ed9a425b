/**
 * A call as people look at it: what the console, the HTML report and a saved journal show. Read
 * {@link dev.ringback.viewer.CallViews} first.
 */
@NullMarked
package dev.ringback.viewer;

import org.jspecify.annotations.NullMarked;
