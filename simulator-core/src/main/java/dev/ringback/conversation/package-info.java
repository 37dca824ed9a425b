/**
 * The Conversations of an account as Twilio's API knows them (docs/conversations/api): what there
 * is, what may be changed, and which webhooks a change is worth. {@link
 * dev.ringback.conversation.Conversations} keeps it all.
 */
@NullMarked
package dev.ringback.conversation;

import org.jspecify.annotations.NullMarked;
