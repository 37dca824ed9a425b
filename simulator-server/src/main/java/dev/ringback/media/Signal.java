package dev.ringback.media;

import dev.ringback.voice.Pace;
import dev.ringback.voice.Sound;
import dev.ringback.voice.Sound.Voice;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A sound as a function of its samples: nothing is stored, so an hour costs no more than a second.
 */
@FunctionalInterface
interface Signal {
  /**
   * @param sample since the sound began, at {@link SampleRate#HERTZ}
   * @return from -1 to 1
   */
  double at(long sample);

  double LOUD = 0.3;

  /** ITU-T Q.23. */
  Map<Character, int[]> DTMF =
      Map.ofEntries(
          Map.entry('1', new int[] {697, 1209}),
          Map.entry('2', new int[] {697, 1336}),
          Map.entry('3', new int[] {697, 1477}),
          Map.entry('A', new int[] {697, 1633}),
          Map.entry('4', new int[] {770, 1209}),
          Map.entry('5', new int[] {770, 1336}),
          Map.entry('6', new int[] {770, 1477}),
          Map.entry('B', new int[] {770, 1633}),
          Map.entry('7', new int[] {852, 1209}),
          Map.entry('8', new int[] {852, 1336}),
          Map.entry('9', new int[] {852, 1477}),
          Map.entry('C', new int[] {852, 1633}),
          Map.entry('*', new int[] {941, 1209}),
          Map.entry('0', new int[] {941, 1336}),
          Map.entry('#', new int[] {941, 1477}),
          Map.entry('D', new int[] {941, 1633}));

  /** The part of a key that sounds. */
  long KEY_TONE = SampleRate.HERTZ * 120L / 1000;

  /**
   * The sound a sound has where no voice speaks it.
   *
   * @param pitch of the call's voices, from 0 to 1
   */
  static Signal of(Sound sound, double pitch) {
    return switch (sound) {
      case Sound.Ring ring -> tones(440, 480);
      case Sound.Clip clip -> tones(523, 659);
      case Sound.Keys keys -> keys(keys.digits());
      case Sound.Speech speech -> voice(fundamental(speech.voice()) + (int) Math.round(20 * pitch));
    };
  }

  /** Far enough from each other to be told apart by ear and by a filter. */
  private static int fundamental(Voice voice) {
    return switch (voice) {
      case CALLER -> 170;
      case CALLED -> 250;
      case TWILIO -> 330;
    };
  }

  private static Signal tones(int low, int high) {
    return sample -> LOUD * (sine(low, sample) + sine(high, sample)) / 2;
  }

  /** A hum with overtones, in syllables; it is never quite silent. */
  private static Signal voice(int hertz) {
    return sample -> {
      double syllables = 0.4 + 0.6 * Math.abs(sine(2, sample));
      return LOUD
          * syllables
          * (sine(hertz, sample) + sine(2 * hertz, sample) / 2 + sine(3 * hertz, sample) / 4)
          / 1.75;
    };
  }

  private static Signal keys(String digits) {
    long[] starts = new long[digits.length() + 1];
    for (int i = 0; i < digits.length(); i++) {
      starts[i + 1] = starts[i] + SampleRate.samples(Pace.key(digits.charAt(i)));
    }
    List<Signal> tones =
        digits
            .chars()
            .mapToObj(c -> DTMF.get(Character.toUpperCase((char) c)))
            .map(pair -> pair == null ? (Signal) s -> 0 : tones(pair[0], pair[1]))
            .toList();
    return sample -> {
      for (int i = 0; i < tones.size(); i++) {
        if (sample >= starts[i] && sample < starts[i + 1]) {
          long within = sample - starts[i];
          return within < KEY_TONE ? tones.get(i).at(within) : 0;
        }
      }
      return 0;
    };
  }

  /** One period of 1 Hz; every whole frequency is in it. */
  double[] SINE =
      IntStream.range(0, SampleRate.HERTZ)
          .mapToDouble(i -> Math.sin(2 * Math.PI * i / SampleRate.HERTZ))
          .toArray();

  private static double sine(int hertz, long sample) {
    return SINE[(int) (hertz * sample % SampleRate.HERTZ)];
  }
}
