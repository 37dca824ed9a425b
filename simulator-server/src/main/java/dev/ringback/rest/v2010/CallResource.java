package dev.ringback.rest.v2010;

import dev.ringback.account.Addresses;
import dev.ringback.account.ApiError;
import dev.ringback.account.Application;
import dev.ringback.account.PhoneNumber;
import dev.ringback.call.Alert;
import dev.ringback.call.ApiCallOptions;
import dev.ringback.call.Call;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallStatus;
import dev.ringback.call.Direction;
import dev.ringback.call.Leg;
import dev.ringback.call.Target;
import dev.ringback.call.VoiceUrls;
import dev.ringback.cast.Script;
import dev.ringback.engine.Account;
import dev.ringback.engine.Account.LegOfCall;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Route.Audience;
import dev.ringback.rest.Routes;
import dev.ringback.rest.TimeFilter;
import dev.ringback.twiml.CallProgressEvent;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.PhoneText;
import dev.ringback.twiml.RecordMode;
import dev.ringback.twiml.RecordingEvent;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.Trim;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import dev.ringback.twiml.WireNamed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls (docs/voice/api/call-resource). A leg that a document dialled is a call, too. */
final class CallResource {
  private static final int LONGEST_TWIML = 4_000;

  private static final List<List<String>> BELOW =
      List.of(
          List.of("notifications", "Notifications"),
          List.of("recordings", "Recordings"),
          List.of("payments", "Payments"),
          List.of("events", "Events"),
          List.of("siprec", "Siprec"),
          List.of("streams", "Streams"),
          List.of("transcriptions", "Transcriptions"),
          List.of("user_defined_message_subscriptions", "UserDefinedMessageSubscriptions"),
          List.of("user_defined_messages", "UserDefinedMessages"));

  private CallResource() {}

  static void add(Routes routes) {
    routes.open(Audience.TEST).post("/Calls", CallResource::create);
    routes
        .get("/Calls", CallResource::list)
        .get("/Calls/{sid}", request -> Answer.found("Call", fetch(request)))
        .post("/Calls/{sid}", CallResource::update)
        .delete("/Calls/{sid}", CallResource::delete);
  }

  // Create

  private static Answer create(RestRequest request) {
    Params params = request.params();
    Draft draft = Draft.read(params);
    if (request.isTest()) {
      MagicNumbers.checkCall(draft.from(), draft.to());
      return Answer.created("Call", ofTest(request, draft));
    }
    Fields fields =
        request.change(account -> {
          draft.check(account);
          Placed placed = account.place(draft.placement(account));
          if (placed instanceof Placed.Ringing ringing) {
            draft.warnings().forEach(warning -> account.raise(ringing.call(), warning));
            return fields(request, account.leg(ringing.call()).orElseThrow(), account);
          }
          Placed.Refused refused = (Placed.Refused) placed;
          throw refused.tooMany()
              ? new ApiError(
                  429,
                  20429,
                  "Too Many Requests: %s; %s".formatted(refused.message(), refused.hint()))
              : ApiError.badRequest(21211, refused.message());
        });
    return Answer.created("Call", fields);
  }

  private static Fields ofTest(RestRequest request, Draft draft) {
    Instant now = request.ask(Account::now);
    Leg leg =
        new Leg(
            MagicNumbers.sid(SidKind.CALL),
            null,
            draft.from(),
            draft.to(),
            Direction.OUTBOUND_API,
            CallStatus.QUEUED,
            now,
            null,
            null);
    return fields(request, leg, null, null);
  }

  /** The API's text on {@code Twiml} calls the two exclusive. */
  private static ApiError twofold() {
    return ApiError.badRequest(
        20001, "Url and Twiml are mutually exclusive: give the one or the other, not both");
  }

