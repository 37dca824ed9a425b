package dev.ringback.rest;

import dev.ringback.engine.WorldSettings;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.rest.RefusalTable.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What is there before a request of the table is made, by the names that the table has for it. */
final class RefusalSetups {
  private static final String CONVERSES = "<Response><Say>Hi</Say><Pause length='600'/></Response>";

  private final RestFixture fixture;

  RefusalSetups(RestFixture fixture) {
    this.fixture = fixture;
  }

  /** A world as it begins, with those things in it. */
  Scene of(List<String> setup) {
    fixture.world().reset().join();
    Scene scene = new Scene(fixture);
    setup.forEach(scene::prepare);
    return scene;
  }

  /** A world, and who asks it. */
  static final class Scene implements AutoCloseable {
    private final RestFixture fixture;
    private final Map<String, String> things = new LinkedHashMap<>();
    private final List<String> headers = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private RestClient client;
    private @Nullable CompletableFuture<?> underWay;

    private Scene(RestFixture fixture) {
      this.fixture = fixture;
      client = fixture.client;
      things.put("AccountSid", fixture.account);
      things.put("ServiceSid", WorldFixture.SERVICE.value());
      things.put("Customer", WorldFixture.CUSTOMER);
      things.put("Stranger", WorldFixture.STRANGER);
      things.put("Number", WorldFixture.NUMBER);
      things.put("Url", fixture.app.url() + "/hello");
    }

    Map<String, String> things() {
      return things;
    }

    /** The request of a line with those parameters. */
    RestClient.Answer send(Refusal refusal, String parameters) {
      String path = RefusalTable.filled(refusal.route(), things, t -> t);
      String filled = RefusalTable.filled(parameters, things, RestClient::encoded);
      boolean isForm = !refusal.method().equals("GET") && !refusal.method().equals("DELETE");
      return client.send(
          refusal.method(),
          isForm || filled.isEmpty() ? path : path + "?" + filled,
          isForm ? filled : null,
          headers.toArray(String[]::new));
    }

    @Override
    public void close() {
      over.countDown();
      if (underWay != null) {
        underWay.join();
      }
    }

