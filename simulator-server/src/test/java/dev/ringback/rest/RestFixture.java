package dev.ringback.rest;

import dev.ringback.cast.Script;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import dev.ringback.yaml.Yaml;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A server with something of each resource in it, and an app. */
final class RestFixture implements AutoCloseable {
  final WebApp app = new WebApp();
  final RingbackServer server;
  final RestClient client;
  final String account;

  RestFixture(String more) throws Exception {
    this("", more);
  }

  /**
   * @param ofServer more keys of the section {@code server}, each after a comma
   */
  RestFixture(String ofServer, String more) throws Exception {
    String yaml =
        """
        server: {port: 0, voices: tones%s}
        clock: {mode: stepped}
        frontline: {service: %s, outgoing: {url: "%s/outgoing"}}
        numbers: [{number: "%s", voiceUrl: "%s/voice"}]
        %s
        """
            .formatted(
                ofServer, WorldFixture.SERVICE, app.url(), WorldFixture.NUMBER, app.url(), more);
    server =
        RingbackServer.start(
            ConfigFile.read(Yaml.parse("ringback.yaml", yaml)),
            seed -> {
              WorldDraft draft = new WorldDraft();
              draft.seed = seed;
              return draft;
            });
    client = RestClient.of(server.url(), world());
    account = world().settings().account().value();
  }

  World world() {
    return server.world();
  }

  void later(int seconds) {
    world().advance(Duration.ofSeconds(seconds)).join();
  }

  String calls(String document) {
    app.at("/voice", document);
    Placed placed =
        world()
            .place(
                new Placement.ByCustomer(
                    WorldFixture.CUSTOMER, WorldFixture.NUMBER, Script.NO_DIRECTIONS))
            .join();
    later(2);
    return ((Placed.Ringing) placed).call().value();
  }

  String account(String below) {
    return "/2010-04-01/Accounts/" + account + below;
  }

  String conversations(String below) {
    return "/conversations/v1" + below;
  }

  /** Something of each resource, by the names that the routes have for it. */
  Map<String, String> things() {
    Map<String, String> things = new LinkedHashMap<>();
    String call = calls("<Response><Say>Hi</Say><Pause length='3000'/></Response>");
    calls("<Response><Enqueue waitUrl=''>q</Enqueue></Response>");
    String inRoom = calls("<Response><Dial><Conference>room</Conference></Dial></Response>");
    things.put("account", account);
    things.put("Calls", call);
    things.put("InRoom", inRoom);
    things.put("Recordings", sid(client.post(account("/Calls/" + call + "/Recordings.json"))));
    things.put(
        "IncomingPhoneNumbers",
        sid(client.post(account("/IncomingPhoneNumbers.json"), "PhoneNumber", "+15005550111")));
    things.put("Applications", sid(client.post(account("/Applications.json"))));
    things.put("Queues", first(account("/Queues.json"), "queues", "sid"));
    things.put("Conferences", first(account("/Conferences.json"), "conferences", "sid"));
    things.put(
        "Messages",
        sid(
            client.post(
                account("/Messages.json"),
                "To",
                WorldFixture.CUSTOMER,
                "From",
                WorldFixture.NUMBER,
                "Body",
                "Hi")));
    things.put("Keys", sid(client.post(account("/Keys.json"))));
    things.put("service", WorldFixture.SERVICE.value());
    String conversation = sid(client.post(conversations("/Conversations")));
    String below = "/Conversations/" + conversation;
    things.put("conversation", conversation);
    things.put(
        "participant", sid(client.post(conversations(below + "/Participants"), "Identity", "bob")));
    things.put("message", sid(client.post(conversations(below + "/Messages"), "Body", "Hi")));
    things.put(
        "webhook",
        sid(
            client.post(
                conversations(below + "/Webhooks"),
                "Target",
                "webhook",
                "Configuration.Url",
                "http://a.test/")));
    things.put("user", "bob");
    things.put(
        "role",
        sid(
            client.post(
                conversations("/Roles"),
                "FriendlyName",
                "r",
                "Type",
                "service",
                "Permission",
                "addParticipant")));
    things.put(
        "address",
        sid(
            client.post(
                conversations("/Configuration/Addresses"),
                "Type",
                "sms",
                "Address",
                WorldFixture.NUMBER)));
    return things;
  }

  private static String sid(RestClient.Answer answer) {
    if (answer.status() != 201) {
      throw new AssertionError(answer.status() + " " + answer.body());
    }
    return answer.json().path("sid").asString();
  }

  private String first(String path, String key, String field) {
    return client.get(path).json().path(key).path(0).path(field).asString();
  }

  @Override
  public void close() {
    server.close();
    app.close();
  }
}
