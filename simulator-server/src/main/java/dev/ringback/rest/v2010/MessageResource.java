package dev.ringback.rest.v2010;

import dev.ringback.account.Addresses;
import dev.ringback.account.ApiError;
import dev.ringback.account.TextMessage;
import dev.ringback.engine.Account;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Route.Audience;
import dev.ringback.rest.Routes;
import dev.ringback.rest.TimeFilter;
import dev.ringback.twiml.PhoneText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages (docs/messaging/api/message-resource): accepted, kept, shown; nothing is sent. */
final class MessageResource {
  private static final int LONGEST = 1_600;
  private static final int MOST_MEDIA = 10;

  private MessageResource() {}

  static void add(Routes routes) {
    routes.open(Audience.TEST).post("/Messages", MessageResource::create);
    routes
        .get("/Messages", MessageResource::list)
        .get("/Messages/{sid}", r -> Answer.found("Message", fields(r, r.ask(a -> find(r, a)))))
        .post("/Messages/{sid}", MessageResource::update)
        .delete(
            "/Messages/{sid}",
            r ->
                r.change(account -> {
                  account.inventory().removeMessage(find(r, account).sid());
                  return Answer.gone();
                }));
  }

  private static TextMessage find(RestRequest request, Account account) {
    return account
        .inventory()
        .message(request.sid("sid", SidKind.MESSAGE))
        .orElseThrow(request::notFound);
  }

  private static Answer create(RestRequest request) {
    Params params = request.params();
    Optional<String> from = params.text("From").map(MessageResource::address);
    Optional<String> service =
        params.sid("MessagingServiceSid", SidKind.MESSAGING_SERVICE, 21705).map(s -> s.value());
    if (from.isEmpty() && service.isEmpty()) {
      throw ApiError.badRequest(21603, "A 'From' phone number is required.");
    }
    String to = address(params.required("To", 21604, "A 'To' phone number is required."));
    List<String> media = params.all("MediaUrl");
    Optional<String> body = params.given("Body");
    if (body.isEmpty() && media.isEmpty()) {
      throw ApiError.badRequest(21602, "Message body is required.");
    }
    if (body.filter(b -> !b.isEmpty()).isEmpty() && media.isEmpty()) {
      throw ApiError.badRequest(21619, "A text message body or media urls must be specified.");
    }
    if (body.orElse("").length() > LONGEST) {
      throw ApiError.badRequest(
          21617, "The concatenated message body exceeds the 1600 character limit.");
    }
    params.url("StatusCallback", 21609);
    params.ignore("StatusCallback"); // nothing becomes of a message, so nobody is told
    if (media.size() > MOST_MEDIA) {
      throw ApiError.badRequest(21623, "Number of media files exceeds allowed limit");
    }
    if (request.isTest()) {
      MagicNumbers.checkMessage(from.orElse(""), to, !media.isEmpty());
      Instant now = request.ask(Account::now);
      return Answer.created(
          "Message",
          fields(
              request,
              new TextMessage(
                  MagicNumbers.sid(SidKind.MESSAGE),
                  to,
                  from.orElse(null),
                  null,
                  body.orElse(""),
                  media.size(),
                  now,
                  now)));
    }
    if (!Addresses.isE164(plain(to))) {
      throw ApiError.badRequest(21211, NumberErrors.invalidRecipient(to));
    }
    if (from.filter(to::equals).isPresent()) {
      throw ApiError.badRequest(21266, "'To' and 'From' number cannot be the same");
    }
    TextMessage made =
        request.change(account -> {
          from.ifPresent(f -> checkFrom(account, f));
          return account
              .inventory()
              .addMessage(
                  to,
                  from.orElse(null),
                  service.orElse(null),
                  body.orElse(""),
                  media.size(),
                  account.now());
        });
    return Answer.created("Message", fields(request, made));
  }

  private static void checkFrom(Account account, String from) {
    String number = plain(from);
    boolean isName =
        number.matches("(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}") || number.matches("\\d{5,6}");
    if (!isName && !Addresses.isE164(number)) {
      throw ApiError.badRequest(21212, NumberErrors.invalidSender(from));
    }
    if (!isName && !account.inventory().owns(number)) {
      throw ApiError.badRequest(21606, NumberErrors.senderNotYours(from));
    }
  }

  private static String plain(String address) {
    return address.startsWith("whatsapp:") ? address.substring("whatsapp:".length()) : address;
  }

  private static String address(String text) {
    return text.startsWith("whatsapp:")
        ? "whatsapp:" + PhoneText.e164(plain(text))
        : PhoneText.e164(text);
  }

  /** Only the words can be taken away, which is how messages are redacted. */
  private static Answer update(RestRequest request) {
    Optional<String> body = request.params().given("Body");
    Optional<String> status = request.params().choice("Status", List.of("canceled"), 20001);
    if (body.filter(b -> !b.isEmpty()).isPresent()) {
      throw ApiError.badRequest(20001, "Body of a message can only be emptied");
    }
    if (status.isPresent()) {
      throw ApiError.badRequest(30409, "Message is not scheduled, so it cannot be canceled");
    }
    TextMessage changed =
        request.change(account -> {
          TextMessage before = find(request, account);
          return body.isEmpty() ? before : account.inventory().redact(before, account.now());
        });
    return Answer.found("Message", fields(request, changed));
  }

  private static Answer list(RestRequest request) {
    Params params = request.params();
    Optional<String> to = params.text("To").map(MessageResource::address);
    Optional<String> from = params.text("From").map(MessageResource::address);
    TimeFilter byDate = params.times("DateSent");
    List<TextMessage> shown =
        request.ask(account -> account.inventory().messages()).reversed().stream()
            .filter(m -> to.filter(t -> !t.equals(m.to())).isEmpty())
            .filter(m -> from.filter(f -> !f.equals(m.from())).isEmpty())
            .filter(m -> byDate.takes(m.created()))
            .toList();
    return request.listing(
        shown,
        m -> m.sid().value(),
        Version2010.MOST_PER_PAGE,
        "messages",
        "Message",
        "Messages",
        m -> fields(request, m));
  }

  /** A segment has 160 characters, or 153 when there are several; 70 and 67 beyond Latin 1. */
  private static int segments(String body) {
    boolean plain = body.chars().allMatch(c -> c < 256);
    int one = plain ? 160 : 70;
    int many = plain ? 153 : 67;
    return body.length() <= one ? 1 : (body.length() + many - 1) / many;
  }

  private static Fields fields(RestRequest request, TextMessage message) {
    String path = "/Messages/" + message.sid();
    @Nullable String service = message.service();
    return new Fields()
        .put("account_sid", request.account())
        .put("api_version", Version2010.NAME)
        .put("body", message.body())
        .rfc2822("date_created", message.created())
        .rfc2822("date_sent", null)
        .rfc2822("date_updated", message.updated())
        .put("direction", "outbound-api")
        .put("error_code", null)
        .put("error_message", null)
        .put("from", message.from())
        .put("messaging_service_sid", service)
        .put("num_media", Integer.toString(message.media()))
        .put("num_segments", Integer.toString(service == null ? segments(message.body()) : 0))
        .put("price", null)
        .put("price_unit", "USD")
        .put("sid", message.sid())
        .put("status", service == null ? "queued" : "accepted")
        .put("subresource_uris", new Fields().put("media", request.uri(path + "/Media")))
        .put("to", message.to())
        .put("uri", request.uri(path));
  }
}
