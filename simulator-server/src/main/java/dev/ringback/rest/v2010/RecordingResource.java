package dev.ringback.rest.v2010;

import dev.ringback.account.ApiError;
import dev.ringback.engine.Account;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import dev.ringback.rest.TimeFilter;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RecordingStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Recordings of the account (docs/voice/api/recording). */
final class RecordingResource {
  private RecordingResource() {}

  static void add(Routes routes) {
    routes
        .get("/Recordings", RecordingResource::list)
        .get(
            "/Recordings/{sid}",
            r -> Answer.found("Recording", r.ask(account -> fields(r, find(r, account)))))
        .delete("/Recordings/{sid}", r -> delete(r, null));
  }

  /** Every recording, the newest first. */
  static List<Recording> all(Account account) {
    return account.calls().reversed().stream()
        .flatMap(call -> call.facts().recordings().stream())
        .sorted(java.util.Comparator.comparing(Recording::startedAt))
        .toList()
        .reversed();
  }

  private static Recording find(RestRequest request, Account account) {
    Sid sid = request.sid("sid", SidKind.RECORDING);
    return all(account).stream()
        .filter(r -> r.sid().equals(sid))
        .findFirst()
        .orElseThrow(request::notFound);
  }

  private static Answer list(RestRequest request) {
    Params params = request.params();
    Optional<String> call = params.text("CallSid");
    Optional<String> conference = params.text("ConferenceSid");
    TimeFilter byDate = params.times("DateCreated");
    List<Recording> shown =
        request.ask(RecordingResource::all).stream()
            .filter(r -> call.filter(c -> !c.equals(r.call().value())).isEmpty())
            .filter(r -> conference.filter(c -> !isSid(r.conference(), c)).isEmpty())
            .filter(r -> byDate.takes(r.startedAt()))
            .toList();
    return listing(request, shown, r -> fields(request, r));
  }

  static Answer listing(
      RestRequest request, List<Recording> shown, Function<Recording, Fields> fields) {
    return request.listing(
        shown,
        r -> r.sid().value(),
        Version2010.MOST_PER_PAGE,
        "recordings",
        "Recording",
        "Recordings",
        fields);
  }

  private static boolean isSid(@Nullable Sid sid, String text) {
    return sid != null && sid.value().equals(text);
  }

  /**
   * @param of the call that it must be of; null: any
   */
  static Answer delete(RestRequest request, @Nullable Sid of) {
    return request.change(account -> {
      Recording recording = find(request, account);
      if (of != null && !recording.call().equals(of)) {
        throw request.notFound();
      }
      if (isUnfinished(recording)) {
        throw ApiError.conflict(20009, "Cannot delete this resource before it is complete");
      }
      if (!account.deleteRecording(recording.sid())) {
        throw request.notFound();
      }
      return Answer.gone();
    });
  }

  private static boolean isUnfinished(Recording recording) {
    return recording.status() == RecordingStatus.IN_PROGRESS
        || recording.status() == RecordingStatus.PAUSED;
  }

  /** As the API names the status: between the stop and the file it is being processed. */
  private static String status(Recording recording) {
    return recording.status() == RecordingStatus.IN_PROGRESS && recording.stoppedAt() != null
        ? "processing"
        // The API has no word for a file that failed; an error code tells.
        : recording.status() == RecordingStatus.FAILED
            ? RecordingStatus.ABSENT.wireName()
            : recording.status().wireName();
  }

  private static @Nullable String seconds(Recording recording) {
    return isUnfinished(recording) ? null : Long.toString(recording.seconds());
  }

  private static Instant updated(Recording recording) {
    return recording.stoppedAt() == null ? recording.startedAt() : recording.stoppedAt();
  }

  private static Fields fields(RestRequest request, Recording recording) {
    String path = "/Recordings/" + recording.sid();
    return shared(request, recording)
        .put("uri", request.uri(path))
        .put(
            "subresource_uris",
            new Fields()
                .put("add_on_results", request.uri(path + "/AddOnResults"))
                .put("transcriptions", request.uri(path + "/Transcriptions")))
        .put("encryption_details", null)
        .put("media_url", request.media(path));
  }

  /** The fields that a recording has at both levels. */
  static Fields shared(RestRequest request, Recording recording) {
    return new Fields()
        .put("account_sid", request.account())
        .put("api_version", Version2010.NAME)
        .put("call_sid", recording.call())
        .put("conference_sid", recording.conference())
        .put("channels", recording.channels())
        .rfc2822("date_created", recording.startedAt())
        .rfc2822("date_updated", updated(recording))
        .rfc2822("start_time", recording.startedAt())
        .put("price", null)
        .put("price_unit", "USD")
        .put("duration", seconds(recording))
        .put("sid", recording.sid())
        .put("source", recording.source())
        .put("status", status(recording))
        .put("error_code", recording.errorCode() == 0 ? null : recording.errorCode());
  }
}
