package dev.ringback.mcp;

import java.util.function.Function;

/**
 * A tool.
 *
 * @param description all that an agent needs to use it
 * @param reads whether it changes nothing, so that it is there in read-only mode, too
 * @param work answers with a text for the agent, or throws {@link ToolRefused}
 */
record Tool(
    String name,
    String description,
    Schema schema,
    boolean reads,
    Function<Arguments, String> work) {}
