package dev.ringback.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ringback.json.JournalJson;
import dev.ringback.schema.ConfigSchema;
import dev.ringback.yaml.Yaml;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What a file says is what is shown. */
class ConfigViewTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  /** Every key, each with a value that is not the default. */
  private static final String ALL =
      """
      account: {sid: AC00000000000000000000000000000001, authToken: 0123456789abcdef0123456789abcdef, callerIds: ["+15550000001"], apiKeys: [{sid: SK00000000000000000000000000000001, secret: hush}]}
      seed: 7
      server: {host: 0.0.0.0, port: 4711, publicUrl: "https://twilio.example", allowedHosts: [ringback.lan], otherHosts: pass, maxLiveCalls: 5, voices: tones}
      state: {downtime: stands still, snapshotEvery: 500}
      egress: {only: listed, allow: [a.example]}
      rest: {callsPerSecond: 3, maxConcurrentRequests: 50}
      clock: {mode: real, speed: 2.5, start: "2026-03-04T05:06:07Z", settle: 2s, patience: 9s}
      map: {"https://app.example": "http://localhost:3000"}
      numbers:
        - {number: "+15017122661", voiceUrl: "http://localhost:3000/v", voiceMethod: GET, voiceFallbackUrl: "http://localhost:3000/f", voiceFallbackMethod: GET, statusCallback: "http://localhost:3000/s", statusCallbackMethod: GET}
      frontline:
        service: IS00000000000000000000000000000001
        routing: {mode: custom, pool: [bob@example.com], url: "http://localhost:3000/route"}
        outgoing: {url: "http://localhost:3000/o", method: GET, fallbackUrl: "http://localhost:3000/of", fallbackMethod: GET, statusCallback: "http://localhost:3000/os", statusCallbackMethod: GET}
        webhooks: {pre: "http://localhost:3000/pre", post: "http://localhost:3000/post", method: GET, filters: [onConversationAdd]}
        integration: {crm: "http://localhost:3000/crm", outgoingConversation: "http://localhost:3000/oc", templates: "http://localhost:3000/t"}
      workers: [{identity: bob@example.com, available: false, cast: {answers: {after: 4s, talks: 30s, silent: true}}}]
      customers: [{number: "+15558675310", cast: busy}]
      conversations: [{sid: CH00000000000000000000000000000001, service: IS00000000000000000000000000000001, customer: "+15558675310", number: "+15017122661", worker: bob@example.com, state: closed}]
      debugger: {webhook: "http://localhost:3000/debugger"}
      behaviour:
        connectActionDefault: current-document
        wrongAttribute: refuse
        redirectAsksAction: false
        conversationWithoutWorker: internal-error
        callerGoneUndialled: no-other-participants
        countUnsubscribedEvents: true
        outboundTimeout: 33s
        declinedAfterUrl: failed
        failedUrl: busy
        callerGone: failed
        relativeRecordingStatusCallback: refuse
        recordingSource: DialVerb
        recordingProcessing: 7s
        signedGetParameters: bare
      faults: [{fault: slow, by: 2s, request: session-status, form: {Status: call-initiated}, probability: 0.5, times: 3}]
      """;

  private static void leaves(String key, JsonNode node, Map<String, String> found) {
    if (node.isObject()) {
      node.properties()
          .forEach(member ->
              leaves(
                  key.isEmpty() ? member.getKey() : key + "." + member.getKey(),
                  member.getValue(),
                  found));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        leaves(key + "[" + i + "]", node.get(i), found);
      }
    } else {
      found.put(key, node.asString());
    }
  }

  private static Map<String, String> leaves(JsonNode node) {
    Map<String, String> found = new TreeMap<>();
    leaves("", node, found);
    return found;
  }

  private static Map<String, String> shown(String yaml) throws Exception {
    ConfigFile config = ConfigFile.read(Yaml.parse("ringback.yaml", yaml));
    Map<String, String> all = new TreeMap<>();
    for (Map<String, Object> view :
        List.of(ConfigView.ofServer(config), ConfigView.ofWorld(config.world.settings()))) {
      all.putAll(leaves(JournalJson.mapper().valueToTree(view)));
    }
    return all;
  }

  @Test
  void everyValueIsShownAsItWasWritten() throws Exception {
    Map<String, String> written = leaves(new YAMLMapper().readTree(ALL));
    Set<String> secrets =
        new LinkedHashSet<>(List.of("account.authToken", "account.apiKeys[0].secret"));
    written.keySet().removeAll(secrets);
    assertEquals(written, shown(ALL));
    assertFalse(shown(ALL).containsValue(SECRET));
  }

  @Test
  void noPasswordOfAUrlIsShown() throws Exception {
    String all = ALL.replace("http://localhost:3000", "http://bob:hunter2@localhost:3000");
    assertFalse(shown(all).toString().contains("hunter2"), shown(all)::toString);
  }

  /** So that a new key is not forgotten: those of the schema are those of the file above. */
  @Test
  void everyKeyIsTried() throws Exception {
    Set<String> tried =
        leaves(new YAMLMapper().readTree(ALL)).keySet().stream()
            .map(key -> key.replaceAll("\\[\\d+]", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> known = new TreeSet<>();
    JsonNode schema = JournalJson.mapper().valueToTree(ConfigSchema.schema());
    keys("", schema, schema.path("$defs"), known);
    known.removeIf(key ->
        tried.contains(key) || tried.stream().anyMatch(other -> other.startsWith(key + ".")));
    // A cast and a fault have several forms.
    known.removeIf(key -> key.contains(".cast.") || key.startsWith("faults."));
    assertEquals(Set.of(), known);
  }

  private static void keys(String at, JsonNode schema, JsonNode definitions, Set<String> found) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asString().replaceFirst("^#/\\$defs/", "");
      keys(at, definitions.path(name), definitions, found);
      return;
    }
    Map<String, JsonNode> members = new LinkedHashMap<>();
    schema
        .path("properties")
        .properties()
        .forEach(one -> members.put(one.getKey(), one.getValue()));
    if (members.isEmpty() && !at.isEmpty() && !schema.has("items")) {
      found.add(at);
    }
    members.forEach(
        (name, member) -> keys(at.isEmpty() ? name : at + "." + name, member, definitions, found));
    if (schema.has("items")) {
      keys(at, schema.path("items"), definitions, found);
    }
    for (JsonNode one : schema.path("allOf")) {
      keys(at, one, definitions, found);
    }
  }
}
