package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.base.Page;
import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.Account;
import com.twilio.rest.api.v2010.account.Application;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Conference;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.rest.api.v2010.account.Key;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.NewKey;
import com.twilio.rest.api.v2010.account.Notification;
import com.twilio.rest.api.v2010.account.Queue;
import com.twilio.rest.api.v2010.account.Recording;
import com.twilio.rest.api.v2010.account.conference.Participant;
import com.twilio.rest.api.v2010.account.queue.Member;
import com.twilio.rest.conversations.v1.AddressConfiguration;
import com.twilio.rest.conversations.v1.Configuration;
import com.twilio.rest.conversations.v1.Conversation;
import com.twilio.rest.conversations.v1.ParticipantConversation;
import com.twilio.rest.conversations.v1.Role;
import com.twilio.rest.conversations.v1.Service;
import com.twilio.rest.conversations.v1.User;
import com.twilio.rest.conversations.v1.configuration.Webhook;
import com.twilio.rest.conversations.v1.user.UserConversation;
import com.twilio.rest.monitor.v1.Alert;
import com.twilio.security.RequestValidator;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import dev.ringback.twilio.RingbackHttpClient;
import dev.ringback.yaml.Yaml;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/**
 * Twilio's own Java library creates, fetches, updates, lists, pages and deletes; every answer is
 * held against the table of fields on its way.
 */
@Timeout(120)
class JavaSdkTest {
  private static final String CUSTOMER = WorldFixture.CUSTOMER;
  private static final String NUMBER = WorldFixture.NUMBER;
  private static final String SERVICE = WorldFixture.SERVICE.value();

  private WebApp app;
  private RingbackServer server;
  private CheckingProxy proxy;
  private TwilioRestClient client;
  private String account;

  @SuppressWarnings("NullAway.Init")
  JavaSdkTest() {}

  @BeforeEach
  void start() throws Exception {
    app = new WebApp().at("/action", "<Response><Hangup/></Response>");
    String yaml =
        """
        server: {port: 0, voices: tones}
        clock: {mode: stepped}
        rest: {callsPerSecond: 100}
        frontline: {service: %s, outgoing: {url: "%s/outgoing"}}
        numbers: [{number: "%s", voiceUrl: "%s/voice"}]
        workers: [{identity: alice@example.com, cast: {answers: {after: 1s, talks: 300s}}}]
        """
            .formatted(SERVICE, app.url(), NUMBER, app.url());
    server =
        RingbackServer.start(
            ConfigFile.read(Yaml.parse("ringback.yaml", yaml)), seed -> new WorldDraft());
    proxy = new CheckingProxy(server.url());
    account = server.world().settings().account().value();
    client = RingbackHttpClient.client(account, server.world().settings().authToken(), proxy.url());
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
    app.close();
  }

  private void later(int seconds) {
    server.world().advance(Duration.ofSeconds(seconds)).join();
  }

  private static void refused(int status, int code, Executable executable) {
    ApiException e = assertThrows(ApiException.class, executable);
    assertEquals(List.of(status, code), List.of(e.getStatusCode(), e.getCode()), e.getMessage());
    assertEquals("https://www.twilio.com/docs/errors/" + code, e.getMoreInfo());
  }

  private static <T> List<T> all(Iterable<T> set) {
    return StreamSupport.stream(set.spliterator(), false).toList();
  }

  private static final String NOWHERE = "0".repeat(32);

  private Call call(String url) {
    return Call.creator(new PhoneNumber(CUSTOMER), new PhoneNumber(NUMBER), URI.create(url))
        .create(client);
  }

  @Test
  void accounts() {
    Account fetched = Account.fetcher().fetch(client);
    assertEquals(account, fetched.getSid());
    assertEquals(Account.Status.ACTIVE, fetched.getStatus());
    assertEquals(
        List.of(account),
        all(Account.reader().read(client)).stream().map(Account::getSid).toList());
    refused(404, 20404, () -> Account.fetcher("AC" + NOWHERE).fetch(client));
  }

  /** For apps that name no client. */
  @Test
  void theWholeLibraryIsLedHere() {
    try {
      RingbackHttpClient.install(account, server.world().settings().authToken(), proxy.url() + "/");
      assertEquals(account, Account.fetcher().fetch().getSid());
    } finally {
      com.twilio.Twilio.destroy();
      com.twilio.Twilio.setRestClient(null);
    }
    assertThrows(IllegalArgumentException.class, () -> new RingbackHttpClient("localhost:4010"));
  }

