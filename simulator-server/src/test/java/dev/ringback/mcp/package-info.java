/** Tests of the door for agents. */
@NullMarked
package dev.ringback.mcp;

import org.jspecify.annotations.NullMarked;
