/** The console's page and files; what it shows it asks of the control API. */
@NullMarked
package dev.ringback.console;

import org.jspecify.annotations.NullMarked;