  @Test
  @Fact({
    "auth.http-codes",
    "auth.java-sdk-forms-and-errors",
    "call-json.dates",
    "call-json.duration",
    "call-json.nulls-are-there",
    "call-json.phone-number-sid",
    "call-json.start-and-end",
    "call-json.start-is-the-answer",
    "call-json.texts-or-null",
    "call-status.of-rest",
    "calls.bad-to-is-21211",
    "calls.create",
    "calls.delete",
    "calls.delete-before-the-end",
    "calls.ended-calls-are-not-changed",
    "calls.fetch",
    "calls.redirect-interrupts",
    "calls.requests-are-forms",
    "calls.update",
    "calls.update-parameters",
    "lifecycle.created-is-201-queued",
    "parameters.account-sid",
    "parameters.call-sid",
    "rest-errors.code-20009",
    "rest-errors.code-21211",
    "rest-errors.code-21220",
    "sids.account",
    "sids.call",
    "sids.lower-case",
    "sids.shape"
  })
  void calls() {
    app.at("/hello", "<Response><Pause length='60'/></Response>")
        .at("/other", "<Response><Pause length='5'/></Response>");
    Call created = call(app.url() + "/hello");
    assertEquals(Call.Status.QUEUED, created.getStatus());
    assertEquals("outbound-api", created.getDirection());
    assertEquals("(501) 712-2661", created.getFromFormatted());
    assertNull(created.getStartTime());
    later(10);
    Call fetched = Call.fetcher(created.getSid()).fetch(client);
    assertEquals(Call.Status.IN_PROGRESS, fetched.getStatus());
    assertNotNull(fetched.getStartTime());
    assertNotNull(fetched.getPhoneNumberSid());
    Call updated =
        Call.updater(created.getSid()).setUrl(URI.create(app.url() + "/other")).update(client);
    assertEquals(created.getSid(), updated.getSid());
    later(10);
    Call ended = Call.fetcher(created.getSid()).fetch(client);
    assertEquals(Call.Status.COMPLETED, ended.getStatus());
    assertEquals("13", ended.getDuration()); // answered after 2 s
    refused(
        400,
        21220,
        () -> Call.updater(created.getSid()).setStatus(Call.UpdateStatus.COMPLETED).update(client));
    for (int i = 0; i < 4; i++) {
      call(app.url() + "/hello");
    }
    Page<Call> page = Call.reader().setPageSize(2L).firstPage(client);
    assertEquals(2, page.getRecords().size());
    assertTrue(page.hasNextPage());
    List<String> seen = new ArrayList<>();
    all(Call.reader().setPageSize(2L).read(client)).forEach(c -> seen.add(c.getSid()));
    assertEquals(5, seen.size());
    assertEquals(5, seen.stream().distinct().count());
    assertEquals(created.getSid(), seen.getLast(), "the newest first");
    assertEquals(
        List.of(created.getSid()),
        all(Call.reader().setStatus(Call.Status.COMPLETED).read(client)).stream()
            .map(Call::getSid)
            .toList());
    refused(409, 20009, () -> Call.deleter(seen.getFirst()).delete(client));
    assertTrue(Call.deleter(created.getSid()).delete(client));
    refused(404, 20404, () -> Call.fetcher(created.getSid()).fetch(client));
    refused(
        400,
        21211,
        () ->
            Call.creator(
                    new PhoneNumber("12345"), new PhoneNumber(NUMBER), URI.create("http://a.test/"))
                .create(client));
    proxy.assertAllWell(5);
  }

  @Test
  @Fact({
    "call-json.direction",
    "call-json.formatted-others",
    "call-json.to-and-from",
    "calls.one-document-is-required",
    "dial.child-direction-in-rest",
    "paging.filters",
    "parameters.application-sid"
  })
  void callsOfTwimlAndOfApplications() {
    app.at("/of-app", "<Response><Say>Hello</Say></Response>");
    Call ofTwiml =
        Call.creator(
                new PhoneNumber(CUSTOMER),
                new PhoneNumber(NUMBER),
                new Twiml("<Response><Dial><Client>bob</Client></Dial></Response>"))
            .create(client);
    Application application =
        Application.creator().setVoiceUrl(URI.create(app.url() + "/of-app")).create(client);
    Call ofApp =
        Call.creator(new PhoneNumber(CUSTOMER), new PhoneNumber(NUMBER), application.getSid())
            .create(client);
    later(10);
    List<Call> children = all(Call.reader().setParentCallSid(ofTwiml.getSid()).read(client));
    assertEquals(List.of("client:bob"), children.stream().map(Call::getTo).toList());
    assertEquals("outbound-dial", children.getFirst().getDirection());
    assertEquals("client:bob", children.getFirst().getToFormatted());
    String form = java.util.Objects.requireNonNull(app.to("/of-app").getFirst().getBody()).utf8();
    assertTrue(form.contains("ApplicationSid=" + application.getSid()), form);
    assertEquals(Call.Status.COMPLETED, Call.fetcher(ofApp.getSid()).fetch(client).getStatus());
  }

  @Test
  @Fact({
    "media.metadata",
    "paging.other-lists",
    "recordings.account-level-fields",
    "recordings.channels",
    "recordings.conference-sid",
    "recordings.current",
    "recordings.dates",
    "recordings.delete",
    "recordings.duration",
    "recordings.media-url",
    "recordings.of-a-call",
    "recordings.of-the-account",
    "recordings.other-fields",
    "recordings.pause-behavior",
    "recordings.pause-resume-stop",
    "recordings.sids",
    "recordings.source",
    "recordings.start",
    "recordings.start-on-a-call-that-is-not-live",
    "recordings.status",
    "recordings.track",
    "rest-errors.code-20009",
    "sids.recording"
  })
  void recordings() {
    app.at("/hello", "<Response><Pause length='60'/></Response>");
    Call call = call(app.url() + "/hello");
    refused(
        400,
        21220,
        () ->
            com.twilio.rest.api.v2010.account.call.Recording.creator(call.getSid()).create(client));
    later(5);
    var started =
        com.twilio.rest.api.v2010.account.call.Recording.creator(call.getSid())
            .setRecordingChannels("dual")
            .create(client);
    assertEquals(2, started.getChannels());
    assertNull(started.getDuration());
    later(5);
    var paused =
        com.twilio.rest.api.v2010.account.call.Recording.updater(
                call.getSid(),
                "Twilio.CURRENT",
                com.twilio.rest.api.v2010.account.call.Recording.Status.PAUSED)
            .setPauseBehavior("skip")
            .update(client);
    assertEquals(started.getSid(), paused.getSid());
    assertEquals("paused", paused.getStatus().toString());
    later(5);
    com.twilio.rest.api.v2010.account.call.Recording.updater(
            call.getSid(),
            started.getSid(),
            com.twilio.rest.api.v2010.account.call.Recording.Status.IN_PROGRESS)
        .update(client);
    refused(409, 20009, () -> Recording.deleter(started.getSid()).delete(client));
    later(5);
    var stopped =
        com.twilio.rest.api.v2010.account.call.Recording.updater(
                call.getSid(),
                "Twilio.CURRENT",
                com.twilio.rest.api.v2010.account.call.Recording.Status.STOPPED)
            .update(client);
    assertEquals("stopped", stopped.getStatus().toString());
    later(10);
    Recording fetched = Recording.fetcher(started.getSid()).fetch(client);
    assertEquals("10", fetched.getDuration());
    assertEquals(Recording.Status.COMPLETED, fetched.getStatus());
    assertEquals("StartCallRecordingAPI", fetched.getSource().toString());
    assertTrue(fetched.getMediaUrl().toString().endsWith("/Recordings/" + fetched.getSid()));
    assertEquals(
        1,
        all(com.twilio.rest.api.v2010.account.call.Recording.reader(call.getSid()).read(client))
            .size());
    assertEquals(
        started.getSid(),
        com.twilio.rest.api.v2010.account.call.Recording.fetcher(call.getSid(), started.getSid())
            .fetch(client)
            .getSid());
    assertEquals(1, all(Recording.reader().setCallSid(call.getSid()).read(client)).size());
    assertTrue(Recording.deleter(started.getSid()).delete(client));
    refused(404, 20404, () -> Recording.fetcher(started.getSid()).fetch(client));
    assertEquals(List.of(), all(Recording.reader().read(client)));
    proxy.assertAllWell(9);
  }

