/**
 * Conversations, Frontline and Monitor, a class a resource; {@link
 * dev.ringback.rest.v1.ConversationsApi} lists those of Conversations.
 */
@NullMarked
package dev.ringback.rest.v1;

import org.jspecify.annotations.NullMarked;
