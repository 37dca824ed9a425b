package dev.ringback.rest.v2010;

import dev.ringback.account.PhoneNumber;
import dev.ringback.call.ApiCallOptions;
import dev.ringback.call.Call;
import dev.ringback.engine.Account;
import dev.ringback.engine.Account.LegOfCall;
import dev.ringback.id.Sid;
import dev.ringback.rest.Fields;
import dev.ringback.rest.RestRequest;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Direction;
import dev.ringback.voice.Leg;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call, or a leg of one, as the API shows it. */
final class CallFields {
  private static final List<List<String>> BELOW =
      List.of(
          List.of("notifications", "Notifications"),
          List.of("recordings", "Recordings"),
          List.of("payments", "Payments"),
          List.of("events", "Events"),
          List.of("siprec", "Siprec"),
          List.of("streams", "Streams"),
          List.of("transcriptions", "Transcriptions"),
          List.of("user_defined_message_subscriptions", "UserDefinedMessageSubscriptions"),
          List.of("user_defined_messages", "UserDefinedMessages"));

  private CallFields() {}

  /** Whose number of the account's it is. */
  static String ours(Leg leg) {
    return leg.direction() == Direction.INBOUND ? leg.to() : leg.from();
  }

  static Fields of(RestRequest request, LegOfCall leg, Account account) {
    return of(
        request,
        leg.leg(),
        leg.call(),
        account.inventory().number(ours(leg.leg())).map(PhoneNumber::sid).orElse(null));
  }

  /** The API has no word for a call that has left the queue and does not ring yet. */
  static CallStatus shown(Leg leg) {
    return leg.status() == CallStatus.INITIATED ? CallStatus.QUEUED : leg.status();
  }

  /** For an inbound call its beginning, otherwise the answer, or the end without one. */
  static @Nullable Instant start(Leg leg) {
    if (leg.direction() == Direction.INBOUND) {
      return leg.startedAt();
    }
    return leg.answeredAt() != null ? leg.answeredAt() : leg.endedAt();
  }

  static Fields of(RestRequest request, Leg leg, @Nullable Call call, @Nullable Sid number) {
    ApiCallOptions options = call == null ? null : call.facts().options();
    boolean detected =
        options != null && options.detection() != null && leg.parent() == null && leg.answered();
    String path = "/Calls/" + leg.sid();
    Fields below = new Fields();
    BELOW.forEach(each -> below.put(each.getFirst(), request.uri(path + "/" + each.getLast())));
    Instant updated =
        leg.endedAt() != null
            ? leg.endedAt()
            : Objects.requireNonNullElse(leg.answeredAt(), leg.startedAt());
    return new Fields()
        .put("account_sid", request.account())
        .put("annotation", null)
        .put("answered_by", detected ? "human" : null)
        .put("api_version", Version2010.NAME)
        .put("caller_name", null)
        .rfc2822("date_created", leg.startedAt())
        .rfc2822("date_updated", updated)
        .put("direction", leg.direction())
        .put("duration", leg.ended() ? Long.toString(leg.answered() ? leg.seconds() : 0) : null)
        .rfc2822("end_time", leg.endedAt())
        .put("forwarded_from", null)
        .put("from", leg.from())
        .put("from_formatted", Numbers.formatted(leg.from()))
        .put("group_sid", null)
        .put("parent_call_sid", leg.parent())
        .put("phone_number_sid", number)
        .put("price", null)
        .put("price_unit", "USD")
        .put("queue_time", "0")
        .put("sid", leg.sid())
        .rfc2822("start_time", start(leg))
        .put("status", shown(leg))
        .put("subresource_uris", below)
        .put("to", leg.to())
        .put("to_formatted", Numbers.formatted(leg.to()))
        .put("trunk_sid", null)
        .put("uri", request.uri(path));
  }
}
