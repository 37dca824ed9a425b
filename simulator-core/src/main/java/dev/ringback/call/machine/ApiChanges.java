package dev.ringback.call.machine;

import dev.ringback.call.CallInput;
import dev.ringback.call.Recorder;
import dev.ringback.call.StepContext;
import dev.ringback.id.Sid;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.VoiceUrls;

/**
 * What the REST API changes of a call that lives, whatever the call is doing
 * (docs/voice/api/call-resource, docs/voice/api/recording).
 */
final class ApiChanges {
  private ApiChanges() {}

  /** Makes the change; false: the input is none. */
  static boolean change(StepContext context, CallInput input) {
    if (input instanceof CallInput.Adjusted adjusted && adjusted.leg().equals(sid(context))) {
      adjust(context, adjusted);
      return true;
    }
    if (input instanceof CallInput.RecordingStarted ordered && ordered.leg().equals(sid(context))) {
      Recorder.start(
          context,
          Recording.Plan.of(
              RecordingSource.START_CALL_RECORDING_API,
              Recording.Scope.CALL,
              context.urls().voice(),
              ordered.order()));
      return true;
    }
    if (input instanceof CallInput.RecordingChanged changed) {
      Recorder.change(context, changed.recording(), changed.command(), changed.skips());
      return true;
    }
    return false;
  }

  private static Sid sid(StepContext context) {
    return context.leg().sid();
  }

  private static void adjust(StepContext context, CallInput.Adjusted adjusted) {
    VoiceUrls urls = context.urls();
    context.change(
        new VoiceUrls(
            urls.voice(),
            adjusted.fallback() == null ? urls.fallback() : adjusted.fallback(),
            adjusted.statusCallback() == null ? urls.statusCallback() : adjusted.statusCallback()));
    if (adjusted.timeLimit() != null) {
      context.limit(adjusted.timeLimit());
    }
  }
}
