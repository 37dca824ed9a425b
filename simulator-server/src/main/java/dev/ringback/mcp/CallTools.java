package dev.ringback.mcp;

import static dev.ringback.mcp.ControlClient.segment;

import dev.ringback.cast.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Tools for calls: placing them, acting in them, reading what happened. */
final class CallTools {
  private static final String SID = "the SID of the call: CA and 32 hexadecimal digits";

  /** Calls in a list. */
  private static final int MOST_CALLS = 50;

  /** That a call may last in a world whose time only passes when it is told to. */
  private static final int MOST_MINUTES = 300;

  /** In a cast: whoever is called on an app. */
  private static final String ANY_WORKER = Script.ANY_CLIENT;

  private final ControlClient ringback;

  private CallTools(ControlClient ringback) {
    this.ringback = ringback;
  }

  static List<Tool> of(ControlClient ringback) {
    CallTools tools = new CallTools(ringback);
    return List.of(
        new Tool(
            "place_call",
            "A customer calls a number of the account: Ringback asks the app's voice URL, runs the TwiML that comes back"
                + " and plays the customer and whoever is called. Answers with the call's timeline, every webhook request"
                + " with its parameters and the app's answer. Use set_number first if the number does not lead to the app.",
            Schema.of()
                .text("from", "the customer's number in E.164; default: +15558675310")
                .text(
                    "to",
                    "a number of the account in E.164; default: its first one, or +15017122661")
                .choice(
                    "worker",
                    "what a called worker does; default: as configured, or answers",
                    "answers",
                    "declines",
                    "busy",
                    "ignores",
                    "unreachable")
                .text("after", "with worker=answers: how long it rings, such as 4s; default: 2s")
                .text("talks", "with worker=answers: how long they talk, such as 30s; default: 10s")
                .objects(
                    "directions",
                    "what somebody does: 'at' a time since the call's start or 'on' words that are heard, and the 'act', such"
                        + " as [{\"on\": \"/Press 1/\", \"act\": \"press\", \"digits\": \"1\"}, {\"at\": \"20s\", \"act\": \"hangup\"}];"
                        + " \"party\": \"worker\" is the other one. Default: the caller talks, and stays until the call ends by itself")
                .flag(
                    "hold",
                    "with a stepped clock: leave the call at its beginning, for act and advance_time; default: it runs to its end"),
            false,
            tools::place),
        new Tool(
            "act",
            "Somebody in a live call does something. Only while the world's clock is real or stepped is a call live long enough.",
            Schema.of()
                .needed("call", SID)
                .neededChoice("party", "who", "customer", "worker")
                .neededChoice(
                    "act", "what", "answer", "decline", "busy", "hangup", "press", "speak")
                .text("digits", "with press: the keys")
                .text("for", "with speak: how long, such as 5s")
                .text("words", "with speak: what is said"),
            false,
            tools::act),
        new Tool(
            "list_calls",
            "The calls of the account, the latest first: SID, numbers, how each ended.",
            Schema.of().number("limit", 1, MOST_CALLS, "how many; default: 10"),
            true,
            tools::list),
        new Tool(
            "read_timeline",
            "What happened in a call: each request to the app with its new parameters, the app's answer, and what followed."
                + " Long ones come in parts.",
            Schema.of()
                .needed("call", SID)
                .choice(
                    "detail",
                    "quiet: only what went wrong; usual; verbose: every parameter of every request; default: usual",
                    "quiet",
                    "usual",
                    "verbose")
                .number("from_line", 1, 1_000_000, "the first line to show; default: 1"),
            true,
            tools::timeline),
        new Tool(
            "explain_call",
            "Why a call went and ended as it did: each turn with the sentence of Twilio's documentation that rules it.",
            Schema.of().needed("call", SID),
            true,
            arguments ->
                ringback
                    .get("/calls/" + segment(arguments.needed("call")) + "/explain")
                    .path("text")
                    .asString("")),
        new Tool(
            "missing_callbacks",
            "Callbacks that a call ought to have had and the app has not got (yet): because the TwiML names no URL for"
                + " them, because they are still to come, or because a fault kept them.",
            Schema.of().needed("call", SID),
            true,
            tools::missing),
        new Tool(
            "record_call",
            "A call that is over as a scenario file (YAML), a test that run_scenario and `ringback run` play again.",
            Schema.of().needed("call", SID),
            true,
            arguments ->
                ringback.text("/calls/" + segment(arguments.needed("call")) + "/scenario")),
        new Tool(
            "wait_for_request",
            "Waits until the app has been asked for something, or says what came nearest. What has come before counts.",
            Schema.of()
                .needed(
                    "request",
                    "the kind: voice, action, gather, record, dial, session-status, call-status, dial-status,"
                        + " recording-status, fallback, enqueue, wait, transcription, pre-webhook, post-webhook, routing, debugger …")
                .texts(
                    "form", "parameters that it must have, such as {\"CallStatus\": \"ringing\"}")
                .text("call", "only of this call; " + SID)
                .text("within", "how long to wait on the wall clock, at most 60s; default: 5s"),
            true,
            tools::await));
  }

