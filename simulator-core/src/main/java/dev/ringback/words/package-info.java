/** Words people write: {@link dev.ringback.words.Nearest} finds the one they meant. */
@NullMarked
package dev.ringback.words;

import org.jspecify.annotations.NullMarked;
