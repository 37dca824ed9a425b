package dev.ringback.media;

import com.mpatric.mp3agic.BaseException;
import com.mpatric.mp3agic.Mp3File;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** How long an audio file plays, read by libraries: WAV, AIFF and AU by the JDK, MP3 by mp3agic. */
public final class AudioLength {
  private AudioLength() {}

  /**
   * @param contentType as the app sent it
   * @param file read to its end, or as far as it takes
   * @return empty: a format that cannot be read
   */
  public static Optional<Duration> of(String contentType, InputStream file) throws IOException {
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.startsWith("audio/mpeg") ? mp3(file) : sampled(file);
  }

  private static Optional<Duration> sampled(InputStream file) throws IOException {
    try (AudioInputStream audio = AudioSystem.getAudioInputStream(new BufferedInputStream(file))) {
      double seconds = audio.getFrameLength() / (double) audio.getFormat().getFrameRate();
      return seconds >= 0 && Double.isFinite(seconds)
          ? Optional.of(Duration.ofMillis(Math.round(seconds * 1000)))
          : Optional.empty();
    } catch (UnsupportedAudioFileException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> mp3(InputStream file) throws IOException {
    Path copy = Files.createTempFile("ringback", ".mp3");
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(Duration.ofMillis(new Mp3File(copy.toFile()).getLengthInMilliseconds()));
    } catch (BaseException | RuntimeException | OutOfMemoryError e) {
      // The library believes what a broken file says of its own sizes.
      return Optional.empty();
    } finally {
      Files.deleteIfExists(copy);
    }
  }
}