  @Test
  @Fact("frontline-voice.recording-is-of-the-parent")
  void theRecordingOfASessionIsOfTheCallersCall() {
    app.at("/voice", WorldFixture.connect("record='record-from-answer'"));
    server
        .world()
        .place(
            new dev.ringback.engine.Placement.ByCustomer(
                CUSTOMER, NUMBER, dev.ringback.cast.Script.NO_DIRECTIONS))
        .join();
    later(400);
    Call child =
        all(Call.reader().read(client)).stream()
            .filter(call -> call.getParentCallSid() != null)
            .findFirst()
            .orElseThrow();
    assertEquals("client:alice@example.com", child.getTo());
    assertEquals(
        List.of(child.getParentCallSid()),
        all(Recording.reader().setCallSid(child.getParentCallSid()).read(client)).stream()
            .map(Recording::getCallSid)
            .toList());
    assertEquals(List.of(), all(Recording.reader().setCallSid(child.getSid()).read(client)));
  }

  @Test
  @Fact({
    "frontline-voice.number-points-to-app",
    "numbers.caller-id-lookup-default-false",
    "numbers.capabilities",
    "numbers.dates-rfc2822",
    "numbers.fallback-method-default-post",
    "numbers.origin-and-status",
    "numbers.other-fields",
    "numbers.status-callback-method-default-post",
    "numbers.voice-method-default-post",
    "numbers.voice-url-answers",
    "paging.other-lists",
    "sids.phone-number"
  })
  void numbersAnswerAsTheyAreChanged() {
    IncomingPhoneNumber bought =
        IncomingPhoneNumber.creator(new PhoneNumber("+15005550100"))
            .setVoiceUrl(URI.create(app.url() + "/bought"))
            .create(client);
    assertEquals("(500) 555-0100", bought.getFriendlyName());
    assertEquals(com.twilio.http.HttpMethod.POST, bought.getVoiceMethod());
    assertEquals(com.twilio.http.HttpMethod.POST, bought.getVoiceFallbackMethod());
    assertEquals(com.twilio.http.HttpMethod.POST, bought.getStatusCallbackMethod());
    assertEquals(false, bought.getVoiceCallerIdLookup());
    assertEquals("twilio", bought.getOrigin());
    assertEquals("in-use", bought.getStatus());
    IncomingPhoneNumber set =
        IncomingPhoneNumber.updater(bought.getSid())
            .setVoiceMethod(com.twilio.http.HttpMethod.GET)
            .setVoiceFallbackMethod(com.twilio.http.HttpMethod.GET)
            .setStatusCallbackMethod(com.twilio.http.HttpMethod.GET)
            .setVoiceCallerIdLookup(true)
            .update(client);
    assertEquals(com.twilio.http.HttpMethod.GET, set.getVoiceMethod());
    assertEquals(com.twilio.http.HttpMethod.GET, set.getVoiceFallbackMethod());
    assertEquals(com.twilio.http.HttpMethod.GET, set.getStatusCallbackMethod());
    assertEquals(true, set.getVoiceCallerIdLookup());
    assertEquals(
        false,
        IncomingPhoneNumber.updater(bought.getSid())
            .setVoiceCallerIdLookup(false)
            .update(client)
            .getVoiceCallerIdLookup());
    assertEquals(
        bought.getSid(), IncomingPhoneNumber.fetcher(bought.getSid()).fetch(client).getSid());
    assertEquals(
        "Ours",
        IncomingPhoneNumber.updater(bought.getSid())
            .setFriendlyName("Ours")
            .setVoiceUrl(URI.create(app.url() + "/changed"))
            .update(client)
            .getFriendlyName());
    server
        .world()
        .place(
            new dev.ringback.engine.Placement.ByCustomer(
                CUSTOMER, "+15005550100", dev.ringback.cast.Script.NO_DIRECTIONS))
        .join();
    later(1);
    assertEquals(1, app.to("/changed").size());
    Application frontline =
        all(Application.reader().setFriendlyName("Voice in Frontline").read(client)).getFirst();
    IncomingPhoneNumber.updater(bought.getSid())
        .setVoiceApplicationSid(frontline.getSid())
        .update(client);
    server
        .world()
        .place(
            new dev.ringback.engine.Placement.ByCustomer(
                CUSTOMER, "+15005550100", dev.ringback.cast.Script.NO_DIRECTIONS))
        .join();
    later(1);
    assertEquals(1, app.to("/changed").size());
    String form = java.util.Objects.requireNonNull(app.to("/outgoing").getFirst().getBody()).utf8();
    assertTrue(form.contains("ApplicationSid=" + frontline.getSid()), form);
    assertEquals(2, all(IncomingPhoneNumber.reader().setPageSize(1L).read(client)).size());
    assertEquals(
        1,
        all(IncomingPhoneNumber.reader()
                .setPhoneNumber(new PhoneNumber("+15005550100"))
                .read(client))
            .size());
    refused(
        400,
        21422,
        () -> IncomingPhoneNumber.creator(new PhoneNumber("+15005550100")).create(client));
    assertTrue(IncomingPhoneNumber.deleter(bought.getSid()).delete(client));
    refused(404, 20404, () -> IncomingPhoneNumber.fetcher(bought.getSid()).fetch(client));
    IncomingPhoneNumber somewhere = IncomingPhoneNumber.creator("415").create(client);
    assertTrue(somewhere.getPhoneNumber().toString().startsWith("+1415555"));
    proxy.assertAllWell(5);
  }

