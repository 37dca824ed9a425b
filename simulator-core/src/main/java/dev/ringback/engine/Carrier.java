package dev.ringback.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What carriers tell of a caller beside the number; null where they do not (docs/voice/twiml,
 * "Twilio's request to your application").
 *
 * @param callerId that cannot be made a number in E.164, which the app then sees as it came
 * @param callerName from a look-up of names, which the number has to want
 * @param forwardedFrom the number that was called first
 * @param stirVerstat how far the caller is attested, such as {@code TN-Validation-Passed-A}
 */
public record Carrier(
    @Nullable String callerId,
    @Nullable String callerName,
    @Nullable String forwardedFrom,
    @Nullable String stirVerstat,
    Place place) {

  /** Where the caller's number is at home; each part is empty where nobody knows. */
  public record Place(String city, String state, String zip) {
    static final Place UNKNOWN = new Place("", "", "");
  }

  /** They tell the number alone. */
  public static final Carrier SILENT = new Carrier(null, null, null, null, Place.UNKNOWN);

  /**
   * As parameters of the requests of the call.
   *
   * @param looksUpNames whether the number that is called wants callers' names
   */
  Map<String, String> parameters(boolean looksUpNames) {
    Map<String, String> parameters = new LinkedHashMap<>();
    put(parameters, "CallerName", looksUpNames ? callerName : null);
    put(parameters, "ForwardedFrom", forwardedFrom);
    put(parameters, "CalledVia", forwardedFrom);
    put(parameters, "StirVerstat", stirVerstat);
    put(parameters, "FromCity", place.city());
    put(parameters, "FromState", place.state());
    put(parameters, "FromZip", place.zip());
    return parameters;
  }

  private static void put(Map<String, String> parameters, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      parameters.put(name, value);
    }
  }
}
