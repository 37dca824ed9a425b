package dev.ringback.house;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.callback.ConnectionOverrides;
import dev.ringback.callback.Delivery;
import dev.ringback.callback.Param;
import dev.ringback.callback.WebRequest;
import dev.ringback.config.FaultReader;
import dev.ringback.conversation.EventType;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.integration.IntegrationCallback;
import dev.ringback.rest.RecordingMedia;
import dev.ringback.server.RingbackServer;
import dev.ringback.twiml.CallProgressEvent;
import dev.ringback.twiml.ConferenceEvent;
import dev.ringback.twiml.Grammar;
import dev.ringback.twiml.Grammar.Attribute;
import dev.ringback.twiml.Grammar.Element;
import dev.ringback.twiml.SessionEvent;
import dev.ringback.twiml.Support;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.WireNamed;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/EMULATED.md is the grammar the reader checks documents against, and what the code has beside
 * it: each row comes of the names that the code knows, or of a call that is placed here.
 */
class SupportPageTest {
  @Test
  @Fact({
    "encoding.empty-place-is-sent",
    "parameters.call-token",
    "parameters.place-unknown-is-empty"
  })
  void theSupportPageIsTheCode() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# Emulated, approximated, not emulated\n\n")
        .append(
            "Generated from the code by `make docs`; `make test` fails when it is out of date.\n")
        .append(
            "What is not emulated is named in a warning or refused, never ignored in silence;"
                + " the note of an\nattribute that is read and of no consequence says so.\n")
        .append("The REST API has a page of its own: [API.md](API.md).\n\n")
        .append("## TwiML\n\n")
        .append(
            "| element | attribute | default | values | support | note |\n|---|---|---|---|---|---|\n");
    for (Element element : Grammar.ELEMENTS) {
      row(page, "`<" + element.name() + ">`", "", "", "", element.support(), element.note());
      for (Attribute attribute : element.attributes()) {
        String value = attribute.defaultValue();
        row(
            page,
            "",
            "`" + attribute.name() + "`",
            value == null ? "" : "`" + value + "`",
            attribute.support() == Support.NOT_EMULATED ? "" : attribute.values(),
            attribute.support(),
            attribute.note());
      }
    }
    for (String verb : Grammar.VERBS_NOT_EMULATED) {
      row(page, "`<" + verb + ">`", "", "", "", Support.NOT_EMULATED, "");
    }
    for (String noun : Grammar.DIAL_NOUNS_NOT_EMULATED) {
      row(page, "`<Dial><" + noun + ">`", "", "", "", Support.NOT_EMULATED, "");
    }
    for (String noun : Grammar.ENQUEUE_NOUNS_NOT_EMULATED) {
      row(page, "`<Enqueue><" + noun + ">`", "", "", "", Support.NOT_EMULATED, "");
    }
    for (String noun : Grammar.BACKGROUND_NOT_EMULATED) {
      row(page, "`<Start><" + noun + ">`", "", "", "", Support.NOT_EMULATED, "");
    }
    for (String noun : Grammar.NOUNS_NOT_EMULATED) {
      row(page, "`<Connect><" + noun + ">`", "", "", "", Support.NOT_EMULATED, "");
    }
    page.append("\n## Everything else\n\n| what | support | note |\n|---|---|---|\n");
    for (Row row : beyondTwiml()) {
      page.append("| %s | %s | %s |\n".formatted(row.what(), word(row.support()), row.note()));
    }
    GeneratedDocs.check("EMULATED.md", page.toString());
  }

  private static void row(
      StringBuilder page,
      String element,
      String attribute,
      String defaultValue,
      String values,
      Support support,
      String note) {
    page.append(
        "| %s | %s | %s | %s | %s | %s |\n"
            .formatted(element, attribute, defaultValue, values, word(support), note));
  }

  private static String word(Support support) {
    return switch (support) {
      case EMULATED -> "emulated";
      case APPROXIMATED -> "approximated";
      case NOT_EMULATED -> "not emulated";
    };
  }

  // What is no TwiML

  private record Row(String what, Support support, String note) {}

  private static List<Row> beyondTwiml() throws IOException {
    List<Row> rows = new ArrayList<>();
    rows.add(emulated("Session: `Result`", names(Result.values())));
    rows.add(emulated("Session and Dial: `DialCallStatus`", names(DialCallStatus.values())));
    requests(rows);
    events(rows);
    recordings(rows);
    conversations(rows);
    debugger(rows);
    rows.add(emulated("Faults to order", list(FaultReader.NAMES)));
    api(rows);
    return rows;
  }

  private static Row emulated(String what, String note) {
    return new Row(what, Support.EMULATED, note);
  }

  private static String list(Collection<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(" "));
  }

  private static String numbers(Collection<Integer> numbers, Predicate<Integer> which) {
    return list(numbers.stream().filter(which).sorted().map(String::valueOf).toList());
  }

  private static String names(WireNamed... names) {
    return list(Arrays.stream(names).map(WireNamed::wireName).toList());
  }

  /** Whoever is named in the code beside the place where the name is made. */
  private static boolean isUsed(String name) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("..", "simulator-core", "src", "main"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (Files.readString(file).contains(name)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Each kind of request is made somewhere; a call shows what is in one. */
  private static void requests(List<Row> rows) throws IOException {
    for (RequestKind kind : RequestKind.values()) {
      assertTrue(isUsed("RequestKind." + kind.name()), () -> "nobody asks for " + kind);
    }
    WebRequest voice = aRequest();
    assertTrue(header(voice, "X-Twilio-Signature"), "it is signed");
    assertTrue(header(voice, "I-Twilio-Idempotency-Token"), "it has a token");
    rows.add(
        emulated(
            "Requests to the app: GET and POST, with `X-Twilio-Signature` and"
                + " `I-Twilio-Idempotency-Token`",
            names(RequestKind.values())));
    rows.add(
        new Row(
            "Parameters of the caller's place",
            Support.APPROXIMATED,
            "the country by calling code; city, state and zip of a caller as the call's `carrier` says; otherwise empty: "
                + list(
                    voice.form().params().stream()
                        .filter(p -> p.value().isEmpty())
                        .map(Param::name)
                        .toList())));
    assertTrue(voice.form().value("CallToken").isPresent(), "it has a CallToken");
    rows.add(
        new Row(
            "`CallToken`", Support.APPROXIMATED, "in the shape of Twilio's; nobody can verify it"));
    rows.add(
        emulated(
            "Connection overrides",
            list(ConnectionOverrides.EFFECTIVE)
                + "; checked, and of no effect: "
                + list(ConnectionOverrides.INEFFECTIVE)));
    rows.add(
        emulated(
            "HTTP redirects",
            numbers(Delivery.REDIRECTS, status -> !Delivery.KEEP_METHOD.contains(status))
                + " make a GET of a POST, "
                + numbers(Delivery.KEEP_METHOD, status -> true)
                + " leave it one"));
  }

  private static WebRequest aRequest() {
    FakeApp app = new FakeApp();
    World world = new WorldFixture().with(app);
    var placed = world.place(WorldFixture.call());
    world.runUntilIdle();
    assertTrue(placed.isDone());
    return app.to("/voice").getFirst();
  }

  private static boolean header(WebRequest request, String name) {
    return request.headers().stream().anyMatch(h -> h.name().equalsIgnoreCase(name));
  }

  private static void events(List<Row> rows) {
    rows.add(emulated("Events of a session's status callback", names(SessionEvent.values())));
    rows.add(emulated("Events of called legs and of calls", names(CallProgressEvent.values())));
    rows.add(
        new Row(
            "Events of a conference",
            Support.APPROXIMATED,
            names(
                    Arrays.stream(ConferenceEvent.values())
                        .filter(ConferenceEvent::happens)
                        .toArray(WireNamed[]::new))
                + "; named in a warning, and never happen: "
                + names(
                    Arrays.stream(ConferenceEvent.values())
                        .filter(e -> !e.happens())
                        .toArray(WireNamed[]::new))));
  }

  private static void recordings(List<Row> rows) {
    rows.add(emulated("Recordings: `RecordingSource`", names(RecordingSource.values())));
    rows.add(emulated("Recordings: `RecordingStatus`", names(RecordingStatus.values())));
    rows.add(
        new Row(
            "Recordings: files",
            Support.APPROXIMATED,
            list(RecordingMedia.EXTENSIONS)
                + "; what happened when, in tones, or in voices where espeak-ng is installed and"
                + " words are known; a played file is a tone"));
  }

  private static void conversations(List<Row> rows) throws IOException {
    rows.add(emulated("Routing of new conversations", names(WorldSettings.RoutingMode.values())));
    List<String> told = new ArrayList<>();
    List<String> never = new ArrayList<>();
    for (EventType type : EventType.all()) {
      (isUsed("EventType." + type.name() + ",") ? told : never).add(type.wireName());
    }
    rows.add(emulated("Webhooks of Conversations", list(told)));
    rows.add(
        new Row("Webhooks of Conversations that never come", Support.NOT_EMULATED, list(never)));
    rows.add(emulated("Callbacks of Frontline's integration", names(IntegrationCallback.values())));
  }

  private static void debugger(List<Row> rows) {
    List<String> codes = new ArrayList<>();
    for (TwilioError error : TwilioError.values()) {
      codes.add(Integer.toString(error.code()));
    }
    rows.add(
        emulated(
            "Debugger, its webhook, Alerts and Notifications",
            "%d codes, from %s to %s; the wording of `Msg` is our own"
                .formatted(codes.size(), codes.getFirst(), codes.getLast())));
  }

  /** What routes there are is in API.md. */
  private static void api(List<Row> rows) {
    Map<String, Integer> routes = new LinkedHashMap<>();
    for (String route : RingbackServer.twilioRoutes()) {
      routes.merge(route.split(" ", -1)[1], 1, Integer::sum);
    }
    routes.forEach((product, count) ->
        rows.add(
            emulated(
                "REST API: " + product + ".twilio.com",
                count + " routes, and what is not emulated: [API.md](API.md)")));
  }
}
