/** Which tests show which facts about the real service. */
@NullMarked
package dev.ringback.fidelity;

import org.jspecify.annotations.NullMarked;
