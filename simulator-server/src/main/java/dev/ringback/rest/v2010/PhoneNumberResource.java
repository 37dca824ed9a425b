package dev.ringback.rest.v2010;

import dev.ringback.account.Addresses;
import dev.ringback.account.ApiError;
import dev.ringback.account.Endpoints;
import dev.ringback.account.PhoneNumber;
import dev.ringback.engine.Account;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Route.Audience;
import dev.ringback.rest.Routes;
import dev.ringback.twiml.PhoneText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Numbers of the account (docs/phone-numbers/api/incomingphonenumber-resource): what is changed
 * here answers the next call. Numbers cost nothing, and every one that nobody has is to be had.
 */
final class PhoneNumberResource {
  private static final List<String> TYPES = List.of("Local", "Mobile", "TollFree");

  private PhoneNumberResource() {}

  static void add(Routes routes) {
    routes.open(Audience.TEST).post("/IncomingPhoneNumbers", PhoneNumberResource::create);
    routes.get("/IncomingPhoneNumbers", PhoneNumberResource::list);
    for (String type : TYPES) {
      routes
          .get("/IncomingPhoneNumbers/" + type, PhoneNumberResource::list)
          .post("/IncomingPhoneNumbers/" + type, PhoneNumberResource::create);
    }
    routes
        .get(
            "/IncomingPhoneNumbers/{sid}",
            r -> Answer.found("IncomingPhoneNumber", fields(r, r.ask(account -> find(r, account)))))
        .post("/IncomingPhoneNumbers/{sid}", PhoneNumberResource::update)
        .delete(
            "/IncomingPhoneNumbers/{sid}",
            r ->
                r.change(account -> {
                  account.inventory().removeNumber(find(r, account).sid());
                  return Answer.gone();
                }));
  }

  private static PhoneNumber find(RestRequest request, Account account) {
    return account
        .inventory()
        .number(request.sid("sid", SidKind.PHONE_NUMBER))
        .orElseThrow(request::notFound);
  }

  private static Map<String, String> changes(Params params) {
    Map<String, String> changes = Hooks.changes(params, List.of());
    Hooks.application(params, "VoiceApplicationSid", changes);
    Hooks.application(params, "SmsApplicationSid", changes);
    params
        .choice("VoiceReceiveMode", List.of("voice", "fax"), 20001)
        .ifPresent(mode -> {
          if (mode.equals("fax")) {
            throw ApiError.badRequest(20001, "VoiceReceiveMode fax is not emulated");
          }
        });
    return changes;
  }

  private static void check(Account account, Endpoints endpoints) {
    for (String field : List.of("voice_application_sid", "sms_application_sid")) {
      String application = endpoints.get(field);
      if (application != null && account.inventory().application(new Sid(application)).isEmpty()) {
        throw ApiError.badRequest(21420, "ApplicationSid is not accessible: " + application);
      }
    }
    boolean answers =
        endpoints.get("voice_url") != null || endpoints.get("voice_application_sid") != null;
    if (endpoints.get("voice_fallback_url") != null && !answers) {
      throw ApiError.badRequest(21405, "Cannot set VoiceFallbackUrl without setting Url");
    }
    if (endpoints.get("sms_fallback_url") != null && endpoints.get("sms_url") == null) {
      throw ApiError.badRequest(21406, "Cannot set SmsFallbackUrl without setting SmsUrl");
    }
  }

  private static Answer create(RestRequest request) {
    Params params = request.params();
    Optional<String> given = params.text("PhoneNumber").map(PhoneText::e164);
    Optional<String> areaCode = params.text("AreaCode");
    if (given.isEmpty() && areaCode.isEmpty()) {
      throw ApiError.badRequest(21421, "PhoneNumber or AreaCode is required");
    }
    Map<String, String> changes = changes(params);
    if (request.isTest()) {
      return Answer.created("IncomingPhoneNumber", ofTest(request, given, areaCode, changes));
    }
    if (given.filter(n -> !Addresses.isE164(n)).isPresent()) {
      throw ApiError.badRequest(21421, given.get() + " is not a valid number");
    }
    if (given.isEmpty() && !areaCode.orElse("").matches("[2-9]\\d{2}")) {
      throw ApiError.badRequest(21451, "Invalid area code: " + areaCode.orElse(""));
    }
    PhoneNumber made =
        request.change(account -> {
          String number = given.orElseGet(() -> free(account, areaCode.orElseThrow()));
          if (account.inventory().number(number).isPresent()) {
            throw ApiError.badRequest(21422, number + " is not available");
          }
          Endpoints endpoints = Endpoints.NONE.with(changes);
          check(account, endpoints);
          return account.inventory().addNumber(number, endpoints, account.now());
        });
    return Answer.created("IncomingPhoneNumber", fields(request, made));
  }

