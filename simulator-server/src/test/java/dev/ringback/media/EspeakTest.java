package dev.ringback.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.voice.Sound;
import dev.ringback.voice.Sound.Voice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Speech by a program: here by one that answers like espeak-ng, so that every machine has it. */
class EspeakTest {
  private static final int RATE = 22_050;

  @TempDir Path folder;

  /** Says a second of a loud sawtooth with half a second of silence around it, at any speed. */
  private Espeak stub(String script) throws Exception {
    byte[] samples = new byte[2 * 2 * RATE];
    for (int i = RATE / 2; i < RATE * 3 / 2; i++) {
      samples[2 * i + 1] = (byte) (i % 100);
    }
    ByteArrayOutputStream wav = new ByteArrayOutputStream();
    AudioSystem.write(
        new AudioInputStream(
            new ByteArrayInputStream(samples),
            new AudioFormat(RATE, 16, 1, true, false),
            samples.length / 2),
        AudioFileFormat.Type.WAVE,
        wav);
    Files.write(folder.resolve("said.wav"), wav.toByteArray());
    Path program = folder.resolve("espeak-ng");
    Files.writeString(program, "#!/bin/sh\necho \"$@\" >> " + folder + "/asked\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Espeak.find(folder.toString()).orElseThrow();
  }

  private static double[] heard(Signal signal, int samples) {
    double[] heard = new double[samples];
    for (int i = 0; i < samples; i++) {
      heard[i] = signal.at(i);
    }
    return heard;
  }

  @Test
  void wordsAreSpokenAtOnceAndAtTheSpeedThatFits() throws Exception {
    Espeak espeak = stub("cat > /dev/null; cat " + folder + "/said.wav");
    Signal signal = espeak.signal(new Sound.Speech(Voice.CALLER, "hello"), 4_000, 0);
    double[] heard = heard(signal, 8_000);
    assertTrue(Math.abs(heard[5]) > 0.001, "the program's own silence is gone");
    String asked = Files.readString(folder.resolve("asked"));
    assertTrue(asked.contains("-v en+m3 -s 150"), asked);
    assertTrue(asked.contains("-v en+m3 -s 300"), asked);
    assertArrayEquals(
        heard, heard(espeak.signal(new Sound.Speech(Voice.CALLER, "hello"), 4_000, 0), 8_000));
    assertEquals(2, Files.readAllLines(folder.resolve("asked")).size(), "spoken once");
  }

  @Test
  void whatCannotBeSpokenIsATone() throws Exception {
    double[] tone = heard(Signal.of(new Sound.Speech(Voice.CALLED, "hello"), 0), 800);
    for (String script :
        new String[] {"exit 1", "cat > /dev/null; echo nonsense", "cat > /dev/null"}) {
      Espeak espeak = stub(script);
      assertArrayEquals(
          tone, heard(espeak.signal(new Sound.Speech(Voice.CALLED, "hello"), 800, 0), 800));
    }
    assertArrayEquals(
        heard(Signal.of(new Sound.Keys("1"), 0), 800),
        heard(stub("exit 1").signal(new Sound.Keys("1"), 800, 0), 800));
  }

  @Test
  void itMayNotBeThere() {
    assertEquals(Optional.empty(), Espeak.find(folder.toString()));
    assertEquals(Optional.empty(), Espeak.find(null));
  }
}