  /**
   * What a request to create a call says.
   *
   * @param warnings of what Twilio takes and then does not do
   */
  private record Draft(
      String from,
      String to,
      @Nullable Target url,
      @Nullable Target fallback,
      @Nullable Target statusCallback,
      @Nullable Sid application,
      ApiCallOptions order,
      List<Alert> warnings) {

    static Draft read(Params params) {
      Optional<String> url = params.given("Url").filter(u -> !u.isEmpty());
      Optional<String> twiml = params.text("Twiml", LONGEST_TWIML, 20001).filter(t -> !t.isEmpty());
      Optional<Sid> application = params.sid("ApplicationSid", SidKind.APPLICATION, 21218);
      if (url.isEmpty() && twiml.isEmpty() && application.isEmpty()) {
        throw ApiError.badRequest(21205, "Url parameter is required.");
      }
      if (url.isPresent() && twiml.isPresent()) {
        throw twofold();
      }
      String to = PhoneText.e164(params.required("To", 21201, "No 'To' number is specified"));
      String from = PhoneText.e164(params.required("From", 21213, "No 'From' number is specified"));
      Optional<Target> callback =
          target(params, "StatusCallback", "StatusCallbackMethod", 21609, HttpMethod.POST);
      Optional<Target> voice = target(params, "Url", "Method", 21205, HttpMethod.POST);
      Optional<Target> fallback =
          target(params, "FallbackUrl", "FallbackMethod", 21205, HttpMethod.POST);
      List<Alert> warnings = new ArrayList<>();
      if (application.isPresent()) {
        ignored(params, List.of("Url", "Twiml", "FallbackUrl", "StatusCallback"), warnings);
      }
      String digits = digits(params);
      return new Draft(
          from,
          to,
          voice.orElse(null),
          fallback.orElse(null),
          callback.orElse(null),
          application.orElse(null),
          new ApiCallOptions(
              application.isPresent() ? null : twiml.orElse(null),
              Duration.ofSeconds(params.integer("Timeout", 1, 600, 21208).orElse(60)),
              params.integer("TimeLimit", 1, 86_400, 20001).map(Duration::ofSeconds).orElse(null),
              digits,
              recording(params, params.flag("Record").orElse(false)),
              events(params, callback, warnings),
              detection(params, digits != null, warnings)),
          List.copyOf(warnings));
    }

    /** An application's own URLs answer for the call, whatever else is given. */
    private static void ignored(Params params, List<String> names, List<Alert> warnings) {
      List<String> given = names.stream().filter(name -> params.text(name).isPresent()).toList();
      if (!given.isEmpty()) {
        warnings.add(
            Alert.ours(
                Level.WARNING,
                "%s: ignored, because ApplicationSid is given and the application's URLs answer"
                    .formatted(String.join(", ", given))));
      }
    }

    private static @Nullable String digits(Params params) {
      Optional<String> digits = params.text("SendDigits");
      digits
          .filter(d -> !d.matches("[0-9A-D#*wW]{1,32}"))
          .ifPresent(d -> {
            throw ApiError.badRequest(
                21206, "Invalid SendDigits: %s; at most 32 of 0-9 A-D # * w W".formatted(d));
          });
      return digits.orElse(null);
    }

    /**
     * Each event is a parameter of its own. What is none is a warning and nothing more: the call is
     * made, and of that event nobody is told, as seen at Twilio.
     */
    private static Set<CallProgressEvent> events(
        Params params, Optional<Target> callback, List<Alert> warnings) {
      List<String> given =
          params.all("StatusCallbackEvent").stream().filter(e -> !e.isEmpty()).toList();
      if (given.isEmpty()) {
        return EnumSet.of(CallProgressEvent.COMPLETED);
      }
      Set<CallProgressEvent> events = EnumSet.noneOf(CallProgressEvent.class);
      for (String name : given) {
        Optional<CallProgressEvent> event = WireNamed.find(CallProgressEvent.class, name);
        event.ifPresent(events::add);
        if (event.isEmpty()) {
          warnings.add(
              Alert.of(
                  TwilioError.INVALID_STATUS_CALLBACK_EVENT,
                  ("Invalid StatusCallbackEvent: '%s' is none of initiated, ringing, answered,"
                          + " completed, so nobody is told of it; give each event as a parameter of"
                          + " its own: StatusCallbackEvent=ringing&StatusCallbackEvent=answered")
                      .formatted(name),
                  callback.map(Target::url).orElse(null)));
        }
      }
      return events;
    }

    /**
     * @param afterDigits keys are played first, which detection does not go with (docs/voice/api,
     *     "MachineDetection")
     */
    private static ApiCallOptions.@Nullable Detection detection(
        Params params, boolean afterDigits, List<Alert> warnings) {
      boolean wanted =
          params
              .choice("MachineDetection", List.of("Enable", "DetectMessageEnd", "none"), 21234)
              .filter(mode -> !mode.equals("none"))
              .isPresent();
      params.integer("MachineDetectionTimeout", 3, 60, 21234);
      params.integer("MachineDetectionSpeechThreshold", 1_000, 6_000, 21234);
      params.integer("MachineDetectionSpeechEndThreshold", 500, 5_000, 21234);
      params.integer("MachineDetectionSilenceTimeout", 2_000, 10_000, 21234);
      boolean inBackground = params.flag("AsyncAmd").orElse(false);
      Optional<Target> callback =
          target(
              params,
              "AsyncAmdStatusCallback",
              "AsyncAmdStatusCallbackMethod",
              21609,
              HttpMethod.POST);
      if (!wanted) {
        return null;
      }
      if (afterDigits) {
        warnings.add(
            Alert.ours(Level.WARNING, "MachineDetection: ignored, because SendDigits is given"));
        return null;
      }
      if (inBackground && callback.isEmpty()) {
        warnings.add(
            Alert.of(
                TwilioError.NO_AMD_STATUS_CALLBACK,
                "AsyncAmd without AsyncAmdStatusCallback: nobody is told who answered",
                null));
        return null;
      }
      return new ApiCallOptions.Detection(inBackground ? callback.get() : null);
    }

    void check(Account account) {
      if (!Numbers.isNoNumber(from)) {
        if (!Addresses.isE164(from)) {
          throw ApiError.badRequest(21212, "From is not a valid phone number: " + from);
        }
        if (!account.inventory().mayShow(from)) {
          throw ApiError.badRequest(21210, notYours(from));
        }
      }
      if (!Numbers.isNoNumber(to) && !Addresses.isE164(to)) {
        throw ApiError.badRequest(
            21211, "The phone number you are attempting to call, %s, is not valid.".formatted(to));
      }
    }

    Placement placement(Account account) {
      VoiceUrls line =
          application == null
              ? new VoiceUrls(
                  url == null ? new Target("", HttpMethod.POST) : url, fallback, statusCallback)
              : lineOf(account, application);
      Map<String, String> parameters =
          application == null ? Map.of() : Map.of("ApplicationSid", application.value());
      return new Placement.ByApi(from, to, line, order, parameters, Script.NO_DIRECTIONS);
    }

    private static VoiceUrls lineOf(Account account, Sid application) {
      VoiceUrls line =
          account
              .inventory()
              .application(application)
              .map(Application::endpoints)
              .map(e -> e.line())
              .orElse(null);
      if (line == null) {
        throw ApiError.badRequest(
            21218, "Invalid ApplicationSid: " + application + " is no application with a VoiceUrl");
      }
      return line;
    }
  }

