/** The API of 2010, a class a resource; {@link dev.ringback.rest.v2010.Api2010} lists them. */
@NullMarked
package dev.ringback.rest.v2010;

import org.jspecify.annotations.NullMarked;
