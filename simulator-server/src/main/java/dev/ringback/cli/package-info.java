/**
 * The commands. {@link dev.ringback.cli.Ringback} lists them; a command is a class. Results go to
 * stdout, words to people to stderr; 0 is good, 1 is the app's or the scenario's failure, 2 is the
 * user's.
 */
@NullMarked
package dev.ringback.cli;

import org.jspecify.annotations.NullMarked;
