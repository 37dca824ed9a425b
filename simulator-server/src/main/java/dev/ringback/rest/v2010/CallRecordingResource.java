package dev.ringback.rest.v2010;

import dev.ringback.account.ApiError;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallInput.RecordingCommand;
import dev.ringback.engine.Account;
import dev.ringback.engine.Account.LegOfCall;
import dev.ringback.id.Sid;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import dev.ringback.rest.TimeFilter;
import dev.ringback.twiml.Trim;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RecordingSource;
import java.util.List;
import java.util.Optional;

/**
 * Recordings of a call, started, paused and stopped while it goes on (docs/voice/api/recording).
 */
final class CallRecordingResource {
  /** Stands for the SID of the recording that runs. */
  private static final String CURRENT = "Twilio.CURRENT";

  private CallRecordingResource() {}

  static void add(Routes routes) {
    routes
        .below("/Calls/{call}")
        .post("/Recordings", CallRecordingResource::create)
        .get("/Recordings", CallRecordingResource::list)
        .get(
            "/Recordings/{sid}",
            r -> Answer.found("Recording", fields(r, r.ask(account -> find(r, of(r, account))))))
        .post("/Recordings/{sid}", CallRecordingResource::update)
        .delete(
            "/Recordings/{sid}",
            r -> RecordingResource.delete(r, r.ask(account -> leg(r, account).leg().sid())));
  }

  private static LegOfCall leg(RestRequest request, Account account) {
    return CallResource.leg(request, account, "call");
  }

  /** The newest first. */
  private static List<Recording> of(RestRequest request, Account account) {
    LegOfCall leg = leg(request, account);
    return leg.call().facts().recordings().stream()
        .filter(r -> r.call().equals(leg.leg().sid()))
        .toList()
        .reversed();
  }

  private static Recording find(RestRequest request, List<Recording> recordings) {
    String name = request.name("sid");
    return recordings.stream()
        .filter(r -> name.equals(CURRENT) ? r.stoppedAt() == null : r.sid().value().equals(name))
        .findFirst()
        .orElseThrow(request::notFound);
  }

  private static Answer create(RestRequest request) {
    Verb.RecordingOptions order =
        CallParameters.recording(request.params(), true, Trim.DO_NOT_TRIM);
    Recording made =
        request.change(account -> {
          LegOfCall leg = leg(request, account);
          Sid sid = leg.leg().sid();
          if (leg.leg().status() != CallStatus.IN_PROGRESS || leg.leg().parent() != null) {
            throw ApiError.badRequest(21220, "Requested resource is not eligible for recording");
          }
          boolean runs =
              of(request, account).stream()
                  .anyMatch(r ->
                      r.source() == RecordingSource.START_CALL_RECORDING_API
                          && r.stoppedAt() == null);
          if (runs) {
            throw ApiError.badRequest(
                16108, "Voice Recording: Request failed due to concurrent recordings");
          }
          account.change(sid, new CallInput.RecordingStarted(sid, order));
          return of(request, account).getFirst();
        });
    return Answer.created("Recording", fields(request, made));
  }

  private static Answer list(RestRequest request) {
    Params params = request.params();
    TimeFilter byDate = params.times("DateCreated");
    List<Recording> shown =
        request.ask(account -> of(request, account)).stream()
            .filter(r -> byDate.takes(r.startedAt()))
            .toList();
    return RecordingResource.listing(request, shown, r -> fields(request, r));
  }

  private static Answer update(RestRequest request) {
    Params params = request.params();
    Optional<String> status =
        params.choice("Status", List.of("in-progress", "paused", "stopped"), 20001);
    boolean skips =
        params
            .choice("PauseBehavior", List.of("skip", "silence"), 20001)
            .filter("skip"::equals)
            .isPresent();
    if (status.isEmpty()) {
      throw ApiError.badRequest(20001, "Missing required parameter Status in the post body");
    }
    Recording changed =
        request.change(account -> {
          Recording before = find(request, of(request, account));
          if (before.stoppedAt() != null) {
            throw ApiError.badRequest(21220, "Requested resource is not eligible for recording");
          }
          account.change(
              before.call(),
              new CallInput.RecordingChanged(
                  before.sid(),
                  switch (status.get()) {
                    case "paused" -> RecordingCommand.PAUSE;
                    case "stopped" -> RecordingCommand.STOP;
                    default -> RecordingCommand.RESUME;
                  },
                  skips));
          return of(request, account).stream()
              .filter(r -> r.sid().equals(before.sid()))
              .findFirst()
              .orElse(before);
        });
    Fields fields = fields(request, changed);
    return Answer.found(
        "Recording", status.get().equals("stopped") ? fields.put("status", "stopped") : fields);
  }

  private static Fields fields(RestRequest request, Recording recording) {
    return RecordingResource.shared(request, recording)
        .put("encryption_details", null)
        .put("track", recording.track())
        .put("uri", request.uri("/Calls/" + recording.call() + "/Recordings/" + recording.sid()));
  }
}
