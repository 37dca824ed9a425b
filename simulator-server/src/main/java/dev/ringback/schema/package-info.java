/**
 * JSON Schemas of the files that people write: {@link dev.ringback.schema.ScenarioSchema}, {@link
 * dev.ringback.schema.ConfigSchema}. They are made of the same tables as the readers; a test holds
 * the two together.
 */
@NullMarked
package dev.ringback.schema;

import org.jspecify.annotations.NullMarked;
