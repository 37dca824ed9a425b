package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.json.JournalJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What carriers tell of a caller, as the app sees it. */
class CarrierTest {
  private final RestFixture fixture;

  @TempDir Path folder;

  CarrierTest() throws Exception {
    fixture = new RestFixture("");
    fixture.app.at("/voice", "<Response><Dial><Number>+15558675311</Number></Dial></Response>");
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private HttpResponse<String> place(Map<String, Object> carrier)
      throws IOException, InterruptedException {
    Map<String, Object> body =
        Map.of("from", WorldFixture.CUSTOMER, "to", WorldFixture.NUMBER, "carrier", carrier);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(fixture.server.url() + "/sim/v1/calls"))
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      JournalJson.mapper().writeValueAsString(body)))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /** The parameters of the last request to the voice URL. */
  private Map<String, String> asked(Map<String, Object> carrier) throws Exception {
    HttpResponse<String> placed = place(carrier);
    assertEquals(201, placed.statusCode(), placed::body);
    fixture.later(1);
    RecordedRequest request = fixture.app.to("/voice").getLast();
    Map<String, String> form = new TreeMap<>();
    String body = String.valueOf(request.getBody() == null ? null : request.getBody().utf8());
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      form.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    assertEquals(body.split("&", -1).length, form.size(), "each once: " + body);
    return form;
  }

  @Test
  @Fact({
    "parameters.called-via",
    "parameters.city-and-state",
    "parameters.forwarded-from",
    "parameters.stir-verstat"
  })
  void theAppSeesWhatTheyTell() throws Exception {
    Map<String, String> silent = asked(Map.of());
    for (String name : List.of("StirVerstat", "ForwardedFrom", "CalledVia", "CallerName")) {
      assertFalse(silent.containsKey(name), silent::toString);
    }
    assertEquals("", silent.get("FromCity"));
    Map<String, String> told =
        asked(
            Map.of(
                "stirVerstat",
                "TN-Validation-Passed-A",
                "forwardedFrom",
                "+15558675399",
                "city",
                "SCHAUMBURG",
                "state",
                "IL",
                "zip",
                "60193"));
    assertEquals("TN-Validation-Passed-A", told.get("StirVerstat"));
    assertEquals("+15558675399", told.get("ForwardedFrom"));
    assertEquals("+15558675399", told.get("CalledVia"));
    for (String party : List.of("From", "Caller")) {
      assertEquals("SCHAUMBURG", told.get(party + "City"));
      assertEquals("IL", told.get(party + "State"));
      assertEquals("60193", told.get(party + "Zip"));
      assertEquals("US", told.get(party + "Country"));
    }
    assertEquals("", told.get("ToCity"));
  }

  @Test
  @Fact("parameters.caller-name")
  void theNameComesWhereTheNumberWantsIt() throws Exception {
    assertFalse(asked(Map.of("callerName", "ACME INC")).containsKey("CallerName"));
    String sid =
        fixture
            .client
            .get(fixture.account("/IncomingPhoneNumbers.json"))
            .json()
            .path("incoming_phone_numbers")
            .path(0)
            .path("sid")
            .asString();
    fixture.client.post(
        fixture.account("/IncomingPhoneNumbers/" + sid + ".json"), "VoiceCallerIdLookup", "true");
    assertEquals("ACME INC", asked(Map.of("callerName", "ACME INC")).get("CallerName"));
  }

  @Test
  @Fact("parameters.odd-caller-id")
  void anOddCallerIdIsPassedAsItCame() throws Exception {
    Map<String, String> form = asked(Map.of("callerId", "0044 20 oops"));
    assertEquals("0044 20 oops", form.get("From"));
    assertEquals("0044 20 oops", form.get("Caller"));
    assertFalse(form.containsKey("FromCity"), form::toString);
  }

  @Test
  void whatIsWrongIsSaidWithItsKey() throws Exception {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "stirVerstat", "A",
                "forwardedFrom", "nobody",
                "city", "Chicago",
                "state", "Illinois",
                "zip", "?",
                "callerName", " ",
                "colour", "red")
            .entrySet()) {
      HttpResponse<String> refused = place(Map.of(wrong.getKey(), wrong.getValue()));
      assertEquals(400, refused.statusCode(), refused::body);
      assertTrue(refused.body().contains("carrier." + wrong.getKey()), refused::body);
    }
    assertEquals(0, fixture.app.to("/voice").size());
  }

  /** A scenario says it, and a recorded call has it. */
  @Test
  void scenariosSayIt() throws Exception {
    Path scenario =
        Files.writeString(
            folder.resolve("told.yaml"),
            """
            scenario: A forwarded call that is attested
            when:
              - call: {from: "+15558675310", to: "+15017122661", carrier: {stirVerstat: TN-Validation-Passed-B, forwardedFrom: "+15558675399"}}
            then:
              - request: voice
                form: {StirVerstat: TN-Validation-Passed-B, CalledVia: "+15558675399"}
            """);
    Commands.Run run =
        Commands.run("run", scenario.toString(), "--app", fixture.app.url(), "--port", "0");
    assertEquals(0, run.exit(), run::toString);
    String sid =
        JournalJson.mapper()
            .readTree(place(Map.of("stirVerstat", "No-TN-Validation")).body())
            .path("callSid")
            .asString();
    fixture.later(120);
    Path recorded = folder.resolve("recorded.yaml");
    Commands.Run record =
        Commands.run("record", sid, "--server", fixture.server.url(), "-o", recorded.toString());
    assertEquals(0, record.exit(), record::toString);
    assertTrue(
        Files.readString(recorded).contains("carrier: {stirVerstat: No-TN-Validation}"),
        () -> record + "");
    Commands.Run again =
        Commands.run("run", recorded.toString(), "--app", fixture.app.url(), "--port", "0");
    assertEquals(0, again.exit(), again::toString);
  }
}
