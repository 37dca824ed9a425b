/**
 * The signature doctor: {@link dev.ringback.signature.SignatureDoctor} finds what a signature was
 * made of, {@link dev.ringback.signature.Cause} says what went wrong and how to mend it.
 */
@NullMarked
package dev.ringback.signature;

import org.jspecify.annotations.NullMarked;
