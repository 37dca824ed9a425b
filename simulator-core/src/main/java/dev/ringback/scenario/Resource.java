package dev.ringback.scenario;

import dev.ringback.twiml.WireNamed;
import java.util.List;
import java.util.Map;

/**
 * Something that the account has after a scenario, as far as expectations ask for it.
 *
 * @param fields by name; one that has no value is left out
 */
public record Resource(Kind kind, Map<String, String> fields) {

  /** What there can be. */
  public enum Kind implements WireNamed {
    CONVERSATION("conversation"),
    PARTICIPANT("participant"),
    RECORDING("recording");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }

    /** The fields that an expectation can name. */
    public List<String> fields() {
      return switch (this) {
        case CONVERSATION ->
            List.of(
                "sid",
                "state",
                "friendlyName",
                "uniqueName",
                "attributes",
                "customer",
                "number",
                "worker",
                "participants",
                "messages");
        case PARTICIPANT ->
            List.of(
                "sid",
                "conversation",
                "identity",
                "address",
                "proxyAddress",
                "projectedAddress",
                "attributes");
        case RECORDING ->
            List.of(
                "sid",
                "call",
                "conference",
                "source",
                "status",
                "channels",
                "track",
                "duration",
                "silence");
      };
    }
  }
}
