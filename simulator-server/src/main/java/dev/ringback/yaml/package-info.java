/**
 * YAML and JSON that people write, read strictly: a key that nobody asks for is an error that names
 * the nearest known one, and every problem has its line. Read {@link dev.ringback.yaml.Section}
 * first.
 */
@NullMarked
package dev.ringback.yaml;

import org.jspecify.annotations.NullMarked;
