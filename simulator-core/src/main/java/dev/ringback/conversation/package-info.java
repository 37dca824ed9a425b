/**
 * The Conversations of an account as Twilio's API knows them (docs/conversations/api).
 *
 * <p>Read {@link dev.ringback.conversation.Directory} first, which holds all the resources, then
 * {@link dev.ringback.conversation.Change}: a change is made in two steps, so that a pre-webhook
 * can alter or refuse it. {@link dev.ringback.conversation.Conversations} keeps the conversations
 * with their participants and messages and finds them; {@link
 * dev.ringback.conversation.ConversationChanges}, {@link
 * dev.ringback.conversation.ParticipantChanges} and {@link
 * dev.ringback.conversation.MessageChanges} change them, and {@link
 * dev.ringback.conversation.MessagingBindings} says which addresses a participant may have. An
 * {@link dev.ringback.conversation.Event} goes where {@link
 * dev.ringback.conversation.WebhookTargets} says.
 */
@NullMarked
package dev.ringback.conversation;

import org.jspecify.annotations.NullMarked;
