package dev.ringback.frontline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;
import dev.ringback.cli.Ringback;
import dev.ringback.engine.Worlds;
import dev.ringback.files.ConfigFile;
import dev.ringback.files.WorldDraft;
import dev.ringback.files.Yaml;
import dev.ringback.id.Sid;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code ringback callback}: the Frontline app's questions, and a judgement on the answers. */
@Timeout(60)
class IntegrationCallbackTest {
  private WebApp app;
  private RingbackServer server;

  @SuppressWarnings("NullAway.Init")
  IntegrationCallbackTest() {}

  @BeforeEach
  void start() throws Exception {
    app = new WebApp();
    String yaml =
        """
        server: {port: 0, voices: tones}
        clock: {mode: skipping}
        numbers: [{number: "%s", voiceUrl: "%s/voice"}]
        frontline:
          outgoing: {url: "%s/voice"}
          integration: {crm: "%s/crm", outgoingConversation: "%s/outgoing"}
        """
            .formatted(Worlds.NUMBER, app.url(), app.url(), app.url(), app.url());
    server =
        RingbackServer.start(
            ConfigFile.read(Yaml.parse("ringback.yaml", yaml)), seed -> new WorldDraft());
  }

  @AfterEach
  void stop() {
    server.close();
    app.close();
  }

  private void answers(String path, int status, String json) {
    app.at(
        path,
        (RecordedRequest r) ->
            new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(json)
                .build());
  }

  private record Run(int exit, String out) {}

