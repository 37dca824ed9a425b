/**
 * TwiML as data: {@link dev.ringback.twiml.TwimlReader} turns text into a {@link
 * dev.ringback.twiml.Reading}, either a document of {@link dev.ringback.twiml.Verb}s with its
 * findings, or the one problem that made it unreadable. {@link dev.ringback.twiml.Grammar} is the
 * table of elements and attributes, in the order of Twilio's pages; a new verb is a record there, a
 * row in the table and a case in the reader.
 */
@NullMarked
package dev.ringback.twiml;

import org.jspecify.annotations.NullMarked;
