/**
 * The verbs of a call, a file a verb: each takes the input and says by a {@link
 * dev.ringback.call.VerbStep} whether it goes on or what follows it. {@code <Connect>
 * <Conversation>} begins in {@link dev.ringback.call.verb.ConnectConversation}, {@code <Dial>} in
 * {@link dev.ringback.call.verb.DialVerb}.
 */
@NullMarked
package dev.ringback.call.verb;

import org.jspecify.annotations.NullMarked;