  /** The first number of that area that nobody has. */
  private static String free(Account account, String areaCode) {
    return IntStream.range(0, 10_000)
        .mapToObj(n -> "+1%s555%04d".formatted(areaCode, n))
        .filter(number -> account.inventory().number(number).isEmpty())
        .findFirst()
        .orElseThrow(
            () -> ApiError.badRequest(21452, "No phone numbers found in area code " + areaCode));
  }

  private static Fields ofTest(
      RestRequest request,
      Optional<String> number,
      Optional<String> areaCode,
      Map<String, String> changes) {
    number.ifPresentOrElse(
        MagicNumbers::checkNumber, () -> MagicNumbers.checkAreaCode(areaCode.orElseThrow()));
    Instant now = request.ask(Account::now);
    return fields(
        request,
        new PhoneNumber(
            MagicNumbers.sid(SidKind.PHONE_NUMBER),
            MagicNumbers.VALID,
            Endpoints.NONE.with(changes),
            now,
            now));
  }

  private static Answer update(RestRequest request) {
    Map<String, String> changes = changes(request.params());
    PhoneNumber changed =
        request.change(account -> {
          PhoneNumber before = find(request, account);
          Endpoints endpoints = before.endpoints().with(changes);
          check(account, endpoints);
          return account.inventory().updateNumber(before, endpoints, account.now());
        });
    return Answer.found("IncomingPhoneNumber", fields(request, changed));
  }

  private static Answer list(RestRequest request) {
    Params params = request.params();
    Optional<Pattern> number = params.text("PhoneNumber").map(PhoneNumberResource::pattern);
    Optional<String> name = params.text("FriendlyName");
    List<PhoneNumber> shown =
        request.ask(account -> account.inventory().numbers()).reversed().stream()
            .filter(n -> number.filter(p -> !p.matcher(n.number()).find()).isEmpty())
            .filter(n -> name.filter(f -> !f.equals(name(n))).isEmpty())
            .toList();
    return request.listing(
        shown,
        n -> n.sid().value(),
        Version2010.MOST_PER_PAGE,
        "incoming_phone_numbers",
        "IncomingPhoneNumber",
        "IncomingPhoneNumbers",
        n -> fields(request, n));
  }

  /** Digits, and stars that stand for any one. */
  private static Pattern pattern(String filter) {
    String regex =
        filter
            .chars()
            .mapToObj(c -> c == '*' ? "\\d" : Pattern.quote(Character.toString(c)))
            .collect(java.util.stream.Collectors.joining());
    return Pattern.compile(regex);
  }

  private static String name(PhoneNumber number) {
    String name = number.endpoints().get("friendly_name");
    return name == null ? Numbers.formatted(number.number()) : name;
  }

  private static String text(Endpoints endpoints, String field, String otherwise) {
    String value = endpoints.get(field);
    return value == null ? otherwise : value;
  }

  private static Fields fields(RestRequest request, PhoneNumber number) {
    Endpoints endpoints = number.endpoints();
    return new Fields()
        .put("account_sid", request.account())
        .put("address_requirements", "none")
        .put("address_sid", null)
        .put("api_version", Version2010.NAME)
        .put("beta", false)
        .put(
            "capabilities",
            new Fields().put("voice", true).put("sms", true).put("mms", true).put("fax", false))
        .rfc2822("date_created", number.created())
        .rfc2822("date_updated", number.updated())
        .put("emergency_status", "Inactive")
        .put("emergency_address_sid", null)
        .put("emergency_address_status", "unregistered")
        .put("friendly_name", name(number))
        .put("identity_sid", null)
        .put("origin", "twilio")
        .put("phone_number", number.number())
        .put("sid", number.sid())
        .put("sms_application_sid", text(endpoints, "sms_application_sid", ""))
        .put("sms_fallback_method", text(endpoints, "sms_fallback_method", "POST"))
        .put("sms_fallback_url", text(endpoints, "sms_fallback_url", ""))
        .put("sms_method", text(endpoints, "sms_method", "POST"))
        .put("sms_url", text(endpoints, "sms_url", ""))
        .put("status_callback", text(endpoints, "status_callback", ""))
        .put("status_callback_method", text(endpoints, "status_callback_method", "POST"))
        .put("trunk_sid", null)
        .put("uri", request.uri("/IncomingPhoneNumbers/" + number.sid()))
        .put("voice_application_sid", text(endpoints, "voice_application_sid", ""))
        .put("voice_caller_id_lookup", endpoints.get("voice_caller_id_lookup") != null)
        .put("voice_fallback_method", text(endpoints, "voice_fallback_method", "POST"))
        .put("voice_fallback_url", endpoints.get("voice_fallback_url"))
        .put("voice_method", text(endpoints, "voice_method", "POST"))
        .put("voice_url", endpoints.get("voice_url"))
        .put("voice_receive_mode", "voice")
        .put("status", "in-use")
        .put("bundle_sid", null)
        .put("type", "local");
  }
}
