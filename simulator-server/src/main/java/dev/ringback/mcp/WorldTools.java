package dev.ringback.mcp;

import static dev.ringback.mcp.ControlClient.segment;

import dev.ringback.config.FaultReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Tools for the world in which calls happen: its numbers, time, faults and Debugger. */
final class WorldTools {
  private final ControlClient ringback;

  private WorldTools(ControlClient ringback) {
    this.ringback = ringback;
  }

  static List<Tool> of(ControlClient ringback) {
    WorldTools tools = new WorldTools(ringback);
    return List.of(
        new Tool(
            "show_account",
            "What there is: numbers with their URLs, workers, conversations, the clock, faults that are ordered.",
            Schema.of(),
            true,
            tools::show),
        new Tool(
            "set_number",
            "Lets a number lead to the app: its voice URL, fallback and status callback, from the next call on. A number"
                + " that is not there yet becomes the account's.",
            Schema.of()
                .needed("number", "in E.164, such as +15017122661")
                .text(
                    "voice_url",
                    "the app's URL for incoming calls, such as http://localhost:3000/voice")
                .choice("voice_method", "default: POST", "POST", "GET")
                .text("fallback_url", "asked when the voice URL fails")
                .text("status_callback", "told when a call is over"),
            false,
            tools::setNumber),
        new Tool(
            "advance_time",
            "Lets time pass in the world: timers that are due fire, with what follows from them. Only with a stepped clock (show_account tells which it is).",
            Schema.of().needed("by", "a duration, such as 30s or 2m"),
            false,
            arguments -> {
              JsonNode clock = ringback.post("/clock/advance", arguments.of("by"));
              return "It is "
                  + clock.path("now").asString("")
                  + " now. Next: read_timeline or wait_for_request shows what happened.";
            }),
        new Tool(
            "order_fault",
            "Orders trouble for requests to the app from now on, to see whether it bears it: slow (by), dropped, duplicated,"
                + " reordered, never-sent, clock-skew (by), wrong-signature, recording-failed, recording-absent,"
                + " failed-create-conversation, internal-error, carrier-failure.",
            Schema.of()
                .neededChoice("fault", "which", FaultReader.NAMES.toArray(String[]::new))
                .text("request", "only of this kind, such as session-status; default: any callback")
                .text("by", "of slow and clock-skew: how long, such as 3s")
                .number("times", 1, 1_000_000, "how often; default: once"),
            false,
            tools::orderFault),
        new Tool(
            "remove_faults",
            "Takes back all trouble that was ordered by order_fault, for all kinds of requests.",
            Schema.of(),
            false,
            arguments -> {
              ringback.delete("/faults");
              return "No fault is ordered any more.";
            }),
        new Tool(
            "read_debugger",
            "What Twilio's Debugger would show: errors and warnings with their codes, the latest last.",
            Schema.of().number("limit", 1, 100, "how many; default: 20"),
            true,
            tools::debugger),
        new Tool(
            "reset",
            "The world as it was configured: calls, conversations, faults and the journal are gone.",
            Schema.of(),
            false,
            arguments -> {
              ringback.post("/reset", Map.of());
              return "The world is as configured. Next: place_call.";
            }));
  }

  private String show(Arguments arguments) {
    JsonNode account = ringback.get("/account");
    List<String> lines = new ArrayList<>();
    lines.add("Account " + account.path("accountSid").asString("") + " at " + ringback.url());
    for (JsonNode number : account.path("numbers")) {
      lines.add("number " + number.path("number").asString("") + " " + number.path("endpoints"));
    }
    if (account.has("voiceUrl")) {
      lines.add("every other number rings " + account.path("voiceUrl").asString(""));
    }
    for (JsonNode worker : account.path("workers")) {
      lines.add(
          "worker "
              + worker.path("identity").asString("")
              + ", available: "
              + worker.path("available"));
    }
    for (JsonNode one : account.path("conversations")) {
      lines.add(
          "conversation %s, %s, %d participants"
              .formatted(
                  one.path("conversationSid").asString(""),
                  one.path("state").asString(""),
                  one.path("participants").size()));
    }
    lines.add("clock " + ringback.get("/clock"));
    for (JsonNode fault : ringback.get("/faults").path("faults")) {
      lines.add("fault " + fault);
    }
    boolean leads = account.has("voiceUrl") || !account.path("numbers").isEmpty();
    lines.add(leads ? "Next: place_call." : "Next: set_number, so that calls reach the app.");
    return Bounded.of(String.join("\n", lines), 1);
  }

  private String setNumber(Arguments arguments) {
    String number = arguments.needed("number");
    Map<String, Object> body = new LinkedHashMap<>();
    arguments.text("voice_url").ifPresent(url -> body.put("voiceUrl", url));
    arguments.text("voice_method").ifPresent(method -> body.put("voiceMethod", method));
    arguments.text("fallback_url").ifPresent(url -> body.put("voiceFallbackUrl", url));
    arguments.text("status_callback").ifPresent(url -> body.put("statusCallback", url));
    JsonNode set = ringback.post("/numbers/" + segment(number), body);
    return set + "\nNext: place_call with to=" + number + ".";
  }

  private String orderFault(Arguments arguments) {
    JsonNode ordered = ringback.post("/faults", arguments.of("fault", "request", "by", "times"));
    return ordered + "\nNext: place_call, then read_timeline; remove_faults ends it.";
  }

  private String debugger(Arguments arguments) {
    List<String> lines = new ArrayList<>();
    for (JsonNode entry : ringback.get("/debugger").path("entries")) {
      lines.add(
          "%s %s %s %s"
              .formatted(
                  entry.path("at").asString(""),
                  entry.path("level").asString(""),
                  entry.path("code").asString(""),
                  entry.path("text").asString("")));
    }
    int most = arguments.number("limit").orElse(20);
    List<String> last = lines.subList(Math.max(0, lines.size() - most), lines.size());
    return last.isEmpty() ? "The Debugger is empty." : Bounded.of(String.join("\n", last), 1);
  }
}
