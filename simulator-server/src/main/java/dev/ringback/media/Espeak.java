package dev.ringback.media;

import dev.ringback.voice.Sound;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.jspecify.annotations.Nullable;

/**
 * Words spoken by the program espeak-ng, as fast as the time the call has for them wants it. Speech
 * without words, and everything else, are tones.
 */
final class Espeak implements Voices {
  private static final int USUAL_SPEED = 150;
  private static final int SLOWEST = 80;
  private static final int FASTEST = 450;
  private static final long PATIENCE_SECONDS = 20;

  /** Samples that are kept for the next block of the same sound: about four minutes of speech. */
  private static final long MOST_SAMPLES = 2_000_000;

  /** One percent of the loudest sample there can be. */
  private static final int QUIET = 327;

  private final String program;
  private final Map<String, short[]> spoken = new LinkedHashMap<>(16, 0.75f, true);
  private long kept;

  private Espeak(String program) {
    this.program = program;
  }

  /** Empty: it is not on the PATH. */
  static Optional<Espeak> find() {
    return find(System.getenv("PATH"));
  }

  static Optional<Espeak> find(@Nullable String path) {
    for (String folder :
        path == null ? new String[0] : path.split(Pattern.quote(File.pathSeparator), -1)) {
      Path program = Path.of(folder, "espeak-ng");
      if (Files.isExecutable(program)) {
        return Optional.of(new Espeak(program.toString()));
      }
    }
    return Optional.empty();
  }

  @Override
  public Signal signal(Sound sound, long samples, double pitch) {
    if (!(sound instanceof Sound.Speech speech) || speech.words().isBlank()) {
      return TONES.signal(sound, samples, pitch);
    }
    short[] words = words(speech, samples);
    return words.length == 0
        ? TONES.signal(sound, samples, pitch)
        : sample -> sample < words.length ? words[(int) sample] / 32_768.0 : 0;
  }

  private synchronized short[] words(Sound.Speech speech, long samples) {
    String key = speech.voice() + " " + samples + " " + speech.words();
    short[] known = spoken.get(key);
    if (known == null) {
      known = fit(speech, samples);
      spoken.put(key, known);
      kept += known.length;
      for (Iterator<short[]> oldest = spoken.values().iterator();
          kept > MOST_SAMPLES && spoken.size() > 1; ) {
        kept -= oldest.next().length;
        oldest.remove();
      }
    }
    return known;
  }

  /** Speaks once to see how long it takes, and again at the speed that fits. */
  private short[] fit(Sound.Speech speech, long samples) {
    short[] first = speak(speech, USUAL_SPEED);
    long speed =
        samples == 0 ? USUAL_SPEED : Math.round((double) USUAL_SPEED * first.length / samples);
    int fitting = Math.clamp(speed, SLOWEST, FASTEST);
    return first.length == 0 || fitting == USUAL_SPEED ? first : speak(speech, fitting);
  }

  private short[] speak(Sound.Speech speech, int speed) {
    try {
      Process process =
          new ProcessBuilder(
                  program,
                  "--stdin",
                  "--stdout",
                  "-v",
                  voice(speech.voice()),
                  "-s",
                  Integer.toString(speed))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .execute(process::destroyForcibly);
      try (var in = process.getOutputStream()) {
        in.write(speech.words().getBytes(StandardCharsets.UTF_8));
      }
      byte[] wav = process.getInputStream().readAllBytes();
      return samples(wav);
    } catch (IOException | UnsupportedAudioFileException | IllegalArgumentException e) {
      return new short[0]; // then it is a tone
    }
  }

  private static String voice(Sound.@Nullable Voice voice) {
    return voice == Sound.Voice.CALLER ? "en+m3" : voice == Sound.Voice.CALLED ? "en+f3" : "en+m7";
  }

  private static short[] samples(byte[] wav) throws IOException, UnsupportedAudioFileException {
    AudioFormat target = new AudioFormat(SampleRate.HERTZ, 16, 1, true, false);
    try (AudioInputStream source = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav));
        AudioInputStream converted = AudioSystem.getAudioInputStream(target, source)) {
      ShortBuffer samples =
          ByteBuffer.wrap(converted.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
      short[] all = new short[samples.remaining()];
      samples.get(all);
      return withoutSilence(all);
    }
  }

  /** The program leaves a little silence before and after what it says. */
  private static short[] withoutSilence(short[] samples) {
    int first = 0;
    int last = samples.length;
    while (first < last && Math.abs(samples[first]) < QUIET) {
      first++;
    }
    while (last > first && Math.abs(samples[last - 1]) < QUIET) {
      last--;
    }
    return Arrays.copyOfRange(samples, first, last);
  }
}