  private dev.ringback.engine.Placed calls(String number) {
    var placed =
        server
            .world()
            .place(
                new dev.ringback.engine.Placement.ByCustomer(
                    CUSTOMER, number, dev.ringback.cast.Script.NO_DIRECTIONS))
            .join();
    later(5);
    return placed;
  }

  @Test
  @Fact({"numbers.application-wins", "status-callbacks.app-reports-for-its-numbers"})
  void theApplicationOfANumberAnswersAndIsToldInItsPlace() {
    app.at("/app", "<Response><Hangup/></Response>");
    Application application =
        Application.creator()
            .setVoiceUrl(URI.create(app.url() + "/app"))
            .setStatusCallback(URI.create(app.url() + "/app-end"))
            .create(client);
    IncomingPhoneNumber number =
        IncomingPhoneNumber.creator(new PhoneNumber("+15005550100"))
            .setVoiceUrl(URI.create(app.url() + "/number"))
            .setStatusCallback(URI.create(app.url() + "/number-end"))
            .setVoiceApplicationSid(application.getSid())
            .create(client);
    assertEquals(application.getSid(), number.getVoiceApplicationSid());
    assertTrue(calls("+15005550100") instanceof dev.ringback.engine.Placed.Ringing);
    assertEquals(
        List.of("/app", "/app-end"),
        app.requests.stream().map(request -> request.getUrl().encodedPath()).toList());
    String asked = java.util.Objects.requireNonNull(app.requests.getFirst().getBody()).utf8();
    assertTrue(asked.contains("ApplicationSid=" + application.getSid()), asked);
    String told = java.util.Objects.requireNonNull(app.requests.getLast().getBody()).utf8();
    assertTrue(told.contains("CallStatus=completed"), told);
  }

  @Test
  @Fact("numbers.without-voice-url-out-of-service")
  void aNumberWithoutAVoiceUrlIsOutOfService() {
    IncomingPhoneNumber number =
        IncomingPhoneNumber.creator(new PhoneNumber("+15005550100")).create(client);
    assertTrue(calls("+15005550100") instanceof dev.ringback.engine.Placed.Refused);
    assertEquals(List.of(), all(Call.reader().read(client)));
    IncomingPhoneNumber.updater(number.getSid())
        .setVoiceUrl(URI.create(app.url() + "/number"))
        .update(client);
    assertTrue(calls("+15005550100") instanceof dev.ringback.engine.Placed.Ringing);
  }

  @Test
  @Fact({"frontline-voice.app-voice-in-frontline", "sids.application"})
  void applications() {
    Application made =
        Application.creator()
            .setFriendlyName("Mine")
            .setVoiceUrl(URI.create(app.url() + "/v"))
            .create(client);
    assertEquals("Mine", Application.fetcher(made.getSid()).fetch(client).getFriendlyName());
    Application changed =
        Application.updater(made.getSid())
            .setVoiceMethod(com.twilio.http.HttpMethod.GET)
            .update(client);
    assertEquals(com.twilio.http.HttpMethod.GET, changed.getVoiceMethod());
    assertEquals(
        List.of("Mine", "Voice in Frontline"),
        all(Application.reader().setPageSize(1L).read(client)).stream()
            .map(Application::getFriendlyName)
            .toList());
    refused(
        400, 21402, () -> Application.creator().setVoiceUrl(URI.create("nowhere")).create(client));
    assertTrue(Application.deleter(made.getSid()).delete(client));
    refused(404, 20404, () -> Application.fetcher(made.getSid()).fetch(client));
    proxy.assertAllWell(5);
  }

  @Test
  @Fact({
    "alerts.dates-iso8601",
    "alerts.error-code-is-text",
    "alerts.fields",
    "alerts.fields-of-one",
    "alerts.meta",
    "alerts.notification-date-rfc2822",
    "alerts.notification-error-code-is-text",
    "alerts.notification-fields-of-one",
    "alerts.notification-log",
    "alerts.notification-request",
    "alerts.notifications-of-a-call",
    "alerts.paging",
    "sids.notification"
  })
  void notificationsAndAlerts() {
    app.at("/broken", "no TwiML at all");
    Call call = call(app.url() + "/broken");
    later(5);
    List<Notification> notifications = all(Notification.reader().setPageSize(1L).read(client));
    assertFalse(notifications.isEmpty());
    Notification first = notifications.getFirst();
    assertEquals("12100", first.getErrorCode());
    assertEquals(call.getSid(), first.getCallSid());
    assertTrue(
        Notification.fetcher(first.getSid())
            .fetch(client)
            .getRequestVariables()
            .contains("CallSid="));
    assertEquals(
        notifications.size(),
        all(com.twilio.rest.api.v2010.account.call.Notification.reader(call.getSid()).read(client))
            .size());
    assertEquals(
        first.getSid(),
        com.twilio.rest.api.v2010.account.call.Notification.fetcher(call.getSid(), first.getSid())
            .fetch(client)
            .getSid());
    List<Alert> alerts = all(Alert.reader().setLogLevel("error").setPageSize(1L).read(client));
    assertEquals(first.getSid(), alerts.getFirst().getSid());
    assertEquals("12100", Alert.fetcher(first.getSid()).fetch(client).getErrorCode());
    refused(404, 20404, () -> Notification.fetcher("NO" + NOWHERE).fetch(client));
    refused(404, 20404, () -> Alert.fetcher("NO" + NOWHERE).fetch(client));
    proxy.assertAllWell(6);
  }

