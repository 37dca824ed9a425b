package dev.ringback.config;

import dev.ringback.engine.Carrier;
import dev.ringback.yaml.Section;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What carriers tell of a caller: the section {@code carrier} of a call. */
public final class CarrierReader {
  /** docs/voice/trusted-calling-with-shakenstir, "StirVerstat". */
  public static final Pattern STIR_VERSTAT =
      Pattern.compile(
          "(TN-Validation-(Passed|Failed)-[ABC]|TN-Validation-Failed|No-TN-Validation)(-Diverted)?(-Passthrough)?");

  public static final int MOST_CHARACTERS = 100;

  private CarrierReader() {}

  /** Nothing of it: the number alone is known. */
  public static Carrier read(Section call) {
    return call.section("carrier").map(CarrierReader::carrier).orElse(Carrier.SILENT);
  }

  private static Carrier carrier(Section carrier) {
    Carrier read =
        new Carrier(
            text(carrier, "callerId"),
            text(carrier, "callerName"),
            Values.number(carrier, "forwardedFrom").orElse(null),
            carrier
                .text(
                    "stirVerstat",
                    value -> STIR_VERSTAT.matcher(value).matches(),
                    "as Twilio says it, such as TN-Validation-Passed-A or No-TN-Validation")
                .orElse(null),
            new Carrier.Place(
                carrier
                    .text(
                        "city",
                        value -> value.equals(value.toUpperCase(Locale.ROOT)),
                        "in capitals, as Twilio writes it, such as SAN FRANCISCO")
                    .orElse(""),
                carrier
                    .text("state", value -> value.matches("[A-Z]{2}"), "two capitals, such as CA")
                    .orElse(""),
                carrier
                    .text("zip", value -> value.matches("[0-9A-Z -]{3,10}"), "a postal code")
                    .orElse("")));
    carrier.done();
    return read;
  }

  private static @Nullable String text(Section carrier, String key) {
    return carrier
        .text(
            key,
            value -> !value.isBlank() && value.length() <= MOST_CHARACTERS,
            "a text of at most " + MOST_CHARACTERS + " characters")
        .orElse(null);
  }
}