  private String place(Arguments arguments) {
    boolean stepped = ringback.get("/clock").path("mode").asString("").equals("stepped");
    if (arguments.flag("hold") && !stepped) {
      throw new ToolRefused("hold: only a stepped clock stands still; see show_account");
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("from", arguments.text("from").orElse("+15558675310"));
    body.put("to", arguments.text("to").orElseGet(this::number));
    arguments.text("worker").ifPresent(worker -> body.put("cast", cast(worker, arguments)));
    if (arguments.text("worker").isEmpty()
        && (arguments.text("after").isPresent() || arguments.text("talks").isPresent())) {
      body.put("cast", cast("answers", arguments));
    }
    if (!arguments.list("directions").isEmpty()) {
      body.put("directions", arguments.list("directions"));
    }
    String sid = ringback.post("/calls", body).path("callSid").asString("");
    if (stepped && arguments.flag("hold")) {
      return "Placed " + sid + ". Next: advance_time by what should pass, act, read_timeline.";
    }
    for (int i = 0; stepped && i < MOST_MINUTES && !isOver(sid, ""); i++) {
      ringback.post("/clock/advance", Map.of("by", "1m"));
    }
    boolean over = isOver(sid, stepped ? "" : "?wait=20s");
    String timeline = ringback.text("/calls/" + sid + "/timeline?detail=usual");
    return Bounded.of(timeline, 1)
        + "\nThe call is "
        + sid
        + (over
            ? ". Next: explain_call says why it ended so; missing_callbacks what the app did not get."
            : ", and it goes on. Next: act, wait_for_request, or read_timeline later.");
  }

  private boolean isOver(String sid, String query) {
    return ringback.get("/calls/" + sid + query).path("over").asBoolean(false);
  }

  private static Map<String, Object> cast(String worker, Arguments arguments) {
    if (!worker.equals("answers")) {
      return Map.of(ANY_WORKER, worker);
    }
    Map<String, Object> how = new LinkedHashMap<>(arguments.of("after", "talks"));
    return Map.of(ANY_WORKER, how.isEmpty() ? worker : Map.of("answers", how));
  }

  private String number() {
    JsonNode numbers = ringback.get("/account").path("numbers");
    return numbers.isEmpty() ? "+15017122661" : numbers.get(0).path("number").asString("");
  }

  private String act(Arguments arguments) {
    ringback.post(
        "/calls/" + segment(arguments.needed("call")) + "/acts",
        arguments.of("party", "act", "digits", "for", "words"));
    return "Done. Next: read_timeline or wait_for_request shows what the app made of it.";
  }

  private String list(Arguments arguments) {
    List<String> lines = new ArrayList<>();
    JsonNode calls = ringback.get("/calls").path("calls");
    int most = arguments.number("limit").orElse(10);
    for (JsonNode call : calls) {
      if (lines.size() == most) {
        lines.add("… %d more; raise the limit".formatted(calls.size() - most));
        break;
      }
      lines.add(
          "%s  %s → %s  %s%s"
              .formatted(
                  call.path("callSid").asString(""),
                  call.path("from").asString(""),
                  call.path("to").asString(""),
                  call.path("status").asString(""),
                  call.path("over").asBoolean(true) ? "" : ", live"));
    }
    return lines.isEmpty()
        ? "There is no call yet. Next: place_call."
        : String.join("\n", lines) + "\nNext: read_timeline of one.";
  }

  private String timeline(Arguments arguments) {
    String text =
        ringback.text(
            "/calls/%s/timeline?detail=%s"
                .formatted(
                    segment(arguments.needed("call")), arguments.text("detail").orElse("usual")));
    return Bounded.of(text, arguments.number("from_line").orElse(1));
  }

  private String missing(Arguments arguments) {
    JsonNode expected =
        ringback.get("/calls/" + segment(arguments.needed("call")) + "/timeline").path("expected");
    List<String> lines = new ArrayList<>();
    for (JsonNode one : expected) {
      String what = one.path("what").asString("");
      String why = one.path("why").asString("it may still come");
      lines.add(
          "- %s%s: %s"
              .formatted(
                  one.path("request").asString(""), what.isEmpty() ? "" : " with " + what, why));
    }
    return lines.isEmpty()
        ? "Nothing is missing: the app has got every callback that its TwiML and numbers ask for."
        : String.join("\n", lines);
  }

  private String await(Arguments arguments) {
    Map<String, Object> body = arguments.of("request", "form", "call");
    body.put("within", arguments.text("within").orElse("5s"));
    JsonNode exchange = ringback.post("/await", body);
    return Bounded.of(exchange.toPrettyString(), 1);
  }
}