  @Test
  @Fact({"rest-errors.code-20409", "sids.conference", "sids.queue"})
  void queuesAndConferences() {
    app.at("/queue", "<Response><Enqueue waitUrl=''>support</Enqueue></Response>")
        .at("/next", "<Response><Pause length='60'/></Response>")
        .at("/room", "<Response><Dial><Conference>room</Conference></Dial></Response>");
    Call waiting = call(app.url() + "/queue");
    Call one = call(app.url() + "/room");
    Call two = call(app.url() + "/room");
    later(10);
    Queue queue = all(Queue.reader().read(client)).getFirst();
    assertEquals("support", queue.getFriendlyName());
    assertEquals(1, queue.getCurrentSize());
    assertEquals(50, Queue.updater(queue.getSid()).setMaxSize(50).update(client).getMaxSize());
    assertEquals(
        waiting.getSid(), all(Member.reader(queue.getSid()).read(client)).getFirst().getCallSid());
    assertEquals(1, Member.fetcher(queue.getSid(), "Front").fetch(client).getPosition());
    refused(409, 20409, () -> Queue.deleter(queue.getSid()).delete(client));
    Member.updater(queue.getSid(), "Front", URI.create(app.url() + "/next")).update(client);
    later(1);
    assertEquals(1, app.to("/next").size());
    assertEquals(0, Queue.fetcher(queue.getSid()).fetch(client).getCurrentSize());
    assertTrue(Queue.deleter(queue.getSid()).delete(client));
    Queue made = Queue.creator("sales").setMaxSize(7).create(client);
    assertEquals(7, made.getMaxSize());
    refused(400, 20001, () -> Queue.creator("sales").create(client));

    Conference room =
        all(Conference.reader()
                .setFriendlyName("room")
                .setStatus(Conference.Status.IN_PROGRESS)
                .read(client))
            .getFirst();
    assertEquals(
        List.of(two.getSid(), one.getSid()),
        all(Participant.reader(room.getSid()).setPageSize(1L).read(client)).stream()
            .map(Participant::getCallSid)
            .toList());
    assertFalse(Participant.fetcher(room.getSid(), one.getSid()).fetch(client).getMuted());
    refused(
        400,
        20001,
        () -> Participant.updater(room.getSid(), one.getSid()).setMuted(true).update(client));
    assertTrue(Participant.deleter(room.getSid(), two.getSid()).delete(client));
    later(1);
    assertEquals(Call.Status.COMPLETED, Call.fetcher(two.getSid()).fetch(client).getStatus());
    Conference ended =
        Conference.updater(room.getSid())
            .setStatus(Conference.UpdateStatus.COMPLETED)
            .update(client);
    assertEquals(Conference.Status.COMPLETED, ended.getStatus());
    assertEquals(
        Conference.Status.COMPLETED, Conference.fetcher(room.getSid()).fetch(client).getStatus());
    refused(404, 20404, () -> Conference.fetcher("CF" + NOWHERE).fetch(client));
    proxy.assertAllWell(12);
  }

  @Test
  @Fact("sids.sms")
  void messages() {
    Message sent =
        Message.creator(new PhoneNumber(CUSTOMER), new PhoneNumber(NUMBER), "Hello").create(client);
    assertEquals(Message.Status.QUEUED, sent.getStatus());
    assertEquals("1", sent.getNumSegments());
    for (int i = 0; i < 3; i++) {
      Message.creator(new PhoneNumber(CUSTOMER), new PhoneNumber(NUMBER), "More " + i)
          .create(client);
    }
    assertEquals("Hello", Message.fetcher(sent.getSid()).fetch(client).getBody());
    assertEquals(4, all(Message.reader().setPageSize(3L).read(client)).size());
    assertEquals("", Message.updater(sent.getSid()).setBody("").update(client).getBody());
    refused(
        400,
        21211,
        () -> Message.creator(new PhoneNumber("x"), new PhoneNumber(NUMBER), "Hi").create(client));
    assertTrue(Message.deleter(sent.getSid()).delete(client));
    refused(404, 20404, () -> Message.fetcher(sent.getSid()).fetch(client));
    proxy.assertAllWell(5);
  }