  private Run run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = Ringback.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(out, true));
    String[] all = new String[arguments.length + 3];
    all[0] = "callback";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--server";
    all[arguments.length + 2] = server.url();
    return new Run(line.execute(all), out.toString());
  }

  @Test
  void theListOfCustomersIsAskedForSigned() {
    answers(
        "/crm",
        200,
        "{\"objects\":{\"customers\":[{\"customer_id\":7,\"display_name\":\"Ann\"}],\"searchable\":true}}");
    Run run = run("crm", "--worker", "alice@example.com", "-p", "Query=An");
    assertEquals(0, run.exit(), run.out());
    assertTrue(run.out().contains("Location=GetCustomersList"), run.out());
    assertTrue(run.out().contains("← 200 {\"objects\""), run.out());
    RecordedRequest request = app.to("/crm").getFirst();
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : Objects.requireNonNull(request.getBody()).utf8().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    assertEquals(
        Map.of(
            "Location", "GetCustomersList",
            "Worker", "alice@example.com",
            "PageSize", "30",
            "Query", "An"),
        form);
    assertTrue(
        new RequestValidator(server.world().settings().authToken())
            .validate(
                app.url() + "/crm",
                form,
                String.valueOf(request.getHeaders().get("X-Twilio-Signature"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | {"objects":{}}                                  | 48003 | customers
          200 | {"objects":{"customers":[{"customer_id":7}]}}   | 48003 | /objects/customers/0
          200 | {"objects":                                     | 48003 | no JSON
          500 | {}                                              | 48004 | answered HTTP 500
          403 | {"friendly_error_message":"no"}                 | 48004 | answered HTTP 403
          """)
  void answersThatAreNone(int status, String body, int code, String says) {
    answers("/crm", status, body);
    Run run = run("crm");
    assertEquals(1, run.exit(), run.out());
    assertTrue(run.out().contains("✗ " + code), run.out());
    assertTrue(run.out().contains(says), run.out());
    assertEquals(
        List.of(Integer.toString(code)),
        server.world().debugger().join().stream().map(e -> e.alert().code()).distinct().toList());
  }

  @Test
  void detailsAreCheckedFieldByField() {
    answers(
        "/crm",
        200,
        "{\"objects\":{\"customer\":{\"customer_id\":\"a\",\"display_name\":\"Ann\",\"channels\":"
            + "[{\"type\":\"pigeon\",\"value\":\"x\"}]}}}");
    Run run = run("crm", "--location", "GetCustomerDetailsByCustomerId", "-p", "CustomerId=a");
    assertEquals(1, run.exit());
    assertTrue(run.out().contains("/objects/customer/channels/0/type"), run.out());
  }

  @ParameterizedTest
  @CsvSource({
    "+15017122661, +15558675310, 0",
    "nothing, +15558675310, 48026",
    "+15017122661, +15017122661, 48027",
    "+19998887777, +15558675310, 48028",
    "whatsapp:+15017122661, +15558675310, 48029",
  })
  void theProxyAddressIsOneOfTheAccount(String proxy, String contact, int code) {
    answers("/outgoing", 200, "{\"proxy_address\":\"" + proxy + "\"}");
    Run run =
        run(
            "outgoing-conversation",
            "-p",
            "CustomerId=7",
            "-p",
            "ChannelType=sms",
            "-p",
            "ChannelValue=" + contact);
    assertEquals(code == 0 ? 0 : 1, run.exit(), run.out());
    assertTrue(code == 0 || run.out().contains("✗ " + code), run.out());
  }

  private HttpResponse<String> workerCalls(String customer) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create(server.url() + "/sim/v1/workers/alice@example.com/calls"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"customer\": \"" + customer + "\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aWorkerWhoCallsSomebodyNewBeginsAConversation() throws Exception {
    app.at("/voice", Worlds.connect(""));
    app.at("/action", "<Response><Hangup/></Response>");
    answers("/outgoing", 403, "{}");
    HttpResponse<String> refused = workerCalls("+15558675399");
    assertEquals(422, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains("48004"), refused.body());
    answers("/outgoing", 200, "{\"proxy_address\": \"" + Worlds.NUMBER + "\"}");
    HttpResponse<String> placed = workerCalls("+15558675399");
    assertEquals(201, placed.statusCode(), placed.body());
    String call = placed.body().replaceAll(".*(CA[0-9a-f]{32}).*", "$1");
    server.world().whenOver(new Sid(call)).join();
    String result = Objects.requireNonNull(app.to("/action").getFirst().getBody()).utf8();
    assertTrue(result.contains("Result=session-success"), result);
    assertTrue(result.contains("WorkerInitiated=true"), result);
    HttpResponse<String> again = workerCalls("+15558675399");
    assertEquals(201, again.statusCode(), again.body());
    assertEquals(2, app.to("/outgoing").size(), "the second call finds the conversation");
  }

  @Test
  void templatesByAUrlOfTheirOwnAndWithoutAny() {
    Run unset = run("templates", "-p", "CustomerId=7", "-p", "ConversationSid=CH1");
    assertEquals(1, unset.exit());
    assertTrue(unset.out().contains("✗ 48001"), unset.out());
    answers("/t", 200, "[{\"display_name\":\"Hi\",\"templates\":[{\"content\":\"Hello\"}]}]");
    Run run =
        run(
            "templates",
            "--url",
            app.url() + "/t",
            "-p",
            "CustomerId=7",
            "-p",
            "ConversationSid=CH1");
    assertEquals(0, run.exit(), run.out());
  }

  @Test
  void anyLocationIsAskedFor() {
    answers("/crm", 422, "{}");
    Run unknown = run("crm", "--location", "GetHoroscope", "-p", "Sign=Leo");
    assertEquals(1, unknown.exit(), unknown.out());
    assertTrue(unknown.out().contains("Location=GetHoroscope"), unknown.out());
    assertTrue(unknown.out().contains("✗ 48004"), unknown.out());
    answers("/crm", 200, "{\"anything\":1}");
    assertEquals(0, run("crm", "--location", "GetProxyAddress").exit());
  }

  @Test
  void whatIsWrongWithTheQuestion() {
    assertEquals(2, run("phone").exit());
    Run missing = run("crm", "--location", "DeleteCustomer");
    assertEquals(2, missing.exit());
    assertTrue(missing.out().contains("DeleteCustomer needs CustomerId"), missing.out());
  }
}
