/**
 * Finds out what can happen in an app's calls: {@link dev.ringback.explore.Exploration} plays every
 * way people and the carrier can go, breadth first, and what the app answers badly becomes a {@link
 * dev.ringback.explore.Finding}.
 */
@NullMarked
package dev.ringback.explore;

import org.jspecify.annotations.NullMarked;