    private void prepare(String setup) {
      switch (setup) {
        // Who asks
        case "no credentials" -> client = client.with(null);
        case "credentials that are none" -> client = client.with("Basic QUM=");
        case "another name" -> client = RestClient.of(url(), "somebody", "x");
        case "another token" -> client = RestClient.of(url(), fixture.account, "x");
        case "test credentials" -> {
          WorldSettings settings = fixture.world().settings();
          things.put("AccountSid", settings.testAccount().value());
          client = RestClient.of(url(), settings.testAccount().value(), settings.testToken());
        }
        case "signed in by a key" -> {
          var key = made("/Keys.json").json();
          client = RestClient.of(url(), text(key, "sid"), text(key, "secret"));
        }
        case "from a page of elsewhere" -> headers.addAll(List.of("Origin", "http://evil.test"));
        case "with another method meant" ->
            headers.addAll(List.of("X-HTTP-Method-Override", "DELETE"));
        case "with webhooks" -> headers.addAll(List.of("X-Twilio-Webhook-Enabled", "true"));

        // What a webhook that is asked before does
        case "a pre-webhook that refuses" -> preWebhook(400, "", () -> {});
        case "a pre-webhook with a long name" ->
            preWebhook(200, "{\"friendly_name\": \"" + "x".repeat(257) + "\"}", () -> {});
        case "a pre-webhook with long attributes" ->
            preWebhook(
                200,
                "{\"attributes\": \"{\\\"a\\\": \\\"" + "x".repeat(16_384) + "\\\"}\"}",
                () -> {});
        case "a pre-webhook that closes the conversation" ->
            preWebhook(200, "", () -> done(conversation(), "State", "closed"));
        case "a pre-webhook that deletes the conversation" ->
            preWebhook(200, "", () -> isDone(fixture.client.delete(conversation())));
        case "a pre-webhook that resets the world" ->
            preWebhook(
                200, "", () -> fixture.client.with(null).send("POST", "/sim/v1/reset", null));

        // Limits
        case "two requests under way" -> requestsUnderWay();
        case "as many calls as may be" -> {
          for (int i = 0; i < 3; i++) {
            fixture.calls(CONVERSES);
          }
        }

        // The API of 2010
        case "call" -> call(CONVERSES);
        case "call queued" ->
            put(
                "CallSid",
                made(
                    "/Calls.json",
                    "To",
                    WorldFixture.CUSTOMER,
                    "From",
                    WorldFixture.NUMBER,
                    "Url",
                    fixture.app.url() + "/hello"));
        case "call over" -> call("<Response><Hangup/></Response>");
        case "dialled leg" -> {
          call("<Response><Dial><Client>bob</Client></Dial></Response>");
          String parent = thing("CallSid");
          things.put(
              "CallSid",
              fixture
                  .client
                  .get(fixture.account("/Calls.json?ParentCallSid=" + parent))
                  .json()
                  .path("calls")
                  .path(0)
                  .path("sid")
                  .asString());
        }
        case "recording" -> {
          prepare("call");
          put("RecordingSid", made("/Calls/" + thing("CallSid") + "/Recordings.json"));
        }
        case "recording over" -> {
          prepare("recording");
          fixture.later(5);
          done(ofRecording(), "Status", "stopped");
          fixture.later(60);
        }
        case "recording of another call" -> {
          prepare("recording");
          prepare("call");
        }
        case "number" ->
            put(
                "PhoneNumberSid",
                made("/IncomingPhoneNumbers.json", "PhoneNumber", "+15005550111"));
        case "application" ->
            put("ApplicationSid", made("/Applications.json", "VoiceUrl", "http://app.test/"));
        case "application without URLs" -> put("ApplicationSid", made("/Applications.json"));
        case "key" -> put("KeySid", made("/Keys.json"));
        case "text message" ->
            put(
                "TextSid",
                made(
                    "/Messages.json",
                    "To",
                    WorldFixture.CUSTOMER,
                    "From",
                    WorldFixture.NUMBER,
                    "Body",
                    "Hi"));
        case "queue" -> put("QueueSid", made("/Queues.json", "FriendlyName", "empty"));
        case "queue with a call" -> {
          call("<Response><Enqueue waitUrl=''>full</Enqueue></Response>");
          things.put("QueueSid", first("/Queues.json", "queues"));
        }
        case "conference" -> {
          call("<Response><Dial><Conference>room</Conference></Dial></Response>");
          things.put("ConferenceSid", first("/Conferences.json", "conferences"));
        }

        // Conversations
        case "service" -> put("OtherServiceSid", made("Services", "FriendlyName", "other"));
        case "conversation" -> put("ConversationSid", made("Conversations", "UniqueName", "known"));
        case "other conversation" -> made("Conversations", "UniqueName", "other");
        case "conversation closed" -> {
          prepare("conversation");
          done(conversation(), "State", "closed");
        }
        case "closed" -> done(conversation(), "State", "closed");
        case "participant" -> put("ParticipantSid", made(below("Participants"), "Identity", "bob"));
        case "other participant" -> made(below("Participants"), "Identity", "ann");
        case "customer" ->
            put(
                "ParticipantSid",
                made(
                    below("Participants"),
                    "MessagingBinding.Address",
                    WorldFixture.CUSTOMER,
                    "MessagingBinding.ProxyAddress",
                    WorldFixture.NUMBER));
        case "fifty customers" -> {
          for (int i = 0; i < 50; i++) {
            made(
                below("Participants"),
                "MessagingBinding.Address",
                "+155586754" + (10 + i),
                "MessagingBinding.ProxyAddress",
                WorldFixture.NUMBER);
          }
        }
        case "message" -> put("MessageSid", made(below("Messages"), "Body", "Hi"));
        case "webhook" -> webhook();
        case "five webhooks" -> {
          for (int i = 0; i < 5; i++) {
            webhook();
          }
        }
        case "user" -> put("UserSid", made("Users", "Identity", "carol"));
        case "role" ->
            put(
                "RoleSid",
                made(
                    "Roles",
                    "FriendlyName",
                    "r",
                    "Type",
                    "conversation",
                    "Permission",
                    "sendMessage"));
        case "default roles" -> {
          var roles =
              fixture
                  .client
                  .get(
                      fixture.conversations("/Services/" + WorldFixture.SERVICE + "/Configuration"))
                  .json();
          things.put("CreatorRoleSid", text(roles, "default_conversation_creator_role_sid"));
          things.put("ParticipantRoleSid", text(roles, "default_conversation_role_sid"));
          things.put("UserRoleSid", text(roles, "default_chat_service_role_sid"));
        }
        case "address" ->
            put(
                "AddressSid",
                made("Configuration/Addresses", "Type", "sms", "Address", "+15005550112"));
        default -> throw new AssertionError("no setup is named '" + setup + "'");
      }
    }

