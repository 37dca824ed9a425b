package dev.ringback.engine;

import dev.ringback.callback.WebRequest;
import dev.ringback.id.Sid;
import dev.ringback.voice.Alert;
import dev.ringback.voice.Landing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the Debugger as it is kept.
 *
 * @param call the first leg of the call concerned; null: it concerns none
 * @param request it came of; null: none
 * @param answer to that request; null: none
 */
public record LoggedAlert(
    Sid sid,
    Instant at,
    @Nullable Sid call,
    Alert alert,
    @Nullable WebRequest request,
    Landing.@Nullable Answered answer) {}