  static String notYours(String from) {
    return ("The source phone number provided, %s, is not yet verified for your account. You may"
            + " only make calls from phone numbers that you've verified or purchased from Twilio.")
        .formatted(from);
  }

  /** A URL with its method; empty: it is not given. */
  static Optional<Target> target(
      Params params, String url, String method, int code, HttpMethod otherwise) {
    HttpMethod how = params.method(method, 21209).orElse(otherwise);
    return params.url(url, code).filter(u -> !u.isEmpty()).map(u -> new Target(u, how));
  }

  /** What a request wants recorded. */
  static Verb.RecordingOptions recording(Params params, boolean records) {
    boolean dual =
        params
            .choice("RecordingChannels", List.of("mono", "dual"), 20001)
            .orElse("mono")
            .equals("dual");
    Set<RecordingEvent> events =
        params.set("RecordingStatusCallbackEvent", RecordingEvent.class, 20001);
    return new Verb.RecordingOptions(
        !records
            ? RecordMode.DO_NOT_RECORD
            : dual ? RecordMode.RECORD_FROM_ANSWER_DUAL : RecordMode.RECORD_FROM_ANSWER,
        params.named("Trim", Trim.class, 20001).orElse(Trim.DO_NOT_TRIM),
        params.named("RecordingTrack", RecordingTrack.class, 20001).orElse(RecordingTrack.BOTH),
        params.url("RecordingStatusCallback", 21609).filter(u -> !u.isEmpty()).orElse(null),
        params.method("RecordingStatusCallbackMethod", 21209).orElse(HttpMethod.POST),
        events.isEmpty() ? EnumSet.of(RecordingEvent.COMPLETED) : events);
  }

