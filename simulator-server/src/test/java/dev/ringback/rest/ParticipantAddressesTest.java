package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which numbers of a participant can be changed, and what a service has before it is told. */
@Timeout(60)
class ParticipantAddressesTest {
  private static final String OTHER = "+15005550111";
  private static final String ADDRESS = "MessagingBinding.Address";
  private static final String PROXY = "MessagingBinding.ProxyAddress";
  private static final String PROJECTED = "MessagingBinding.ProjectedAddress";

  private RestFixture fixture;
  private String participants;

  @SuppressWarnings("NullAway.Init")
  ParticipantAddressesTest() {}

  @BeforeEach
  void start() throws Exception {
    fixture = new RestFixture("");
    fixture.client.post(fixture.account("/IncomingPhoneNumbers.json"), "PhoneNumber", OTHER);
    String conversations = fixture.conversations("/Conversations");
    participants =
        conversations
            + "/"
            + fixture.client.post(conversations).json().path("sid").asString()
            + "/Participants";
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private String made(String... form) {
    RestClient.Answer answer = fixture.client.post(participants, form);
    assertEquals(201, answer.status(), answer.body());
    return participants + "/" + answer.json().path("sid").asString();
  }

  private void refused(int code, RestClient.Answer answer) {
    assertEquals(List.of(400, code), List.of(answer.status(), answer.code()), answer.body());
  }

  @Test
  @Fact({
    "conversation-errors.50441",
    "conversations.statuses",
    "participants.address-stays",
    "participants.binding-of-sms",
    "participants.binding-type-lower-case"
  })
  void theProxyAddressStays() {
    String customer = made(ADDRESS, WorldFixture.CUSTOMER, PROXY, WorldFixture.NUMBER);
    refused(50441, fixture.client.post(customer, PROXY, OTHER));
    refused(50441, fixture.client.post(made("Identity", "bob"), PROXY, WorldFixture.NUMBER));
    assertEquals(200, fixture.client.post(customer, PROXY, WorldFixture.NUMBER).status());
    assertEquals(200, fixture.client.post(customer, ADDRESS, WorldFixture.STRANGER).status());
    var binding = fixture.client.get(customer).json().path("messaging_binding");
    assertEquals(WorldFixture.NUMBER, binding.path("proxy_address").asString());
    assertEquals(WorldFixture.CUSTOMER, binding.path("address").asString());
    assertEquals("sms", binding.path("type").asString());
    String whatsapp =
        made(ADDRESS, "whatsapp:" + WorldFixture.STRANGER, PROXY, "whatsapp:" + OTHER);
    var other = fixture.client.get(whatsapp).json().path("messaging_binding");
    assertEquals("whatsapp", other.path("type").asString());
  }

  @Test
  @Fact("participants.projected-address")
  void theProjectedAddressOfAWorkerChanges() {
    String worker = made("Identity", "bob", PROJECTED, WorldFixture.NUMBER);
    assertEquals(WorldFixture.NUMBER, projected(worker));
    assertEquals(200, fixture.client.post(worker, PROJECTED, OTHER).status());
    assertEquals(OTHER, projected(worker));
    assertEquals(200, fixture.client.post(worker, PROJECTED, "null").status());
    assertTrue(fixture.client.get(worker).json().path("messaging_binding").isNull());
    refused(50442, fixture.client.post(worker, PROJECTED, "null"));
  }

  private String projected(String participant) {
    return fixture
        .client
        .get(participant)
        .json()
        .path("messaging_binding")
        .path("projected_address")
        .asString();
  }

  @Test
  void projectedAddressesThatCannotBe() {
    refused(50443, fixture.client.post(participants, PROJECTED, WorldFixture.NUMBER));
    refused(50408, fixture.client.post(participants, "Identity", "bob", PROJECTED, "nonsense"));
    refused(50413, fixture.client.post(participants, "Identity", "bob", PROJECTED, "+15005550199"));
    String customer = made(ADDRESS, WorldFixture.CUSTOMER, PROXY, WorldFixture.NUMBER);
    refused(50443, fixture.client.post(customer, PROJECTED, OTHER));
  }

  @Test
  @Fact({"conversation-webhooks.service-fields", "conversation-webhooks.unset-is-null"})
  void aFreshServiceHasNoWebhooks() {
    String services = fixture.conversations("/Services");
    String service =
        services
            + "/"
            + fixture.client.post(services, "FriendlyName", "fresh").json().path("sid").asString();
    String path = service + "/Configuration/Webhooks";
    var fresh = fixture.client.get(path).json();
    for (String name : List.of("pre_webhook_url", "post_webhook_url", "filters", "method")) {
      assertTrue(fresh.path(name).isNull(), () -> name + " of " + fresh);
    }
    var deaf = fixture.client.post(path, "PostWebhookUrl", "http://a.test/post").json();
    assertTrue(deaf.path("filters").isNull(), deaf::toString);
    String journal = fixture.client.with(null).get("/sim/v1/journal").body();
    assertTrue(journal.contains("no Filters"), journal);
  }
}
