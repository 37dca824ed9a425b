package dev.ringback.rest.v2010;

import dev.ringback.account.ApiError;
import dev.ringback.engine.Account;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.meeting.ConferenceView;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import dev.ringback.rest.TimeFilter;
import java.util.List;
import java.util.Optional;

/** Conferences that documents made (docs/voice/api/conference-resource, -participant-resource). */
final class ConferenceResource {
  private ConferenceResource() {}

  static void add(Routes routes) {
    routes
        .get("/Conferences", ConferenceResource::list)
        .get(
            "/Conferences/{sid}",
            r -> Answer.found("Conference", fields(r, r.ask(a -> find(r, a)))))
        .post("/Conferences/{sid}", ConferenceResource::update)
        .get("/Conferences/{sid}/Participants", ConferenceResource::participants)
        .post(
            "/Conferences/{sid}/Participants",
            r -> {
              throw notEmulated("Participants are not called by the API");
            })
        .get(
            "/Conferences/{sid}/Participants/{call}",
            r -> {
              ConferenceView conference = r.ask(a -> find(r, a));
              return Answer.found("Participant", fields(r, conference, member(r, conference)));
            })
        .post(
            "/Conferences/{sid}/Participants/{call}",
            r -> {
              throw notEmulated("Participants are not muted, held or changed");
            })
        .delete("/Conferences/{sid}/Participants/{call}", ConferenceResource::kick);
  }

  private static ApiError notEmulated(String what) {
    return ApiError.badRequest(20001, what + ": Ringback does not emulate that");
  }

  private static ConferenceView find(RestRequest request, Account account) {
    Sid sid = request.sid("sid", SidKind.CONFERENCE);
    return account.conferences().stream()
        .filter(c -> c.sid().equals(sid))
        .findFirst()
        .orElseThrow(request::notFound);
  }

  private static ConferenceView.Member member(RestRequest request, ConferenceView conference) {
    String name = request.name("call");
    return conference.members().stream()
        .filter(m -> m.call().value().equals(name) || name.equals(m.noun().participantLabel()))
        .findFirst()
        .orElseThrow(request::notFound);
  }

  private static Answer list(RestRequest request) {
    Params params = request.params();
    Optional<String> name = params.text("FriendlyName");
    Optional<ConferenceView.Status> status =
        params.named("Status", ConferenceView.Status.class, 20001);
    TimeFilter byCreated = params.times("DateCreated");
    TimeFilter byUpdated = params.times("DateUpdated");
    List<ConferenceView> shown =
        request.ask(Account::conferences).reversed().stream()
            .filter(c -> name.filter(n -> !n.equals(c.name())).isEmpty())
            .filter(c -> status.filter(s -> s != c.status()).isEmpty())
            .filter(c -> byCreated.takes(c.created()))
            .filter(c -> byUpdated.takes(c.updated()))
            .toList();
    return request.listing(
        shown,
        c -> c.sid().value(),
        Version2010.MOST_PER_PAGE,
        "conferences",
        "Conference",
        "Conferences",
        c -> fields(request, c));
  }

  private static Answer update(RestRequest request) {
    Params params = request.params();
    Optional<String> status = params.choice("Status", List.of("completed"), 20001);
    for (String name : List.of("AnnounceUrl", "AnnounceMethod")) {
      if (params.has(name)) {
        throw notEmulated(name + ": conferences hear no announcements");
      }
    }
    ConferenceView changed =
        request.change(account -> {
          ConferenceView before = find(request, account);
          if (status.isPresent() && before.status() != ConferenceView.Status.COMPLETED) {
            account.endConference(before.sid());
          }
          return find(request, account);
        });
    return Answer.found("Conference", fields(request, changed));
  }

  private static Fields fields(RestRequest request, ConferenceView conference) {
    String path = "/Conferences/" + conference.sid();
    return new Fields()
        .put("account_sid", request.account())
        .put("api_version", Version2010.NAME)
        .rfc2822("date_created", conference.created())
        .rfc2822("date_updated", conference.updated())
        .put("friendly_name", conference.name())
        .put("sid", conference.sid())
        .put("region", "us1")
        .put("status", conference.status())
        .put(
            "subresource_uris",
            new Fields()
                .put("participants", request.uri(path + "/Participants"))
                .put("recordings", request.uri(path + "/Recordings")))
        .put("uri", request.uri(path))
        .put("reason_conference_ended", conference.reason())
        .put("call_sid_ending_conference", conference.endedBy());
  }

  // Participants

  private static Answer participants(RestRequest request) {
    Params params = request.params();
    Optional<Boolean> muted = params.flag("Muted");
    Optional<Boolean> held = params.flag("Hold");
    Optional<Boolean> coaching = params.flag("Coaching");
    ConferenceView conference = request.ask(account -> find(request, account));
    return request.listing(
        conference.members().reversed().stream()
            .filter(m -> muted.filter(f -> f != m.noun().muted()).isEmpty())
            .filter(m -> held.filter(f -> f).isEmpty() && coaching.filter(f -> f).isEmpty())
            .toList(),
        m -> m.call().value(),
        Version2010.MOST_PER_PAGE,
        "participants",
        "Participant",
        "Participants",
        m -> fields(request, conference, m));
  }

  private static Answer kick(RestRequest request) {
    return request.change(account -> {
      ConferenceView conference = find(request, account);
      account.kick(conference.sid(), member(request, conference).call());
      return Answer.gone();
    });
  }

  private static Fields fields(
      RestRequest request, ConferenceView conference, ConferenceView.Member member) {
    return new Fields()
        .put("account_sid", request.account())
        .put("call_sid", member.call())
        .put("label", member.noun().participantLabel())
        .put("conference_sid", conference.sid())
        .rfc2822("date_created", member.since())
        .rfc2822("date_updated", member.since())
        .put("end_conference_on_exit", member.noun().endConferenceOnExit())
        .put("muted", member.noun().muted())
        .put("hold", false)
        .put("status", "connected")
        .put("start_conference_on_enter", member.noun().startConferenceOnEnter())
        .put("coaching", false)
        .put("call_sid_to_coach", null)
        .put("queue_time", null)
        .put(
            "uri",
            request.uri("/Conferences/" + conference.sid() + "/Participants/" + member.call()));
  }
}