  private static boolean isSignedBy(String secret, RecordedRequest request) {
    Map<String, String> form =
        Stream.of(java.util.Objects.requireNonNull(request.getBody()).utf8().split("&", -1))
            .map(pair -> pair.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    return new RequestValidator(secret)
        .validate(
            request.getUrl().toString(), form, request.getHeaders().get("X-Twilio-Signature"));
  }

  @Test
  @Fact({
    "auth.basic",
    "auth.java-sdk-forms-and-errors",
    "auth.standard-keys",
    "sids.api-key",
    "signature.never-an-api-key"
  })
  void keysSignIn() {
    NewKey made = NewKey.creator().setFriendlyName("CI").create(client);
    TwilioRestClient byKey =
        new TwilioRestClient.Builder(made.getSid(), made.getSecret())
            .accountSid(account)
            .httpClient(new RingbackHttpClient(proxy.url()))
            .build();
    assertEquals(List.of(), all(Call.reader().read(byKey)));
    refused(401, 20003, () -> Account.fetcher().fetch(byKey));
    refused(401, 20003, () -> NewKey.creator().create(byKey));
    assertEquals("CI", Key.fetcher(made.getSid()).fetch(client).getFriendlyName());
    Call.creator(new PhoneNumber(CUSTOMER), new PhoneNumber(NUMBER), URI.create(app.url() + "/key"))
        .create(byKey);
    later(10);
    assertTrue(isSignedBy(server.world().settings().authToken(), app.to("/key").getFirst()));
    assertFalse(isSignedBy(made.getSecret(), app.to("/key").getFirst()));
    assertEquals(
        "New", Key.updater(made.getSid()).setFriendlyName("New").update(client).getFriendlyName());
    assertEquals(1, all(Key.reader().read(client)).size());
    assertTrue(Key.deleter(made.getSid()).delete(client));
    refused(401, 20003, () -> all(Call.reader().read(byKey)));
    refused(404, 20404, () -> Key.fetcher(made.getSid()).fetch(client));
    proxy.assertAllWell(5);
  }

  @Test
  @Fact({
    "auth.newer-products-are-json",
    "conversation-errors.20404",
    "conversation-errors.50353",
    "conversation-errors.50377",
    "conversation-states.active-by-default",
    "conversations.attributes-are-text",
    "conversations.base-url",
    "conversations.basic-auth-and-forms",
    "conversations.by-unique-name",
    "conversations.dates",
    "conversations.fields",
    "conversations.list-by-state",
    "conversations.meta",
    "conversations.parameters",
    "conversations.states",
    "conversations.statuses",
    "conversations.timers-are-durations",
    "conversations.update-takes-the-same",
    "paging.newer-products",
    "sids.conversation",
    "sids.lower-case"
  })
  void conversations() {
    Conversation made =
        Conversation.creator()
            .setFriendlyName("Home repair")
            .setUniqueName("repair-1")
            .setAttributes("{\"topic\":\"roof\"}")
            .setTimersInactive("PT1M")
            .setTimersClosed("PT10M")
            .create(client);
    assertEquals(Conversation.State.ACTIVE, made.getState());
    assertEquals(made.getSid(), Conversation.fetcher("repair-1").fetch(client).getSid());
    assertEquals(
        "New",
        Conversation.updater(made.getSid())
            .setFriendlyName("New")
            .update(client)
            .getFriendlyName());
    later(61);
    assertEquals(
        Conversation.State.INACTIVE, Conversation.fetcher(made.getSid()).fetch(client).getState());
    later(600);
    assertEquals(
        Conversation.State.CLOSED, Conversation.fetcher(made.getSid()).fetch(client).getState());
    refused(
        400, 50377, () -> Conversation.updater(made.getSid()).setFriendlyName("X").update(client));
    refused(409, 50353, () -> Conversation.creator().setUniqueName("repair-1").create(client));
    refused(400, 50304, () -> Conversation.creator().setAttributes("{").create(client));
    refused(400, 50375, () -> Conversation.creator().setTimersInactive("PT1S").create(client));
    for (int i = 0; i < 4; i++) {
      Conversation.creator().create(client);
    }
    assertEquals(5, all(Conversation.reader().setPageSize(2L).read(client)).size());
    assertEquals(
        1, all(Conversation.reader().setState(Conversation.State.CLOSED).read(client)).size());
    assertTrue(Conversation.deleter(made.getSid()).delete(client));
    refused(404, 20404, () -> Conversation.fetcher(made.getSid()).fetch(client));
    proxy.assertAllWell(5);
  }

  @Test
  @Fact({
    "conversation-errors.50416",
    "conversation-errors.50433",
    "conversations.user-conversations",
    "participants.binding-of-chat-null",
    "participants.conversations-fields",
    "participants.conversations-key",
    "participants.conversations-of-somebody",
    "participants.customer-has-binding",
    "participants.fields",
    "participants.identity-null-is-null",
    "participants.identity-or-addresses",
    "participants.one-of-address-and-identity",
    "participants.role-of-customers",
    "participants.worker-has-identity",
    "sids.participant"
  })
  void participantsAndWhoTalksWithWhom() {
    String conversation = Conversation.creator().create(client).getSid();
    var customer =
        com.twilio.rest.conversations.v1.conversation.Participant.creator(conversation)
            .setMessagingBindingAddress(CUSTOMER)
            .setMessagingBindingProxyAddress(NUMBER)
            .create(client);
    assertNull(customer.getIdentity());
    assertTrue(customer.getRoleSid().startsWith("RL"), customer.getRoleSid());
    var worker =
        com.twilio.rest.conversations.v1.conversation.Participant.creator(conversation)
            .setIdentity("alice@example.com")
            .create(client);
    assertNull(worker.getMessagingBinding());
    refused(
        409,
        50433,
        () ->
            com.twilio.rest.conversations.v1.conversation.Participant.creator(conversation)
                .setIdentity("alice@example.com")
                .create(client));
    String second = Conversation.creator().create(client).getSid();
    ApiException taken =
        assertThrows(
            ApiException.class,
            () ->
                com.twilio.rest.conversations.v1.conversation.Participant.creator(second)
                    .setMessagingBindingAddress(CUSTOMER)
                    .setMessagingBindingProxyAddress(NUMBER)
                    .create(client));
    assertEquals(50416, taken.getCode());
    assertTrue(
        String.valueOf(taken.getMessage())
            .endsWith("already exists in Conversation " + conversation));
    assertEquals(
        "{\"a\":1}",
        com.twilio.rest.conversations.v1.conversation.Participant.updater(
                conversation, worker.getSid())
            .setAttributes("{\"a\":1}")
            .update(client)
            .getAttributes());
    assertEquals(
        2,
        all(com.twilio.rest.conversations.v1.conversation.Participant.reader(conversation)
                .setPageSize(1L)
                .read(client))
            .size());
    assertEquals(
        worker.getSid(),
        com.twilio.rest.conversations.v1.conversation.Participant.fetcher(
                conversation, "alice@example.com")
            .fetch(client)
            .getSid());
    assertEquals(
        List.of(conversation),
        all(ParticipantConversation.reader().setAddress(CUSTOMER).read(client)).stream()
            .map(ParticipantConversation::getConversationSid)
            .toList());
    List<UserConversation> ofAlice = all(UserConversation.reader("alice@example.com").read(client));
    assertEquals(conversation, ofAlice.getFirst().getConversationSid());
    assertEquals(
        conversation,
        UserConversation.fetcher("alice@example.com", conversation)
            .fetch(client)
            .getConversationSid());
    refused(400, 50451, () -> all(ParticipantConversation.reader().read(client)));
    assertTrue(
        com.twilio.rest.conversations.v1.conversation.Participant.deleter(
                conversation, worker.getSid())
            .delete(client));
    refused(
        404,
        20404,
        () ->
            com.twilio.rest.conversations.v1.conversation.Participant.fetcher(
                    conversation, worker.getSid())
                .fetch(client));
    proxy.assertAllWell(9);
  }

  @Test
  @Fact({
    "conversation-calls.voicemail-is-the-apps-message",
    "conversation-webhooks.post-by-all-three",
    "conversation-webhooks.quiet-rest",
    "conversation-webhooks.scoped-fields",
    "conversation-webhooks.scoped-parameters",
    "sids.message",
    "sids.webhook"
  })
  void messagesAndWebhooksOfAConversation() {
    String conversation = Conversation.creator().create(client).getSid();
    List<String> sids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sids.add(
          com.twilio.rest.conversations.v1.conversation.Message.creator(conversation)
              .setAuthor("Voicemail")
              .setBody("Message " + i)
              .create(client)
              .getSid());
    }
    assertEquals(
        sids,
        all(
                com.twilio.rest.conversations.v1.conversation.Message.reader(conversation)
                    .setPageSize(2L)
                    .read(client))
            .stream()
            .map(com.twilio.rest.conversations.v1.conversation.Message::getSid)
            .toList());
    assertEquals(
        "Changed",
        com.twilio.rest.conversations.v1.conversation.Message.updater(conversation, sids.get(0))
            .setBody("Changed")
            .update(client)
            .getBody());
    assertEquals(
        1,
        com.twilio.rest.conversations.v1.conversation.Message.fetcher(conversation, sids.get(1))
            .fetch(client)
            .getIndex());
    assertTrue(
        com.twilio.rest.conversations.v1.conversation.Message.deleter(conversation, sids.get(2))
            .delete(client));
    refused(
        404,
        20404,
        () ->
            com.twilio.rest.conversations.v1.conversation.Message.fetcher(conversation, sids.get(2))
                .fetch(client));

    var webhook =
        com.twilio.rest.conversations.v1.conversation.Webhook.creator(
                conversation, com.twilio.rest.conversations.v1.conversation.Webhook.Target.WEBHOOK)
            .setConfigurationUrl(app.url() + "/scoped")
            .setConfigurationFilters(List.of("onMessageAdded"))
            .create(client);
    assertEquals(
        webhook.getSid(),
        com.twilio.rest.conversations.v1.conversation.Webhook.fetcher(
                conversation, webhook.getSid())
            .fetch(client)
            .getSid());
    com.twilio.rest.conversations.v1.conversation.Webhook.updater(conversation, webhook.getSid())
        .setConfigurationUrl(app.url() + "/moved")
        .update(client);
    com.twilio.rest.conversations.v1.conversation.Message.creator(conversation)
        .setXTwilioWebhookEnabled(
            com.twilio.rest.conversations.v1.conversation.Message.WebhookEnabledType.TRUE)
        .setBody("Told")
        .create(client);
    later(1);
    assertEquals(1, app.to("/moved").size());
    assertEquals(
        1,
        all(com.twilio.rest.conversations.v1.conversation.Webhook.reader(conversation).read(client))
            .size());
    refused(
        400,
        50365,
        () ->
            com.twilio.rest.conversations.v1.conversation.Webhook.creator(
                    conversation,
                    com.twilio.rest.conversations.v1.conversation.Webhook.Target.WEBHOOK)
                .setConfigurationUrl(app.url() + "/scoped")
                .setConfigurationFilters(List.of("onNothing"))
                .create(client));
    assertTrue(
        com.twilio.rest.conversations.v1.conversation.Webhook.deleter(
                conversation, webhook.getSid())
            .delete(client));
    proxy.assertAllWell(9);
  }

