/** Tests of the table of facts. */
@NullMarked
package dev.ringback.facts;

import org.jspecify.annotations.NullMarked;
