package dev.ringback.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.KnownAccount;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.media.Voices;
import dev.ringback.play.Player;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.server.RestApiServer;
import dev.ringback.server.WebApp;
import dev.ringback.wire.HttpWire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the app asks of the REST API is expected like what it is asked itself. */
@Timeout(60)
class AppRequestsTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;
  private WebApp app;
  private RestApiServer api;

  @SuppressWarnings("NullAway.Init")
  AppRequestsTest() {}

  /** It reads the call, and adds a participant that the conversation cannot take. */
  private MockResponse voice(RecordedRequest request) {
    String form = Objects.requireNonNull(request.getBody()).utf8();
    Matcher account = Pattern.compile("AccountSid=(AC\\w+)").matcher(form);
    Matcher call = Pattern.compile("CallSid=(CA\\w+)").matcher(form);
    assertTrue(account.find() && call.find(), form);
    String accountUrl = "/2010-04-01/Accounts/" + account.group(1);
    ask(
        account.group(1),
        new Request.Builder()
            .url(url(accountUrl + "/Calls/" + call.group(1) + ".json?PageSize=5")));
    ask(
        account.group(1),
        new Request.Builder()
            .url(
                url(
                    "/conversations/v1/Conversations/CH00000000000000000000000000000000/Participants"))
            .post(new FormBody.Builder().add("Identity", "bob").build()));
    return WebApp.twiml(WorldFixture.connect(""));
  }

  private String url(String path) {
    return api.url() + path;
  }

  private static void ask(String account, Request.Builder request) {
    try (Response response =
        new OkHttpClient()
            .newCall(request.header("Authorization", Credentials.basic(account, TOKEN)).build())
            .execute()) {
      assertTrue(response.code() < 500, response::toString);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() throws Exception {
    api = RestApiServer.listen(0, Voices.TONES);
    app = new WebApp().at("/voice", this::voice).at("/action", "<Response><Hangup/></Response>");
  }

  @AfterEach
  void stop() {
    api.close();
    app.close();
  }

  private String run(String then) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("scenario.yaml"),
            """
            scenario: the app asks
            given:
              conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice}]
            when:
              - call: {from: "+15558675310", to: "+15017122661"}
              - api: {at: 3s, get: "/2010-04-01/Accounts/{AccountSid}/Recordings.json"}
              - clock: {advance: 1h}
              - call: {from: "+15558675310", to: "+15017122661"}
            then:
              - {request: voice, capture: {account: AccountSid, call: CallSid}}
              - %s
            """
                .formatted(then));
    Player player = new Player(app.url(), HttpWire.TOTAL_TIMEOUT, api);
    return player
        .play(ScenarioReader.read(file).withAccount(new KnownAccount(null, TOKEN)))
        .verdict()
        .failures()
        .toString();
  }

  private void passes(String then) throws Exception {
    assertEquals("[]", run(then));
  }

  private void fails(String then, String why) throws Exception {
    String failures = run(then);
    assertTrue(failures.contains(why), failures);
  }

  @Test
  void whatItAskedIsExpected() throws Exception {
    passes("{api: {get: \"/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json\"}, times: 2}");
    passes(
        "{api: {get: \"/2010-04-01/Accounts/${account}/Calls/${call}.json\", form: {PageSize: 5}}, times: 1}");
    passes("{api: {post: /Participants$/, form: {Identity: bob}, answers: 404}, times: 2}");
    passes("{never: {api: {get: /Recordings/}}}");
    fails(
        "{api: {post: \"/conversations/v1/Conversations/{Sid}/Participants\", form: {Identity: carol}, answers: 404}}",
        "≠ form.Identity: expected carol, was 'bob'");
    fails("{api: {post: /Participants$/}}", "≠ answers: expected /^2\\d\\d$/, was '404'");
    fails(
        "{api: {delete: /Participants$/, answers: 404}}", "≠ method: expected DELETE, was 'POST'");
    fails("{never: {api: {get: /Calls/}}}", "the app asked GET /2010-04-01/Accounts/AC");
  }

  @Test
  void anHourPassesBetweenTwoCalls() throws Exception {
    passes("{request: voice, at: {between: [3600s, 3700s]}}");
  }
}