  @Test
  @Fact({
    "conversations.user-by-identity",
    "conversations.user-fields",
    "conversations.user-parameters",
    "frontline-api.base-url",
    "frontline-api.by-sid-or-identity",
    "frontline-api.fields",
    "frontline-api.parameters",
    "frontline-api.url-by-sid",
    "frontline-routing.new-users-are-not-available",
    "frontline-routing.user-before-first-login",
    "sids.role",
    "sids.user"
  })
  void usersRolesAndFrontline() {
    User made = User.creator("bob@example.com").setFriendlyName("Bob").create(client);
    assertEquals(made.getSid(), User.fetcher("bob@example.com").fetch(client).getSid());
    assertEquals(
        "Robert",
        User.updater(made.getSid()).setFriendlyName("Robert").update(client).getFriendlyName());
    assertEquals(2, all(User.reader().setPageSize(1L).read(client)).size());
    refused(409, 50201, () -> User.creator("bob@example.com").create(client));
    var bob = com.twilio.rest.frontlineapi.v1.User.fetcher("bob@example.com").fetch(client);
    assertFalse(bob.getIsAvailable());
    assertTrue(bob.getUrl().toString().endsWith("/v1/Users/" + bob.getSid()));
    assertEquals("active", bob.getState().toString());
    com.twilio.rest.frontlineapi.v1.User.updater("bob@example.com")
        .setFriendlyName("Bobby")
        .setAvatar("http://a.test/bob.png")
        .setState(com.twilio.rest.frontlineapi.v1.User.StateType.DEACTIVATED)
        .update(client);
    var changed = com.twilio.rest.frontlineapi.v1.User.fetcher(bob.getSid()).fetch(client);
    assertEquals(
        List.of("Bobby", "http://a.test/bob.png", "deactivated"),
        List.of(changed.getFriendlyName(), changed.getAvatar(), changed.getState().toString()));
    assertTrue(
        com.twilio.rest.frontlineapi.v1.User.updater(bob.getSid())
            .setIsAvailable(true)
            .update(client)
            .getIsAvailable());
    refused(
        404,
        20404,
        () -> com.twilio.rest.frontlineapi.v1.User.fetcher("nobody@example.com").fetch(client));
    assertTrue(User.deleter(made.getSid()).delete(client));
    refused(404, 20404, () -> User.fetcher(made.getSid()).fetch(client));

    Role role =
        Role.creator("mine", Role.RoleType.CONVERSATION, List.of("sendMessage")).create(client);
    assertEquals(
        List.of("sendMessage"), Role.fetcher(role.getSid()).fetch(client).getPermissions());
    assertEquals(
        List.of("leaveConversation"),
        Role.updater(role.getSid(), List.of("leaveConversation")).update(client).getPermissions());
    assertEquals(5, all(Role.reader().setPageSize(2L).read(client)).size());
    assertTrue(Role.deleter(role.getSid()).delete(client));
    refused(404, 20404, () -> Role.fetcher(role.getSid()).fetch(client));
    proxy.assertAllWell(10);
  }

