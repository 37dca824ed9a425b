package dev.ringback.config;

import dev.ringback.engine.WorldSettings.PhoneNumber;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import dev.ringback.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The list {@code numbers}.
 *
 * @param defaultVoice answers every number that is not in the list; null: nothing does
 */
public record NumbersSection(List<PhoneNumber> numbers, @Nullable Target defaultVoice) {
  static final NumbersSection NONE = new NumbersSection(List.of(), null);

  NumbersSection read(List<Section> sections) {
    List<PhoneNumber> all = new ArrayList<>(numbers);
    for (Section section : sections) {
      readNumber(section, all).ifPresent(all::add);
    }
    return new NumbersSection(List.copyOf(all), defaultVoice);
  }

  private static Optional<PhoneNumber> readNumber(Section number, List<PhoneNumber> before) {
    number.missing("number");
    Optional<String> e164 = Values.number(number, "number");
    VoiceUrls urls = urls(number);
    number.done();
    if (e164.filter(n -> before.stream().anyMatch(c -> c.number().equals(n))).isPresent()) {
      number.wrong("number", "is configured twice");
    }
    return e164.map(n -> new PhoneNumber(n, urls));
  }

  /** What answers a number, as its entry says; null: nothing does. */
  public static @Nullable VoiceUrls urls(Section number) {
    Optional<Target> voice = Values.target(number, "voiceUrl", "voiceMethod");
    Optional<Target> fallback = Values.target(number, "voiceFallbackUrl", "voiceFallbackMethod");
    Optional<Target> status = Values.target(number, "statusCallback", "statusCallbackMethod");
    if (voice.isEmpty() && fallback.isPresent()) {
      number.wrong("voiceFallbackUrl", "needs a voiceUrl beside it (error 21405)");
    }
    return voice
        .map(v -> new VoiceUrls(v, fallback.orElse(null), status.orElse(null)))
        .orElse(null);
  }

  public NumbersSection withDefaultVoice(Target voice) {
    return new NumbersSection(numbers, voice);
  }

  /**
   * @param more numbers that count where they are not in the list
   */
  public NumbersSection withMore(List<PhoneNumber> more) {
    List<PhoneNumber> all = new ArrayList<>(numbers);
    more.stream()
        .filter(n -> numbers.stream().noneMatch(c -> c.number().equals(n.number())))
        .forEach(all::add);
    return new NumbersSection(List.copyOf(all), defaultVoice);
  }
}
