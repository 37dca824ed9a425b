package dev.ringback.rest.v2010;

import dev.ringback.account.Addresses;
import dev.ringback.account.ApiError;
import dev.ringback.account.Application;
import dev.ringback.call.ApiCallOptions;
import dev.ringback.cast.Script;
import dev.ringback.engine.Account;
import dev.ringback.engine.Placement;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Params;
import dev.ringback.twiml.CallProgressEvent;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.PhoneText;
import dev.ringback.twiml.Trim;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.WireNamed;
import dev.ringback.voice.Alert;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request to create a call says (docs/voice/api/call-resource, "Create a Call").
 *
 * @param urls where the call asks, unless an application answers for it; with {@code Twiml} its URL
 *     is empty
 * @param warnings of what Twilio takes and then does not do
 */
record NewCall(
    String from,
    String to,
    VoiceUrls urls,
    @Nullable Sid application,
    ApiCallOptions options,
    List<Alert> warnings) {

  static NewCall read(Params params) {
    Optional<String> url = params.given("Url").filter(u -> !u.isEmpty());
    Optional<String> twiml = CallParameters.twiml(params);
    Optional<Sid> application = params.sid("ApplicationSid", SidKind.APPLICATION, 21218);
    if (url.isEmpty() && twiml.isEmpty() && application.isEmpty()) {
      throw ApiError.badRequest(21205, "Url parameter is required.");
    }
    String to = PhoneText.e164(params.required("To", 21201, "No 'To' number is specified"));
    String from = PhoneText.e164(params.required("From", 21213, "No 'From' number is specified"));
    Optional<Target> callback =
        CallParameters.target(
            params, "StatusCallback", "StatusCallbackMethod", 21609, HttpMethod.POST);
    Optional<Target> voice = CallParameters.target(params, "Url", "Method", 21205, HttpMethod.POST);
    Optional<Target> fallback =
        CallParameters.target(params, "FallbackUrl", "FallbackMethod", 21205, HttpMethod.POST);
    List<Alert> warnings = new ArrayList<>();
    if (application.isPresent()) {
      ignored(
          params,
          List.of("Url", "Twiml", "FallbackUrl", "StatusCallback"),
          "ApplicationSid is given and the application's URLs answer",
          warnings);
    } else if (url.isPresent()) {
      ignored(params, List.of("Twiml"), "Url is given", warnings);
    }
    params
        .choice("IfMachine", List.of("Continue", "Hangup"), 21207)
        .ifPresent(value ->
            warnings.add(
                Alert.ours(
                    Level.WARNING,
                    "IfMachine: ignored, because it is of an older API; ask for MachineDetection")));
    String digits = digits(params);
    return new NewCall(
        from,
        to,
        new VoiceUrls(
            voice.orElse(new Target("", HttpMethod.POST)),
            fallback.orElse(null),
            callback.orElse(null)),
        application.orElse(null),
        new ApiCallOptions(
            application.isPresent() || url.isPresent() ? null : twiml.orElse(null),
            Duration.ofSeconds(params.integer("Timeout", 1, 600, 21208).orElse(60)),
            params.integer("TimeLimit", 1, 86_400, 20001).map(Duration::ofSeconds).orElse(null),
            digits,
            CallParameters.recording(
                params, params.flag("Record").orElse(false), Trim.TRIM_SILENCE),
            events(params, callback, warnings),
            detection(params, digits != null, warnings)),
        List.copyOf(warnings));
  }

  /** An application's own URLs answer for the call, whatever else is given; a URL before a text. */
  private static void ignored(Params params, List<String> names, String why, List<Alert> warnings) {
    List<String> given = names.stream().filter(name -> params.text(name).isPresent()).toList();
    if (!given.isEmpty()) {
      warnings.add(
          Alert.ours(
              Level.WARNING, "%s: ignored, because %s".formatted(String.join(", ", given), why)));
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
        CallParameters.target(
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
        throw ApiError.badRequest(21210, NumberErrors.callerNotYours(from));
      }
    }
    if (!Numbers.isNoNumber(to) && !Addresses.isE164(to)) {
      throw ApiError.badRequest(
          21211, "The phone number you are attempting to call, %s, is not valid.".formatted(to));
    }
  }

  Placement placement(Account account) {
    return new Placement.ByApi(
        from,
        to,
        application == null ? urls : urlsOf(account, application),
        options,
        application == null ? Map.of() : Map.of("ApplicationSid", application.value()),
        Script.NO_DIRECTIONS);
  }

  private static VoiceUrls urlsOf(Account account, Sid application) {
    VoiceUrls urls =
        account
            .inventory()
            .application(application)
            .map(Application::endpoints)
            .map(e -> e.urls())
            .orElse(null);
    if (urls == null) {
      throw ApiError.badRequest(
          21218, "Invalid ApplicationSid: " + application + " is no application with a VoiceUrl");
    }
    return urls;
  }
}