  @Test
  @Fact({
    "conversation-webhooks.global-configuration",
    "conversation-webhooks.global-fields",
    "conversation-webhooks.service-configuration",
    "conversation-webhooks.service-fields",
    "conversations.address-fields",
    "conversations.address-parameters",
    "conversations.address-types",
    "conversations.configuration",
    "conversations.default-timers",
    "conversations.every-path-twice",
    "conversations.frontline-service-is-default",
    "conversations.service-configuration",
    "conversations.service-fields",
    "conversations.services",
    "conversations.urls-as-asked",
    "sids.address-configuration",
    "sids.messaging-service",
    "sids.service"
  })
  void servicesAndConfiguration() {
    Service made = Service.creator("Another").create(client);
    assertEquals("Another", Service.fetcher(made.getSid()).fetch(client).getFriendlyName());
    assertEquals(
        List.of(SERVICE, made.getSid()),
        all(Service.reader().setPageSize(1L).read(client)).stream().map(Service::getSid).toList());
    var inside =
        com.twilio.rest.conversations.v1.service.Conversation.creator(made.getSid()).create(client);
    assertEquals(made.getSid(), inside.getChatServiceSid());
    assertTrue(inside.getUrl().toString().contains("/Services/" + made.getSid()));
    com.twilio.rest.conversations.v1.service.conversation.Participant.creator(
            made.getSid(), inside.getSid())
        .setIdentity("carol")
        .create(client);
    com.twilio.rest.conversations.v1.service.conversation.Message.creator(
            made.getSid(), inside.getSid())
        .setBody("Hi")
        .create(client);
    com.twilio.rest.conversations.v1.service.conversation.Webhook.creator(
            made.getSid(),
            inside.getSid(),
            com.twilio.rest.conversations.v1.service.conversation.Webhook.Target.WEBHOOK)
        .setConfigurationUrl(app.url() + "/scoped")
        .setConfigurationFilters(List.of("onMessageAdded"))
        .create(client);
    assertEquals(
        1,
        all(com.twilio.rest.conversations.v1.service.User.reader(made.getSid()).read(client))
            .size());
    refused(404, 20404, () -> Conversation.fetcher(inside.getSid()).fetch(client));
    var configuration =
        com.twilio.rest.conversations.v1.service.Configuration.fetcher(made.getSid()).fetch(client);
    assertTrue(configuration.getReachabilityEnabled());
    assertFalse(
        com.twilio.rest.conversations.v1.service.Configuration.updater(made.getSid())
            .setReachabilityEnabled(false)
            .update(client)
            .getReachabilityEnabled());
    var webhooks =
        com.twilio.rest.conversations.v1.service.configuration.Webhook.updater(made.getSid())
            .setPostWebhookUrl(URI.create(app.url() + "/post"))
            .setFilters(List.of("onConversationAdded"))
            .update(client);
    assertEquals(List.of("onConversationAdded"), webhooks.getFilters());
    com.twilio.rest.conversations.v1.service.configuration.Webhook.fetcher(made.getSid())
        .fetch(client);
    assertTrue(Service.deleter(made.getSid()).delete(client));
    refused(404, 20404, () -> Service.fetcher(made.getSid()).fetch(client));

    assertEquals(SERVICE, Configuration.fetcher().fetch(client).getDefaultChatServiceSid());
    assertEquals(
        "PT10M",
        Configuration.updater()
            .setDefaultClosedTimer("PT10M")
            .update(client)
            .getDefaultClosedTimer());
    refused(400, 50376, () -> Configuration.updater().setDefaultClosedTimer("PT1M").update(client));
    assertEquals(
        "http://a.test/pre",
        Webhook.updater().setPreWebhookUrl("http://a.test/pre").update(client).getPreWebhookUrl());
    assertEquals("http://a.test/pre", Webhook.fetcher().fetch(client).getPreWebhookUrl());

    AddressConfiguration address =
        AddressConfiguration.creator(AddressConfiguration.Type.SMS, NUMBER)
            .setAutoCreationEnabled(true)
            .setAutoCreationType(AddressConfiguration.AutoCreationType.WEBHOOK)
            .setAutoCreationWebhookUrl("http://a.test/auto")
            .create(client);
    assertEquals(address.getSid(), AddressConfiguration.fetcher(NUMBER).fetch(client).getSid());
    assertEquals(
        "Main",
        AddressConfiguration.updater(address.getSid())
            .setFriendlyName("Main")
            .update(client)
            .getFriendlyName());
    assertEquals(1, all(AddressConfiguration.reader().read(client)).size());
    refused(
        409,
        20409,
        () -> AddressConfiguration.creator(AddressConfiguration.Type.SMS, NUMBER).create(client));
    assertTrue(AddressConfiguration.deleter(address.getSid()).delete(client));
    proxy.assertAllWell(20);
  }
}
