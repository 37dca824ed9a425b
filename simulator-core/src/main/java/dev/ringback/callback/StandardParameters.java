package dev.ringback.callback;

import dev.ringback.id.Sid;
import dev.ringback.voice.Leg;
import java.util.Map;

/** What all requests of calls say: the standard parameters, and where recordings are. */
final class StandardParameters {
  private static final String API_VERSION = "2010-04-01";

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
    party(form, "From", "Caller", leg.from());
    party(form, "To", "Called", leg.to());
    parameters.forEach(form::add);
    return form;
  }

  private static void party(Form.Builder form, String name, String legacyName, String address) {
    form.add(name, address).add(legacyName, address);
    if (isNumber(address)) {
      String country = Geo.country(address);
      place(form, name, country);
      place(form, legacyName, country);
    }
  }

  private static void place(Form.Builder form, String party, String country) {
    form.add(party.concat("City"), "")
        .add(party.concat("Country"), country)
        .add(party.concat("State"), "")
        .add(party.concat("Zip"), "");
  }

  static boolean isNumber(String address) {
    return address.startsWith("+");
  }

  String recordingUrl(Sid account, Sid recording) {
    return "%s/%s/Accounts/%s/Recordings/%s".formatted(publicUrl, API_VERSION, account, recording);
  }
}
