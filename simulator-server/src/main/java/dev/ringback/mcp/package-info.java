/**
 * The door for agents: what Ringback does as tools of the Model Context Protocol, over standard
 * input and output ({@code ringback mcp}) and over HTTP ({@code /mcp}).
 */
@NullMarked
package dev.ringback.mcp;

import org.jspecify.annotations.NullMarked;