  // Fetch and list

  static LegOfCall leg(RestRequest request, Account account, String name) {
    return account.leg(request.sid(name, SidKind.CALL)).orElseThrow(request::notFound);
  }

  private static Fields fetch(RestRequest request) {
    return request.ask(account -> fields(request, leg(request, account, "sid"), account));
  }

  private static Answer list(RestRequest request) {
    Params params = request.params();
    Optional<String> to = params.text("To").map(PhoneText::e164);
    Optional<String> from = params.text("From").map(PhoneText::e164);
    Optional<String> parent = params.text("ParentCallSid");
    Optional<CallStatus> status = params.named("Status", CallStatus.class, 20001);
    TimeFilter byEnd = params.times("EndTime");
    TimeFilter byStart = params.times("StartTime");
    List<LegOfCall> shown =
        request.ask(Account::legs).stream()
            .filter(l -> to.filter(t -> !t.equals(l.leg().to())).isEmpty())
            .filter(l -> from.filter(f -> !f.equals(l.leg().from())).isEmpty())
            .filter(l -> parent.filter(p -> !isSid(l.leg().parent(), p)).isEmpty())
            .filter(l -> status.filter(s -> s != shown(l.leg())).isEmpty())
            .filter(l -> byStart.takes(start(l.leg())))
            .filter(l -> byEnd.takes(l.leg().endedAt()))
            .toList();
    Function<String, Optional<Sid>> numbers = numbers(request);
    return request.listing(
        shown,
        l -> l.leg().sid().value(),
        Api2010.MOST_PER_PAGE,
        "calls",
        "Call",
        "Calls",
        l -> fields(request, l.leg(), l.call(), numbers.apply(ours(l.leg())).orElse(null)));
  }

  private static boolean isSid(@Nullable Sid sid, String text) {
    return sid != null && sid.value().equals(text);
  }

  private static Function<String, Optional<Sid>> numbers(RestRequest request) {
    List<PhoneNumber> numbers = request.ask(account -> account.inventory().numbers());
    return address ->
        numbers.stream().filter(n -> n.number().equals(address)).map(PhoneNumber::sid).findFirst();
  }

  // Update

  private static Answer update(RestRequest request) {
    Params params = request.params();
    Optional<String> status = params.choice("Status", List.of("canceled", "completed"), 20001);
    Optional<Target> url = target(params, "Url", "Method", 21205, HttpMethod.POST);
    Optional<String> twiml = params.text("Twiml", LONGEST_TWIML, 20001).filter(t -> !t.isEmpty());
    if (url.isPresent() && twiml.isPresent()) {
      throw twofold();
    }
    Optional<Target> fallback =
        target(params, "FallbackUrl", "FallbackMethod", 21205, HttpMethod.POST);
    Optional<Target> callback =
        target(params, "StatusCallback", "StatusCallbackMethod", 21609, HttpMethod.POST);
    Optional<Duration> limit =
        params.integer("TimeLimit", 1, 86_400, 20001).map(Duration::ofSeconds);
    return Answer.found(
        "Call",
        request.change(account -> {
          LegOfCall before = leg(request, account, "sid");
          Sid sid = before.leg().sid();
          if (before.leg().ended()) {
            throw notInProgress();
          }
          // Twilio answers at once; what it then does shows a moment later.
          Fields fields = fields(request, before, account);
          boolean adjusts = fallback.isPresent() || callback.isPresent() || limit.isPresent();
          if (adjusts && before.leg().parent() != null) {
            throw ApiError.badRequest(
                21220,
                "Ringback changes calls, not legs that a document dialled: change "
                    + before.leg().parent());
          }
          if (adjusts) {
            account.change(
                sid,
                new CallInput.Adjusted(
                    sid, fallback.orElse(null), callback.orElse(null), limit.orElse(null)));
          }
          if (status.isPresent()) {
            boolean cancels = status.get().equals("canceled");
            if ((cancels && before.leg().answered()) || !account.end(sid, cancels)) {
              throw notInProgress();
            }
            return fields;
          }
          boolean redirects = url.isPresent() || twiml.isPresent();
          if (redirects && before.leg().parent() != null) {
            throw ApiError.badRequest(
                21220,
                "Call is not in-progress. Cannot redirect. (Ringback redirects calls, not legs that"
                    + " a document dialled: redirect "
                    + before.leg().parent()
                    + ")");
          }
          if (redirects && before.leg().status() != CallStatus.IN_PROGRESS) {
            throw notInProgress();
          }
          if (redirects) {
            account.change(
                sid, new CallInput.Redirected(sid, url.orElse(null), twiml.orElse(null)));
          }
          return fields;
        }));
  }

