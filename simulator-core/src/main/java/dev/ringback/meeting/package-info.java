/**
 * Where calls meet: conferences and queues, as pure state that calls ask and the REST API commands.
 * Read {@link dev.ringback.meeting.Meetings} first.
 */
@NullMarked
package dev.ringback.meeting;

import org.jspecify.annotations.NullMarked;
