package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.server.RingbackServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Every route meets everything that can be wrong with a request, and answers as Twilio does. */
@Timeout(170)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestsTest {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
  private static final String NOWHERE = "0".repeat(32);

  /** How many of the requests with a wrong parameter are sent; `make test-long` sends them all. */
  private static final int WRONG_PARAMETERS = Integer.getInteger("ringback.parameters", 3_000);

  /** Parameters of all routes that take a form. */
  private static final List<String> NAMES =
      List.of(
          "To",
          "From",
          "Url",
          "Twiml",
          "ApplicationSid",
          "Method",
          "FallbackUrl",
          "FallbackMethod",
          "StatusCallback",
          "StatusCallbackMethod",
          "StatusCallbackEvent",
          "Timeout",
          "TimeLimit",
          "SendDigits",
          "Record",
          "RecordingChannels",
          "RecordingTrack",
          "Trim",
          "RecordingStatusCallback",
          "RecordingStatusCallbackMethod",
          "RecordingStatusCallbackEvent",
          "MachineDetection",
          "MachineDetectionTimeout",
          "AsyncAmd",
          "AsyncAmdStatusCallback",
          "Status",
          "PauseBehavior",
          "PhoneNumber",
          "AreaCode",
          "FriendlyName",
          "VoiceUrl",
          "VoiceMethod",
          "VoiceFallbackUrl",
          "VoiceApplicationSid",
          "SmsUrl",
          "MaxSize",
          "Body",
          "MediaUrl",
          "MessagingServiceSid",
          "AnnounceUrl",
          "Muted",
          "UniqueName",
          "Attributes",
          "State",
          "Timers.Inactive",
          "Timers.Closed",
          "DateCreated",
          "DateUpdated",
          "Identity",
          "MessagingBinding.Address",
          "MessagingBinding.ProxyAddress",
          "MessagingBinding.ProjectedAddress",
          "RoleSid",
          "LastReadMessageIndex",
          "Author",
          "Target",
          "Configuration.Url",
          "Configuration.Filters",
          "Configuration.Method",
          "Configuration.Triggers",
          "Filters",
          "PreWebhookUrl",
          "PostWebhookUrl",
          "DefaultChatServiceSid",
          "DefaultClosedTimer",
          "DefaultConversationRoleSid",
          "ReachabilityEnabled",
          "Type",
          "Address",
          "AutoCreation.Enabled",
          "AutoCreation.Type",
          "AutoCreation.WebhookMethod",
          "Permission",
          "IsAvailable",
          "Avatar",
          "NotificationLevel",
          "VoiceReceiveMode",
          "Bindings.Email.Address",
          "MediaSid");

  private static final List<String> VALUES =
      List.of(
          "", "nonsense", "-1", "99999999999999999999", "\u0000\uD83D\uDE00<&>%", "PT-1S", "[]");

  private RestFixture fixture;
  private Map<String, String> things;
  private List<String> routes;

  @SuppressWarnings("NullAway.Init")
  BadRequestsTest() {}

  @BeforeAll
  void start() throws Exception {
    fixture = new RestFixture("");
    things = fixture.things();
    routes = RingbackServer.twilioRoutes();
    assertTrue(routes.size() > 130, () -> routes.size() + " routes");
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  private interface Naming {
    String of(String name, String before);
  }

  /** The path of a route, its names filled in. */
  private static String path(String route, Naming naming) {
    String[] words = route.split(" ", -1);
    String pattern = words[2];
    Matcher names = NAME.matcher(pattern);
    StringBuilder path = new StringBuilder();
    while (names.find()) {
      String before = pattern.substring(0, names.start()).replaceAll(".*/(\\w+)/$", "$1");
      names.appendReplacement(path, Matcher.quoteReplacement(naming.of(names.group(1), before)));
    }
    names.appendTail(path);
    return words[1].equals("api") ? path + ".json" : "/" + words[1] + path;
  }

  private String thing(String name, String before) {
    String key = name.equals("sid") || name.equals("call") ? before : name;
    return switch (key) {
      case "Notifications", "Alerts" -> "NO" + NOWHERE;
      case "Participants", "Members" -> things.getOrDefault("InRoom", "");
      default -> {
        String thing = things.get(key);
        if (thing == null) {
          throw new AssertionError("nothing for " + name + " after " + before);
        }
        yield thing;
      }
    };
  }

  private static String method(String route) {
    return route.substring(0, route.indexOf(' '));
  }

  private static void isAnError(RestClient.Answer answer, String what) {
    assertTrue(
        answer.status() >= 400 && answer.status() < 500,
        () -> what + ": " + answer.status() + " " + answer.body());
    isInShape(answer, what);
  }

  private static void isInShape(RestClient.Answer answer, String what) {
    assertEquals(
        List.of("code", "message", "more_info", "status"),
        List.copyOf(answer.json().propertyNames()),
        what);
    assertEquals(answer.status(), answer.json().path("status").asInt(), what);
    assertEquals(
        "https://www.twilio.com/docs/errors/" + answer.code(),
        answer.json().path("more_info").asString(),
        what);
  }

  @Test
  @Fact({
    "auth.basic",
    "auth.unauthorized",
    "conversation-errors.20003",
    "conversations.basic-auth-and-forms",
    "frontline-api.basic-auth",
    "rest-errors.code-20003"
  })
  void withoutOrWithWrongCredentials() {
    for (String route : routes) {
      String path = path(route, this::thing);
      for (String authorization :
          List.of("", "Basic !!", "Bearer x", "Basic " + "QUM6eA==", "Basic QUM=")) {
        RestClient.Answer answer =
            fixture
                .client
                .with(authorization.isEmpty() ? null : authorization)
                .send(method(route), path, method(route).equals("POST") ? "" : null);
        assertEquals(401, answer.status(), route);
        assertEquals(20003, answer.code(), route);
        assertEquals("Basic realm=\"Twilio API\"", answer.header("WWW-Authenticate"), route);
      }
    }
  }

  @Test
  @Fact({
    "recordings.start",
    "rest-errors.more-info-is-the-page-of-the-code",
    "rest-errors.status-is-the-http-status"
  })
  void unknownAndImpossibleNames() {
    for (String route : routes) {
      List<String> wrong = new ArrayList<>(List.of("unheard-of", "%F0%9F%98%80", "..%2F", "%zz"));
      wrong.add("CA" + NOWHERE);
      for (String name : wrong) {
        String path =
            path(
                route,
                (n, before) ->
                    n.equals("account") && !route.endsWith("{account}") ? thing(n, before) : name);
        if (!path.contains(name)) {
          continue;
        }
        String form = method(route).equals("POST") ? full(route) : null;
        if (name.equals("%zz")) {
          continue; // no client can send it
        }
        RestClient.Answer answer = fixture.client.send(method(route), path, form);
        isAnError(answer, route + " " + name);
        assertTrue(answer.status() == 404 || answer.status() == 400, route + " " + answer.body());
      }
    }
  }

  /** What every form of that route needs. */
  private static String full(String route) {
    return route.contains("Members")
        ? "Url=http%3A%2F%2Fa.test"
        : route.contains("/Recordings/") ? "Status=stopped" : "";
  }

  @Test
  @Fact({"auth.http-codes", "auth.wrong-method", "rest-errors.code-20004"})
  void otherMethods() {
    for (String route : routes) {
      String path = path(route, this::thing);
      for (String method : List.of("PUT", "PATCH")) {
        RestClient.Answer answer = fixture.client.send(method, path, "");
        assertEquals(405, answer.status(), route);
        assertEquals(20004, answer.code(), route);
      }
    }
  }

  private record WrongParameter(String route, String name, String value) {
    @Override
    public String toString() {
      return route + " " + name + "=" + value;
    }
  }

  private List<WrongParameter> wrongParameters() {
    List<WrongParameter> all = new ArrayList<>();
    for (String route : routes) {
      if (method(route).equals("POST")) {
        for (String name : NAMES) {
          VALUES.forEach(value -> all.add(new WrongParameter(route, name, value)));
        }
      }
    }
    Collections.shuffle(all, new Random(1));
    return all;
  }

  @Test
  @Fact({"conversation-errors.body", "rest-errors.status-is-the-http-status"})
  void everyParameterWithEveryValue() {
    List<WrongParameter> all = wrongParameters();
    assertTrue(all.size() > 20_000, () -> "only " + all.size());
    for (WrongParameter wrong : all.subList(0, Math.min(WRONG_PARAMETERS, all.size()))) {
      RestClient.Answer answer =
          fixture.client.post(path(wrong.route(), this::thing), wrong.name(), wrong.value());
      assertTrue(answer.status() < 500, () -> wrong + ": " + answer.status() + answer.body());
      if (answer.status() >= 400) {
        isInShape(answer, wrong.toString());
      }
    }
  }

  @Test
  @Fact("rest-errors.code-20007")
  void pagesThatAreNone() {
    for (String route : routes) {
      String path = path(route, this::thing);
      if (!method(route).equals("GET") || !fixture.client.get(path).body().contains("page_size")) {
        continue;
      }
      for (String query :
          List.of("PageSize=0", "PageSize=x", "PageSize=100000", "Page=-1", "PageToken=x")) {
        String separator = path.contains("?") ? "&" : "?";
        RestClient.Answer answer = fixture.client.get(path + separator + query);
        boolean cut = query.equals("PageSize=100000") && !route.contains(" api ");
        assertEquals(cut ? 200 : 400, answer.status(), route + " " + query + answer.body());
        if (!cut) {
          isInShape(answer, route);
        }
      }
    }
  }

  @Test
  void aBodyOfAMegabyte() {
    String body = "FriendlyName=" + "x".repeat(1024 * 1024);
    for (String route : routes) {
      if (method(route).equals("POST")) {
        RestClient.Answer answer = fixture.client.send("POST", path(route, this::thing), body);
        isAnError(answer, route);
        assertEquals(413, answer.status(), route + answer.body());
      }
    }
  }

  @Test
  void bodiesThatAreNoForms() {
    for (String route : routes) {
      if (method(route).equals("POST")) {
        String path = path(route, this::thing);
        for (String body : List.of("%", "a=%zz", "{\"To\": \"x\"}", "&&&=", "=")) {
          RestClient.Answer answer = fixture.client.send("POST", path, body);
          assertTrue(answer.status() < 500, () -> route + " " + body + answer.body());
        }
      }
    }
  }
}
