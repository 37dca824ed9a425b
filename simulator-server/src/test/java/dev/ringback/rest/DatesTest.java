package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as apps and libraries write them, in filters and parameters. */
@Timeout(60)
class DatesTest {
  private RestFixture fixture;

  @SuppressWarnings("NullAway.Init")
  DatesTest() {}

  @BeforeEach
  void start() throws Exception {
    fixture = new RestFixture("");
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static final List<String> FILTERS =
      List.of(
          "{ac}/Calls.json?StartTime",
          "{ac}/Calls.json?StartTime%3C",
          "{ac}/Calls.json?EndTime%3E",
          "{ac}/Conferences.json?DateCreated",
          "{ac}/Conferences.json?DateUpdated%3E",
          "{ac}/Messages.json?DateSent",
          "{ac}/Recordings.json?DateCreated",
          "{ac}/Notifications.json?MessageDate",
          "/conversations/v1/Conversations?StartDate",
          "/conversations/v1/Conversations?EndDate",
          "/monitor/v1/Alerts?StartDate",
          "/monitor/v1/Alerts?EndDate");

  private RestClient.Answer list(String filter, String value) {
    return fixture.client.get(
        filter.replace("{ac}", fixture.account("")) + "=" + RestClient.encoded(value));
  }

  /** Nothing is there to be filtered, and garbage is garbage. */
  @Test
  void whatIsNoTimeIsRefusedInEmptyLists() {
    for (String filter : FILTERS) {
      for (String value :
          List.of(
              "garbage", "2026-13-01", "2026-01-01T25:00:00Z", "01/02/2026", "tomorrow-or-so")) {
        RestClient.Answer answer = list(filter, value);
        assertEquals(
            List.of(400, 20001), List.of(answer.status(), answer.code()), filter + "=" + value);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-02",
        "2026-01-01T01:02:03",
        "2026-01-01T01:02:03Z",
        "2026-01-01T01:02:03.456Z",
        "2026-01-01T02:02:03+01:00"
      })
  @Fact({"alerts.date-filters", "paging.date-filters"})
  void everyFilterTakes(String value) {
    for (String filter : FILTERS) {
      RestClient.Answer answer = list(filter, value);
      assertEquals(200, answer.status(), filter + "=" + value + ": " + answer.body());
    }
  }

  /** The world began at 09:00 UTC, and the call with it. */
  @ParameterizedTest
  @CsvSource({
    "StartTime=2026-01-01T09:00:00, 1",
    "StartTime=2026-01-01T09:00:01, 0",
    "StartTime=2026-01-01T10:00:00+01:00, 1",
    "StartTime%3C=2026-01-01T08:59:59, 0",
    "StartTime%3C=2026-01-01T09:00:00, 1",
    "StartTime%3E=2026-01-01T09:00:00, 1",
    "StartTime%3E=2026-01-01T09:00:01, 0",
  })
  @Fact({"paging.date-filters", "paging.inequalities-are-in-the-name"})
  void withoutAZoneItIsUtc(String query, int found) {
    fixture.calls("<Response><Hangup/></Response>");
    String path = fixture.account("/Calls.json?" + query.replace("+", "%2B"));
    assertEquals(found, fixture.client.get(path).json().path("calls").size());
  }

  @ParameterizedTest
  @CsvSource({
    "StartDate=2026-01-01, 1",
    "StartDate=2026-01-02, 0",
    "StartDate=2026-01-01T09:00:00, 1",
    "EndDate=2026-01-01, 1",
    "EndDate=2025-12-31, 0",
    "EndDate=2026-01-01T08:59:59, 0",
  })
  @Fact("alerts.date-filters")
  void alertsOfADay(String query, int found) {
    fixture.calls("<Response><Nonsense/></Response>");
    assertEquals(
        found, fixture.client.get("/monitor/v1/Alerts?" + query).json().path("alerts").size());
  }

  /** Both were made when the world began, one of them says otherwise. */
  @ParameterizedTest
  @CsvSource({
    "StartDate=2026-01-01, new",
    "StartDate=2026-01-02, ",
    "StartDate=2025-06-01, new old",
    "StartDate=2026-01-01T09:00:00Z, new",
    "StartDate=2026-01-01T09:00:01Z, ",
    "EndDate=2025-12-31, old",
    "EndDate=2026-01-01, new old",
    "EndDate=2026-01-01T08:59:59Z, old",
    "EndDate=2025-05-31, ",
    "StartDate=2025-06-01&EndDate=2025-06-30, old",
  })
  @Fact("conversations.list-by-dates")
  void conversationsOfADay(String query, @Nullable String found) {
    String conversations = fixture.conversations("/Conversations");
    fixture.client.post(conversations, "FriendlyName", "old", "DateCreated", "2025-06-01");
    fixture.client.post(conversations, "FriendlyName", "new");
    List<String> names = new ArrayList<>();
    fixture
        .client
        .get(conversations + "?" + query)
        .json()
        .path("conversations")
        .forEach(c -> names.add(c.path("friendly_name").asString()));
    assertEquals(found == null ? "" : found, String.join(" ", names));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-06-01T01:02:03, 2025-06-01T01:02:03Z",
    "2025-06-01, 2025-06-01T00:00:00Z",
    "2025-06-01T01:02:03-02:00, 2025-06-01T03:02:03Z",
  })
  @Fact({"conversations.dates", "conversations.parameters", "participants.update-reads"})
  void datesOfParameters(String given, String shown) {
    String conversations = fixture.conversations("/Conversations");
    var made = fixture.client.post(conversations, "DateCreated", given).json();
    assertEquals(shown, made.path("date_created").asString());
    String participants = conversations + "/" + made.path("sid").asString() + "/Participants";
    String worker =
        fixture
            .client
            .post(participants, "Identity", WorldFixture.WORKER)
            .json()
            .path("sid")
            .asString();
    var read =
        fixture.client.post(
            participants + "/" + worker, "LastReadMessageIndex", "0", "LastReadTimestamp", given);
    assertEquals(shown, read.json().path("last_read_timestamp").asString(), read.body());
  }

  @Test
  @Fact("participants.update-reads")
  void whoReadsOnDoesSoNow() {
    String conversations = fixture.conversations("/Conversations");
    String participants =
        conversations
            + "/"
            + fixture.client.post(conversations).json().path("sid").asString()
            + "/Participants";
    String worker =
        fixture
            .client
            .post(participants, "Identity", WorldFixture.WORKER)
            .json()
            .path("sid")
            .asString();
    var unread = fixture.client.get(participants + "/" + worker).json();
    assertEquals(true, unread.path("last_read_timestamp").isNull());
    fixture.later(5);
    var read = fixture.client.post(participants + "/" + worker, "LastReadMessageIndex", "0").json();
    assertEquals("2026-01-01T09:00:05Z", read.path("last_read_timestamp").asString());
    RestClient.Answer wrong =
        fixture.client.post(participants + "/" + worker, "LastReadTimestamp", "yesterday");
    assertEquals(List.of(400, 20001), List.of(wrong.status(), wrong.code()), wrong.body());
  }
}
