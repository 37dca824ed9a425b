package dev.ringback.media;

import dev.ringback.voice.HeardSound;
import dev.ringback.voice.Recording;
import dev.ringback.voice.Sound;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * A recording as a file: PCM of 16 bits at 8 kHz, or MP3, made from what happened in the call when
 * the file is fetched. It is streamed; neither file nor samples are ever held as a whole. The same
 * recording gives the same bytes.
 */
public final class RecordingAudio {
  /** The header the JDK writes before the samples. */
  static final int WAV_HEADER = 44;

  private static final int BYTES = 2;

  private final Recording recording;
  private final Voices voices;
  private final int channels;
  private final double pitch;
  private final long frames;
  private final List<DocumentRole> parts;

  /** A sound in samples of this file. */
  private record DocumentRole(boolean far, long from, long to, Sound sound) {}

  /**
   * @param channels 1 or 2; two of a mono recording are for the caller to refuse
   */
  public RecordingAudio(Recording recording, Voices voices, int channels) {
    this.recording = recording;
    this.voices = voices;
    this.channels = channels;
    this.pitch = (recording.call().value().hashCode() & 0xFF) / 255.0;
    this.frames = SampleRate.samples(recording.length());
    this.parts =
        recording.sounds().stream()
            .map(this::part)
            .sorted(Comparator.comparingLong(DocumentRole::from))
            .toList();
  }

  private DocumentRole part(HeardSound sound) {
    return new DocumentRole(
        sound.far(),
        SampleRate.samples(Duration.between(recording.begin(), sound.from())),
        SampleRate.samples(Duration.between(recording.begin(), sound.to())),
        sound.sound());
  }

  private AudioFormat format() {
    return new AudioFormat(SampleRate.HERTZ, 8 * BYTES, channels, true, false);
  }

  /** How many bytes the WAV file has. */
  public long wavLength() {
    return WAV_HEADER + frames * channels * BYTES;
  }

  /** Writes the WAV file. */
  public void writeWav(OutputStream out) throws IOException {
    AudioSystem.write(stream(), AudioFileFormat.Type.WAVE, out);
  }

  /** Writes the MP3 file. */
  public void writeMp3(OutputStream out) throws IOException {
    Mp3.encode(stream(), out);
  }

  private AudioInputStream stream() {
    return new AudioInputStream(new Samples(), format(), frames);
  }

  /** The samples, made block by block as they are read. */
  private final class Samples extends InputStream {
    private static final int BLOCK = 1_024;

    private final byte[] block = new byte[BLOCK * channels * BYTES];
    private int read;
    private int filled;
    private long frame;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (read == filled && !fill()) {
        return -1;
      }
      int count = Math.min(length, filled - read);
      System.arraycopy(block, read, into, offset, count);
      read += count;
      return count;
    }

    private boolean fill() {
      int count = (int) Math.min(BLOCK, frames - frame);
      if (count <= 0) {
        return false;
      }
      double[][] mixed = new double[2][count];
      for (DocumentRole part : parts) {
        if (part.from() < frame + count && part.to() > frame) {
          mix(part, mixed[part.far() ? 1 : 0], count);
        }
      }
      int at = 0;
      for (int i = 0; i < count; i++) {
        if (channels == 2) {
          at = put(mixed[0][i], at);
          at = put(mixed[1][i], at);
        } else {
          at = put(mixed[0][i] + mixed[1][i], at);
        }
      }
      frame += count;
      read = 0;
      filled = at;
      return true;
    }

    private void mix(DocumentRole part, double[] into, int count) {
      Signal signal = voices.signal(part.sound(), part.to() - part.from(), pitch);
      int first = (int) Math.max(0, part.from() - frame);
      int last = (int) Math.min(count, part.to() - frame);
      for (int i = first; i < last; i++) {
        into[i] += signal.at(frame + i - part.from());
      }
    }

    private int put(double value, int at) {
      int sample = (int) Math.round(Math.clamp(value, -1.0, 1.0) * Short.MAX_VALUE);
      block[at] = (byte) sample;
      block[at + 1] = (byte) (sample >> 8);
      return at + BYTES;
    }
  }
}
