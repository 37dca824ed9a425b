package dev.ringback.rest.v1;

import dev.ringback.account.ApiError;
import dev.ringback.callback.TwilioDates;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Service;
import dev.ringback.conversation.Services;
import dev.ringback.engine.Account;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.json.AccountJson;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What requests about a service have in common: the service, its paths, the usual parameters. */
final class Scope {
  private static final AccountJson JSON = new AccountJson();

  private Scope() {}

  /** The service of the path, or the account's default one. */
  static Service service(RestRequest request, Account account) {
    Services services = account.directory().services();
    return request.nameOrNull("service") == null
        ? services.own()
        : services.find(request.sid("service", SidKind.SERVICE)).orElseThrow(request::notFound);
  }

  /** The conversation of the path, by its SID or its unique name. */
  static Conversation conversation(RestRequest request, Account account) {
    return account
        .conversations()
        .of(service(request, account).sid(), request.name("conversation"));
  }

  /** The URL of something of the service, as the request names the service. */
  static String url(RestRequest request, String below) {
    String service = request.nameOrNull("service");
    return request.url((service == null ? "" : "/Services/" + service) + below);
  }

  /** Only what was asked for through its service says so. */
  static Fields withService(RestRequest request, Fields fields) {
    String service = request.nameOrNull("service");
    return service == null ? fields : fields.put("chat_service_sid", service);
  }

  // Parameters

  /** JSON, as text. */
  static @Nullable String attributes(Params params) {
    Optional<String> attributes = params.given("Attributes");
    attributes
        .filter(a -> !JSON.isJson(a))
        .ifPresent(a -> {
          throw ApiError.badRequest(50304, "Attributes not valid JSON");
        });
    return attributes.orElse(null);
  }

  static @Nullable Instant created(Params params) {
    return params.instant("DateCreated", 50308).orElse(null);
  }

  static @Nullable Instant updated(Params params) {
    return params.instant("DateUpdated", 50309).orElse(null);
  }

  static @Nullable Integer lastReadIndex(Params params) {
    return params.integer("LastReadMessageIndex", 0, Integer.MAX_VALUE, 50421).orElse(null);
  }

  /** As the API shows it afterwards. */
  static @Nullable String lastReadTimestamp(Params params) {
    return params.instant("LastReadTimestamp", 20001).map(TwilioDates::iso8601).orElse(null);
  }

  static @Nullable Sid role(Params params) {
    return params.sid("RoleSid", SidKind.ROLE, 20001).orElse(null);
  }
}
