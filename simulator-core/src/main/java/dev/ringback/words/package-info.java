/** Words people write: {@link dev.ringback.words.DidYouMean} finds the one they meant. */
@NullMarked
package dev.ringback.words;

import org.jspecify.annotations.NullMarked;
