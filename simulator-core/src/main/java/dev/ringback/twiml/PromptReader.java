package dev.ringback.twiml;

import dev.ringback.twiml.Verb.Gather;
import dev.ringback.twiml.Verb.Pause;
import dev.ringback.twiml.Verb.Play;
import dev.ringback.twiml.Verb.Prompt;
import dev.ringback.twiml.Verb.Say;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a caller hears and is asked for: Say, Play, Pause, Gather and Record. */
final class PromptReader {
  /** docs/voice/twiml/say, "limits": characters in a basic voice, and in a neural one. */
  static final int MOST_TEXT = 4096;

  private static final int MOST_NEURAL_TEXT = 3000;

  private static final Duration LONGEST_TRANSCRIPTION = Duration.ofMinutes(2);

  /** A break without a time; SSML's "medium". */
  private static final Duration USUAL_BREAK = Duration.ofMillis(750);

  /** Amazon and Google allow 10 s a break; more than this in one Say is a mistake. */
  private static final Duration LONGEST_BREAKS = Duration.ofMinutes(10);

  private final Findings findings;

  PromptReader(Findings findings) {
    this.findings = findings;
  }

  @Nullable Say say(Tag tag, Attributes attributes) {
    for (Tag child : tag.children) {
      if (!Grammar.SSML.contains(child.name)) {
        findings.schema(child.at, "<" + child.name + "> is not allowed in <Say>; it is ignored");
      }
    }
    String text = tag.foldedText();
    Duration breaks = breaks(tag);
    if (text.isEmpty() && breaks.isZero()) {
      findings.find(
          TwilioError.SAY_INVALID_TEXT, tag.at, "<Say> has no text to speak; it is skipped");
      return null;
    }
    String voice = attributes.required("voice");
    int most = voice.contains("Neural") ? MOST_NEURAL_TEXT : MOST_TEXT;
    if (text.length() > most) {
      findings.find(
          TwilioError.SAY_TOO_LONG,
          tag.at,
          "<Say> has %d characters, more than the %d of this voice; it is skipped"
              .formatted(text.length(), most));
      return null;
    }
    return new Say(
        text, voice, attributes.required("language"), attributes.integer("loop"), breaks);
  }

  /** SSML's pauses: {@code <break time="2s"/>}, {@code 300ms}, or a strength. */
  private Duration breaks(Tag tag) {
    Duration breaks = Duration.ZERO;
    for (Tag child : tag.children) {
      if (child.name.equals("break")) {
        breaks = breaks.plus(breakTime(child));
      } else if (child.name.equals("prosody")) {
        checkRate(child);
      }
      breaks = breaks.plus(breaks(child));
    }
    return breaks.compareTo(LONGEST_BREAKS) > 0 ? LONGEST_BREAKS : breaks;
  }

  private Duration breakTime(Tag tag) {
    String time = tag.attributes.get("time");
    if (time == null) {
      return "none".equals(tag.attributes.get("strength")) ? Duration.ZERO : USUAL_BREAK;
    }
    if (!time.matches("\\d{1,5}m?s")) {
      findings.schema(
          tag.positionOf("time"),
          "time of <break> must be a duration such as 2s or 300ms, not '" + time + "'");
      return USUAL_BREAK;
    }
    return time.endsWith("ms")
        ? Duration.ofMillis(Integer.parseInt(time.substring(0, time.length() - 2)))
        : Duration.ofSeconds(Integer.parseInt(time.substring(0, time.length() - 1)));
  }

  private void checkRate(Tag prosody) {
    String rate = prosody.attributes.get("rate");
    if (rate != null && !rate.matches("x-slow|slow|medium|fast|x-fast|default|\\d{1,3}%")) {
      findings.find(
          TwilioError.SAY_INVALID_RATE,
          prosody.positionOf("rate"),
          "rate of <prosody> must be x-slow, slow, medium, fast, x-fast or a percentage, not '"
              + rate
              + "'");
    }
  }

  @Nullable Play play(Tag tag, Attributes attributes) {
    findings.noChildren(tag);
    String digits = attributes.text("digits");
    String url = tag.foldedText();
    if (url.isEmpty() && digits == null) {
      findings.schema(tag.at, "<Play> names no file and no digits; it is skipped");
      return null;
    }
    if (digits != null && !url.isEmpty()) {
      findings.schema(tag.at, "<Play digits> holds no text; the digits are played");
    }
    if (digits == null) {
      findings.foreseeUrl(tag.at, "<Play>", url);
    }
    return new Play(digits == null ? url : "", attributes.integer("loop"), digits, null);
  }

