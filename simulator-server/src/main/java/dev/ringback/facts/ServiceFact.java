package dev.ringback.facts;

import dev.ringback.id.WireData;
import dev.ringback.twiml.WireNamed;

/**
 * Something that is known about the real service.
 *
 * @param id such as {@code signature.get-has-no-body}; it stays what it is
 * @param line in our words
 * @param source the page, or who has observed it
 * @param section of the collection that it was taken from, such as {@code voice 1.1}
 * @param why it differs or does not concern; empty where it holds
 */
@WireData
public record ServiceFact(
    String id, String line, Kind kind, String source, String section, Status status, String why) {

  /** How it is known. */
  public enum Kind implements WireNamed {
    /** Twilio says so. */
    DOCUMENTED("documented"),
    /** Somebody has seen it. */
    OBSERVED("observed");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  /** What Ringback makes of it. */
  public enum Status implements WireNamed {
    /** Ringback does so, and a test shows it. */
    HOLDS("holds"),
    /** Ringback does otherwise. */
    DIFFERS("differs"),
    /** Nothing that a local Twilio for voice calls could show. */
    NOT_CONCERNED("not concerned");

    private final String wireName;

    Status(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  /** What it is about: the part of its identifier before the dot. */
  public String area() {
    return id.substring(0, id.indexOf('.'));
  }

  /** All of it in one line, for people who search. */
  public String text() {
    return String.join(" ", id, line, kind.wireName(), source, section, status.wireName(), why);
  }
}
