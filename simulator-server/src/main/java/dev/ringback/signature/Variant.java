package dev.ringback.signature;

import java.util.Set;

/**
 * What may have been signed.
 *
 * @param causes why the app saw something else; none: it is what the app saw
 */
record Variant<T>(T value, Set<Cause> causes) {}