    private String url() {
      return fixture.server.url();
    }

    private String thing(String name) {
      String thing = things.get(name);
      if (thing == null) {
        throw new AssertionError("no " + name + " yet");
      }
      return thing;
    }

    private static String text(tools.jackson.databind.JsonNode json, String name) {
      return json.path(name).asString();
    }

    private void put(String name, RestClient.Answer made) {
      things.put(name, text(made.json(), "sid"));
    }

    /**
     * @param path of the API of 2010 when it begins with a slash
     */
    private RestClient.Answer made(String path, String... form) {
      RestClient.Answer answer =
          fixture.client.post(
              path.startsWith("/") ? fixture.account(path) : fixture.conversations("/" + path),
              form);
      return isDone(answer);
    }

    private void done(String path, String... form) {
      isDone(fixture.client.post(path, form));
    }

    private static RestClient.Answer isDone(RestClient.Answer answer) {
      if (answer.status() / 100 != 2) {
        throw new AssertionError("setup: " + answer.status() + " " + answer.body());
      }
      return answer;
    }

    private void call(String document) {
      things.put("CallSid", fixture.calls(document));
    }

    private String first(String path, String key) {
      return text(fixture.client.get(fixture.account(path)).json().path(key).path(0), "sid");
    }

    private String ofRecording() {
      return fixture.account(
          "/Calls/%s/Recordings/%s.json".formatted(thing("CallSid"), thing("RecordingSid")));
    }

    private String conversation() {
      return fixture.conversations("/Conversations/" + thing("ConversationSid"));
    }

    private String below(String name) {
      return "Conversations/" + thing("ConversationSid") + "/" + name;
    }

    private void webhook() {
      put(
          "WebhookSid",
          made(
              below("Webhooks"), "Target", "webhook", "Configuration.Url", "http://app.test/hook"));
    }

    private void preWebhook(int status, String body, Runnable meanwhile) {
      fixture.app.at(
          "/pre",
          request -> {
            try {
              meanwhile.run();
            } catch (AssertionError e) {
              return new MockResponse.Builder().code(500).body(e.toString()).build();
            }
            return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
          });
      List<String> form = new ArrayList<>(List.of("PreWebhookUrl", fixture.app.url() + "/pre"));
      for (String event :
          List.of(
              "onConversationAdd",
              "onConversationUpdate",
              "onParticipantAdd",
              "onParticipantUpdate",
              "onMessageAdd",
              "onMessageUpdate")) {
        form.addAll(List.of("Filters", event));
      }
      made("Configuration/Webhooks", form.toArray(String[]::new));
      prepare("with webhooks");
    }

    /** Two that wait for a webhook until the scene is over. */
    private void requestsUnderWay() {
      preWebhook(200, "", () -> await(over));
      underWay = CompletableFuture.allOf(conversationWithWebhooks(), conversationWithWebhooks());
      Awaitility.await().until(() -> asMany().equals("3"));
    }

    /** How many requests there are at once, with the one that asks. */
    private String asMany() {
      return fixture
          .client
          .get(fixture.conversations("/Conversations"))
          .header("Twilio-Concurrent-Requests");
    }

    private CompletableFuture<RestClient.Answer> conversationWithWebhooks() {
      return CompletableFuture.supplyAsync(() ->
          fixture.client.send(
              "POST",
              fixture.conversations("/Conversations"),
              "",
              "X-Twilio-Webhook-Enabled",
              "true"));
    }

    private static void await(CountDownLatch latch) {
      try {
        if (!latch.await(10, TimeUnit.SECONDS)) {
          throw new AssertionError("it did not come");
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
