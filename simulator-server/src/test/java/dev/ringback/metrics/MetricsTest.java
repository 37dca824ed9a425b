package dev.ringback.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import dev.ringback.yaml.Yaml;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code /metrics} of a real server, after calls to a real app. */
class MetricsTest {
  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<String> get(String url, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private void call(RingbackServer server) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/sim/v1/calls"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"from\": \"+15558675310\", \"to\": \"+15017122661\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(201, answer.statusCode(), answer.body());
  }

  private static double value(String text, String name) {
    Matcher line =
        Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE).matcher(text);
    return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
  }

  @Test
  void callsRequestsAndTimersAreCounted() throws Exception {
    try (WebApp app =
            new WebApp()
                .at("/voice", "<Response><Pause/><Redirect>/next</Redirect></Response>")
                .at(
                    "/next",
                    r ->
                        new MockResponse.Builder()
                            .code(500)
                            .headersDelay(60, TimeUnit.MILLISECONDS)
                            .build());
        RingbackServer server =
            RingbackServer.start(
                ConfigFile.read(
                    Yaml.parse(
                        "test",
                        "server: {port: 0}\nclock: {mode: real, speed: 20}\nnumbers:\n  - {number: \"+15017122661\", voiceUrl: \""
                            + app.url()
                            + "/voice\"}\n")),
                seed -> new WorldDraft())) {
      HttpResponse<String> before = get(server.url() + "/metrics");
      assertEquals(200, before.statusCode());
      assertTrue(
          before
              .headers()
              .firstValue("Content-Type")
              .orElse("")
              .startsWith("text/plain; version=0.0.4"));
      assertEquals(1, value(before.body(), "ringback_worlds"));
      assertTrue(before.body().contains("jvm_memory_used_bytes{area=\"heap\""), before.body());
      call(server);
      call(server);
      Awaitility.await()
          .untilAsserted(() ->
              assertEquals(
                  2,
                  value(
                      get(server.url() + "/metrics").body(),
                      "ringback_calls_ended_total{ending=\"completed\"}")));
      String text = get(server.url() + "/metrics").body();
      assertEquals(2, value(text, "ringback_calls_placed_total"), text);
      assertEquals(0, value(text, "ringback_calls_live"));
      assertEquals(
          2, value(text, "ringback_requests_seconds_count{kind=\"voice\",status=\"200\"}"));
      assertEquals(
          2, value(text, "ringback_requests_seconds_count{kind=\"redirect\",status=\"500\"}"));
      assertTrue(
          value(text, "ringback_requests_seconds_sum{kind=\"redirect\",status=\"500\"}") >= 0.12);
      assertEquals(
          0,
          value(
              text,
              "ringback_requests_seconds_bucket{kind=\"redirect\",status=\"500\",le=\"0.05\"}"));
      assertEquals(2, value(text, "ringback_alerts_total{code=\"11200\",level=\"error\"}"), text);
      assertTrue(value(text, "ringback_timers_lateness_seconds_count") > 0);
      assertTrue(text.contains("ringback_timers_lateness_seconds{quantile=\"0.99\"}"), text);
      // No SID, number or token is ever a label.
      assertFalse(Pattern.compile("[A-Z]{2}[0-9a-f]{32}|\\+1\\d{10}").matcher(text).find(), text);
      assertFalse(text.contains(server.world().settings().authToken()), text);
      assertEquals(
          403, get(server.url() + "/metrics", "Origin", "http://evil.example").statusCode());
    }
  }

  /** A session that ends a while after its call began leaves nothing live. */
  @Test
  void noCallIsLiveWhenAllAreOver() throws Exception {
    try (WebApp app =
            new WebApp()
                .at(
                    "/voice",
                    "<Response><Connect><Conversation serviceInstanceSid=\"IS0123456789abcdef0123456789abcdef\"/></Connect></Response>");
        RingbackServer server =
            RingbackServer.start(
                ConfigFile.read(
                    Yaml.parse(
                        "test",
                        """
                        server: {port: 0}
                        clock: {mode: real, speed: 50}
                        numbers: [{number: "+15017122661", voiceUrl: "%s/voice"}]
                        workers: [{identity: alice, cast: {answers: {after: 2s, talks: 5s}}}]
                        conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice}]
                        """
                            .formatted(app.url()))),
                seed -> new WorldDraft())) {
      call(server);
      Awaitility.await()
          .untilAsserted(() ->
              assertEquals(
                  1,
                  value(
                      get(server.url() + "/metrics").body(),
                      "ringback_calls_ended_total{ending=\"completed\"}")));
      Awaitility.await()
          .untilAsserted(() ->
              assertEquals(0, value(get(server.url() + "/metrics").body(), "ringback_calls_live")));
    }
  }
}
