package dev.ringback.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.KnownAccount;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.media.Voices;
import dev.ringback.play.Player;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.server.RestApiServer;
import dev.ringback.server.WebApp;
import dev.ringback.wire.HttpWire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenarios of one account that play at once, against an app that asks the REST API: none hears of
 * another's calls, and each comes out as it does alone.
 */
@Timeout(60)
class TurnsTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  TurnsTest() {}

  /** The app answers with a session only when the API knows the call, and it is the only one. */
  private static MockResponse voice(RecordedRequest request, String api, AtomicInteger unsure) {
    String form = Objects.requireNonNull(request.getBody()).utf8();
    Matcher account = Pattern.compile("AccountSid=(AC\\w+)").matcher(form);
    Matcher from = Pattern.compile("&From=%2B(\\d+)").matcher(form);
    assertTrue(account.find() && from.find(), form);
    Request calls =
        new Request.Builder()
            .url(api + "/2010-04-01/Accounts/" + account.group(1) + "/Calls.json")
            .header("Authorization", Credentials.basic(account.group(1), TOKEN))
            .build();
    try (Response response = new OkHttpClient().newCall(calls).execute()) {
      String body = response.body().string();
      if (response.code() == 503) {
        unsure.incrementAndGet();
      }
      return response.isSuccessful() && body.contains("\"from\":\"+" + from.group(1) + "\"")
          ? WebApp.twiml(WorldFixture.connect(""))
          : new MockResponse.Builder().code(500).body(body).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void noneHearsOfAnother() throws Exception {
    AtomicInteger unsure = new AtomicInteger();
    try (RestApiServer api = RestApiServer.listen(0, Voices.TONES);
        WebApp app =
            new WebApp()
                .at("/voice", r -> voice(r, api.url(), unsure))
                .at("/action", "<Response><Hangup/></Response>")) {
      List<ScenarioFile> scenarios = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Path file =
            Files.writeString(
                folder.resolve(i + ".yaml"),
                """
                scenario: number %d
                given:
                  conversations: [{customer: "+155586753%02d", number: "+15017122661", worker: alice}]
                when: [{call: {from: "+155586753%02d", to: "+15017122661"}}]
                then: [{request: voice}, {request: action, form: {Result: session-success}}]
                """
                    .formatted(i, i, i));
        scenarios.add(ScenarioReader.read(file).withAccount(new KnownAccount(null, TOKEN)));
      }
      Player player = new Player(app.url(), HttpWire.TOTAL_TIMEOUT, api);
      List<Outcome> outcomes =
          new Runner(player, new Runner.Plan(8, 1, 0, false, null)).run(scenarios, o -> {});
      outcomes.forEach(o -> assertEquals(List.of(), o.failures()));
      assertTrue(unsure.get() > 0, "they never played side by side");
      assertTrue(unsure.get() <= 8, () -> unsure + " were disturbed");
    }
  }

  /** Scripts that send requests are alone from the beginning; the others play side by side. */
  @Test
  void aScriptThatAsksTheApiIsAlone() throws Exception {
    try (RestApiServer api = RestApiServer.listen(0, Voices.TONES);
        WebApp app =
            new WebApp()
                .at("/voice", WorldFixture.connect(""))
                .at("/action", "<Response><Hangup/></Response>")) {
      List<ScenarioFile> scenarios = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        boolean asks = i % 2 == 1;
        Path file =
            Files.writeString(
                folder.resolve(i + ".yaml"),
                """
                scenario: number %d
                given:
                  conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice}]
                when:
                  - call: {from: "+15558675310", to: "+15017122661"}
                  %s
                then:
                  - {request: action, form: {Result: session-success, DialCallDuration: %d}}
                """
                    .formatted(
                        i,
                        asks
                            ? "- api: {at: 7s, post: \"/2010-04-01/Accounts/{AccountSid}/Calls/"
                                + "{ChildCallSid}.json\", form: {Status: completed}}"
                            : "",
                        asks ? 5 : 10));
        scenarios.add(ScenarioReader.read(file).withAccount(new KnownAccount(null, TOKEN)));
      }
      Player player = new Player(app.url(), HttpWire.TOTAL_TIMEOUT, api);
      for (int round = 0; round < 3; round++) {
        List<Outcome> outcomes =
            new Runner(player, new Runner.Plan(8, 1, 0, false, null)).run(scenarios, o -> {});
        outcomes.forEach(o -> assertEquals(List.of(), o.failures(), o.file().name()));
      }
    }
  }
}
