package dev.ringback.media;

import de.sciss.jump3r.lowlevel.LameEncoder;
import java.io.IOException;
import java.io.OutputStream;
import javax.sound.sampled.AudioInputStream;

/** MP3 by jump3r, the Java port of LAME. */
final class Mp3 {
  private static final int KBITS_A_CHANNEL = 16;

  private Mp3() {}

  static void encode(AudioInputStream pcm, OutputStream out) throws IOException {
    int channels = pcm.getFormat().getChannels();
    LameEncoder encoder =
        new LameEncoder(
            pcm.getFormat(),
            KBITS_A_CHANNEL * channels,
            channels == 2 ? LameEncoder.CHANNEL_MODE_STEREO : LameEncoder.CHANNEL_MODE_MONO,
            LameEncoder.QUALITY_MIDDLE,
            false);
    try {
      byte[] samples = new byte[encoder.getPCMBufferSize()];
      byte[] frames = new byte[encoder.getMP3BufferSize()];
      int read = pcm.readNBytes(samples, 0, samples.length);
      while (read > 0) {
        out.write(frames, 0, encoder.encodeBuffer(samples, 0, read, frames));
        read = pcm.readNBytes(samples, 0, samples.length);
      }
      out.write(frames, 0, encoder.encodeFinish(frames));
    } finally {
      encoder.close();
    }
  }
}