  Pause pause(Tag tag, Attributes attributes) {
    findings.noChildren(tag);
    return new Pause(attributes.seconds("length"));
  }

  Gather gather(Tag tag, Attributes attributes) {
    List<Prompt> prompts = new ArrayList<>();
    for (Tag child : tag.children) {
      Prompt prompt = nested(child);
      if (prompt instanceof Play play && play.digits() != null) {
        findings.find(
            TwilioError.PLAY_INVALID_DIGITS,
            child.at,
            "<Play digits> is not allowed in <Gather>; it is ignored");
      } else if (prompt != null) {
        prompts.add(prompt);
      }
    }
    String input = attributes.required("input");
    return new Gather(
        attributes.text("action"),
        attributes.method("method"),
        input.contains("dtmf"),
        input.contains("speech") ? speech(tag, attributes) : null,
        attributes.seconds("timeout"),
        attributes.required("finishOnKey"),
        attributes.value(Integer.class, "numDigits"),
        attributes.flag("actionOnEmptyResult"),
        List.copyOf(prompts));
  }

  private @Nullable Prompt nested(Tag tag) {
    return switch (tag.name) {
      case "Say" -> say(tag, Attributes.of(tag, PromptTables.SAY_IN_GATHER, findings));
      case "Play" -> play(tag, Attributes.of(tag, PromptTables.PLAY, findings));
      case "Pause" -> pause(tag, Attributes.of(tag, PromptTables.PAUSE, findings));
      default -> {
        findings.find(
            TwilioError.GATHER_INVALID_NESTED_VERB,
            tag.at,
            "<" + tag.name + "> is not allowed in <Gather>; it is ignored");
        yield null;
      }
    };
  }

  private Verb.Speech speech(Tag tag, Attributes attributes) {
    SpeechTimeout timeout = attributes.value(SpeechTimeout.class, "speechTimeout");
    if (timeout != null
        && timeout.auto()
        && tag.attributes.containsKey("speechModel")
        && attributes.required("speechModel").equals("default")) {
      findings.find(
          TwilioError.GATHER_AUTO_WITH_DEFAULT_MODEL,
          tag.positionOf("speechTimeout"),
          "speechTimeout=\"auto\" does not go with speechModel=\"default\"; leave one of them out");
    }
    return new Verb.Speech(
        timeout == null ? attributes.seconds("timeout") : timeout.length(),
        attributes.seconds("maxSpeechTime"),
        attributes.required("language"),
        Objects.requireNonNullElse(attributes.text("hints"), ""),
        attributes.flag("profanityFilter"),
        attributes.required("speechModel"),
        attributes.flag("enhanced"),
        attributes.text("partialResultCallback"),
        attributes.method("partialResultCallbackMethod"),
        attributes.flag("bargeIn"));
  }

  Verb.Record record(Tag tag, Attributes attributes) {
    findings.noChildren(tag);
    boolean transcribes =
        attributes.flag("transcribe") || attributes.text("transcribeCallback") != null;
    boolean longer = tag.attributes.containsKey("maxLength");
    Duration maxLength = attributes.seconds("maxLength");
    if (transcribes && longer && maxLength.compareTo(LONGEST_TRANSCRIPTION) > 0) {
      findings.find(
          TwilioError.RECORD_TOO_LONG_TO_TRANSCRIBE,
          tag.positionOf("maxLength"),
          "a recording that is to be transcribed is at most 120 s long; nothing is transcribed");
      transcribes = false;
    }
    return new Verb.Record(
        attributes.text("action"),
        attributes.method("method"),
        attributes.seconds("timeout"),
        attributes.required("finishOnKey"),
        transcribes && !longer ? LONGEST_TRANSCRIPTION : maxLength,
        attributes.flag("playBeep"),
        attributes.required(Trim.class, "trim"),
        attributes.hook(RecordingEvent.class, "recordingStatusCallback"),
        transcribes,
        attributes.text("transcribeCallback"));
  }
}
