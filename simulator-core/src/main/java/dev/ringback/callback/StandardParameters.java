package dev.ringback.callback;

import dev.ringback.id.Sid;
import dev.ringback.voice.Leg;
import java.util.Map;
import java.util.Set;

/** What all requests of calls say: the standard parameters, and where recordings are. */
final class StandardParameters {
  private static final String API_VERSION = "2010-04-01";

  /** Of the caller's place, as far as a carrier tells it; they come twice, and empty otherwise. */
  private static final Set<String> PLACE = Set.of("FromCity", "FromState", "FromZip");

  private final String publicUrl;

  /**
   * @param publicUrl where this Twilio answers, without a slash at the end; recordings are below it
   */
  StandardParameters(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  static Form.Builder standard(Sid account, Leg leg, Map<String, String> parameters) {
    Form.Builder form =
        new Form.Builder()
            .add("AccountSid", account.value())
            .add("ApiVersion", API_VERSION)
            .add("CallSid", leg.sid().value())
            .add("CallStatus", leg.status().wireName())
            .add("Direction", leg.direction().wireName())
            .addIfKnown("ParentCallSid", leg.parent());
    party(form, "From", "Caller", leg.from(), parameters);
    party(form, "To", "Called", leg.to(), Map.of());
    parameters.forEach((name, value) -> {
      if (!PLACE.contains(name)) {
        form.add(name, value);
      }
    });
    return form;
  }

  /**
   * @param known what is known of the party's place
   */
  private static void party(
      Form.Builder form,
      String name,
      String legacyName,
      String address,
      Map<String, String> known) {
    form.add(name, address).add(legacyName, address);
    if (isNumber(address)) {
      String country = Geo.country(address);
      place(form, name, country, known);
      place(form, legacyName, country, known);
    }
  }

  private static void place(
      Form.Builder form, String party, String country, Map<String, String> known) {
    form.add(party.concat("City"), known.getOrDefault("FromCity", ""))
        .add(party.concat("Country"), country)
        .add(party.concat("State"), known.getOrDefault("FromState", ""))
        .add(party.concat("Zip"), known.getOrDefault("FromZip", ""));
  }

  static boolean isNumber(String address) {
    return address.startsWith("+");
  }

  String recordingUrl(Sid account, Sid recording) {
    return "%s/%s/Accounts/%s/Recordings/%s".formatted(publicUrl, API_VERSION, account, recording);
  }
}
