package dev.ringback.scenariofile;

import dev.ringback.config.FormWords;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.scenario.Awaited;
import dev.ringback.scenario.Matcher;
import dev.ringback.voice.RequestKind;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Section;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads what somebody waits for: {@code {request: action, form: {Result: busy}, within: 5s}}. */
public final class AwaitReader {
  /** Without {@code within}. */
  public static final Duration USUAL = Duration.ofSeconds(10);

  private AwaitReader() {}

  /**
   * @param within on the wall
   */
  public record Wait(Awaited what, Duration within) {}

  public static Wait read(Section section) throws BadInput {
    section.missing("request");
    Optional<RequestKind> kind = section.named("request", RequestKind.class);
    Map<String, Matcher> form = MatcherReader.byName(section, "form");
    kind.ifPresent(
        k -> section.section("form").ifPresent(names -> FormWords.checkMatchers(names, k, form)));
    Optional<String> call =
        section.text(
            "call",
            sid -> Sid.isWellFormed(SidKind.CALL, sid),
            "a call's SID: CA and 32 hexadecimal digits");
    Duration within = section.duration("within").orElse(USUAL);
    section.done();
    section.check();
    return new Wait(Awaited.of(kind.orElseThrow(), form, call.map(Sid::new).orElse(null)), within);
  }
}
