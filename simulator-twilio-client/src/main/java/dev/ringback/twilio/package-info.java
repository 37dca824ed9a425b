/** Leads Twilio's own Java library to Ringback; the app brings the library. */
@NullMarked
package dev.ringback.twilio;

import org.jspecify.annotations.NullMarked;
