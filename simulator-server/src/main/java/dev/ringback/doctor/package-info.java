/** Looks at the machine and the app, and says what would keep Ringback from working here. */
@NullMarked
package dev.ringback.doctor;

import org.jspecify.annotations.NullMarked;