  private static ApiError notInProgress() {
    return ApiError.badRequest(21220, "Call is not in-progress. Cannot redirect.");
  }

  private static Answer delete(RestRequest request) {
    return request.change(account -> {
      LegOfCall leg = leg(request, account, "sid");
      if (!account.delete(leg.leg().sid())) {
        throw ApiError.conflict(20009, "Cannot delete this resource before it is complete");
      }
      return Answer.gone();
    });
  }

  // Fields

  /** Whose number of the account's it is. */
  private static String ours(Leg leg) {
    return leg.direction() == Direction.INBOUND ? leg.to() : leg.from();
  }

  private static Fields fields(RestRequest request, LegOfCall leg, Account account) {
    return fields(
        request,
        leg.leg(),
        leg.call(),
        account.inventory().number(ours(leg.leg())).map(PhoneNumber::sid).orElse(null));
  }

  /** The API has no word for a call that has left the queue and does not ring yet. */
  private static CallStatus shown(Leg leg) {
    return leg.status() == CallStatus.INITIATED ? CallStatus.QUEUED : leg.status();
  }

  /** For an inbound call its beginning, otherwise the answer, or the end without one. */
  private static @Nullable Instant start(Leg leg) {
    if (leg.direction() == Direction.INBOUND) {
      return leg.startedAt();
    }
    return leg.answeredAt() != null ? leg.answeredAt() : leg.endedAt();
  }

  private static Fields fields(
      RestRequest request, Leg leg, @Nullable Call call, @Nullable Sid number) {
    ApiCallOptions order = call == null ? null : call.facts().order();
    boolean detected =
        order != null && order.detection() != null && leg.parent() == null && leg.answered();
    String path = "/Calls/" + leg.sid();
    Fields below = new Fields();
    BELOW.forEach(each -> below.put(each.getFirst(), request.uri(path + "/" + each.getLast())));
    Instant updated =
        leg.endedAt() != null
            ? leg.endedAt()
            : Objects.requireNonNullElse(leg.answeredAt(), leg.startedAt());
    return new Fields()
        .put("account_sid", request.account())
        .put("annotation", null)
        .put("answered_by", detected ? "human" : null)
        .put("api_version", Api2010.VERSION)
        .put("caller_name", null)
        .rfc2822("date_created", leg.startedAt())
        .rfc2822("date_updated", updated)
        .put("direction", leg.direction())
        .put("duration", leg.ended() ? Long.toString(leg.answered() ? leg.seconds() : 0) : null)
        .rfc2822("end_time", leg.endedAt())
        .put("forwarded_from", null)
        .put("from", leg.from())
        .put("from_formatted", Numbers.formatted(leg.from()))
        .put("group_sid", null)
        .put("parent_call_sid", leg.parent())
        .put("phone_number_sid", number)
        .put("price", null)
        .put("price_unit", "USD")
        .put("queue_time", "0")
        .put("sid", leg.sid())
        .rfc2822("start_time", start(leg))
        .put("status", shown(leg))
        .put("subresource_uris", below)
        .put("to", leg.to())
        .put("to_formatted", Numbers.formatted(leg.to()))
        .put("trunk_sid", null)
        .put("uri", request.uri(path));
  }
}
