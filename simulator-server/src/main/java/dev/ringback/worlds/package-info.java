/**
 * The worlds of a server by the account they are of: {@link dev.ringback.worlds.Worlds}. The REST
 * API and the control API find them here.
 */
@NullMarked
package dev.ringback.worlds;

import org.jspecify.annotations.NullMarked;
