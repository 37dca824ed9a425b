package dev.ringback.json;

import dev.ringback.twiml.Hook;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.RecordMode;
import dev.ringback.twiml.RecordingEvent;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.Trim;
import dev.ringback.twiml.Verb;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the journal writes what is to be recorded; the format is a promise. */
record RecordingJson(
    RecordMode mode,
    Trim trim,
    RecordingTrack track,
    @Nullable String callback,
    HttpMethod callbackMethod,
    Set<RecordingEvent> events) {

  static RecordingJson of(Verb.RecordingOptions options) {
    Hook<RecordingEvent> callback = options.callback();
    return new RecordingJson(
        options.mode(),
        options.trim(),
        options.track(),
        callback.url(),
        callback.method(),
        callback.events());
  }

  Verb.RecordingOptions options() {
    return new Verb.RecordingOptions(
        mode, trim, track, new Hook<>(callback, callbackMethod, events));
  }
}
