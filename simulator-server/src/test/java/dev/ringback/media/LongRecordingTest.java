package dev.ringback.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.Trim;
import dev.ringback.voice.HeardSound;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.Sound;
import dev.ringback.voice.Sound.Voice;
import dev.ringback.voice.Subscription;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A file is streamed: an hour of two voices costs no more heap than a second. */
@Tag("long")
class LongRecordingTest {
  private static final Instant START = Instant.parse("2026-01-01T09:00:00Z");
  private static final int SAMPLE_EVERY = 1024 * 1024;
  private static final long MOST_HEAP = 4L * 1024 * 1024;

  private static Recording ofTwoVoices(Duration length) {
    SidMint mint = SidMint.of(1);
    Instant end = START.plus(length);
    return new Recording(
        mint.sid(SidKind.RECORDING),
        mint.next().sid(SidKind.CALL),
        new Recording.Plan(
            RecordingSource.DIAL_VERB,
            Recording.Scope.BRIDGE,
            new Recording.Format(2, RecordingTrack.BOTH, Trim.DO_NOT_TRIM),
            Subscription.none(),
            null),
        new Recording.Life(
            START,
            List.of(
                new HeardSound(false, START, end, new Sound.Speech(Voice.CALLER, "")),
                new HeardSound(true, START, end, new Sound.Speech(Voice.CALLED, ""))),
            null,
            Duration.ZERO,
            end,
            new Recording.Outcome(RecordingStatus.COMPLETED, 0, null)));
  }

  /** Counts bytes and looks at the heap now and then. */
  private static final class Watch extends OutputStream {
    private long bytes;
    private long nextLook;
    private long mostHeap;

    @Override
    public void write(int b) {
      count(1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      count(length);
    }

    private void count(int length) {
      bytes += length;
      if (bytes >= nextLook) {
        nextLook += SAMPLE_EVERY;
        mostHeap = Math.max(mostHeap, heap());
      }
    }
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long peak(Duration length) throws Exception {
    RecordingAudio audio = new RecordingAudio(ofTwoVoices(length), Voices.TONES, 2);
    long before = heap();
    Watch watch = new Watch();
    audio.writeWav(watch);
    assertEquals(audio.wavLength(), watch.bytes);
    assertEquals(44 + length.toSeconds() * 8_000 * 2 * 2, watch.bytes);
    return watch.mostHeap - before;
  }

  @Test
  void norDoesAnMp3OfAQuarterOfAnHour() throws Exception {
    long before = heap();
    Watch watch = new Watch();
    new RecordingAudio(ofTwoVoices(Duration.ofMinutes(15)), Voices.TONES, 2).writeMp3(watch);
    assertEquals(15 * 60 * 4_000.0, (double) watch.bytes, 10_000.0);
    assertTrue(watch.mostHeap - before < MOST_HEAP, "heap: " + (watch.mostHeap - before));
  }

  @Test
  void anHourCostsNoMoreThanASecond() throws Exception {
    long second = peak(Duration.ofSeconds(1));
    long hour = peak(Duration.ofHours(1));
    assertTrue(second < MOST_HEAP, "a second: " + second);
    assertTrue(hour < MOST_HEAP, "an hour: " + hour);
  }
}
