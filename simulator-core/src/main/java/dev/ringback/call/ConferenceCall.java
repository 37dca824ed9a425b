package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.twiml.DialNoun;
import org.jspecify.annotations.Nullable;

/** A {@code <Dial><Conference>} as one participant lives it: what it asked for, and its phase. */
public record ConferenceCall(DialNoun.Conference noun, Phase phase) {

  /** What the participant waits for. */
  public sealed interface Phase {

    /** To be let in. */
    record Joining(int question) implements Phase {}

    /** The conference to begin; it hears the document of {@code waitUrl}. */
    record Waiting(Sid conference, Alarm timeLimit, WaitDocument document) implements Phase {}

    /**
     * The end of the conference.
     *
     * @param recording of the conference by this call; null: none
     */
    record Talking(Sid conference, Alarm timeLimit, @Nullable Sid recording) implements Phase {}
  }

  /** Null until it was let in. */
  public @Nullable Sid conference() {
    return switch (phase) {
      case Phase.Joining joining -> null;
      case Phase.Waiting waiting -> waiting.conference();
      case Phase.Talking talking -> talking.conference();
    };
  }

  /** Null until it was let in. */
  public @Nullable Alarm timeLimit() {
    return switch (phase) {
      case Phase.Joining joining -> null;
      case Phase.Waiting waiting -> waiting.timeLimit();
      case Phase.Talking talking -> talking.timeLimit();
    };
  }

  /** Whether it waits for the conference to begin. */
  public boolean waits() {
    return phase instanceof Phase.Waiting;
  }

  public ConferenceCall in(Phase phase) {
    return new ConferenceCall(noun, phase);
  }
}
