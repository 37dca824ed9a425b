package dev.ringback.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringback.cast.CallParty;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.voice.Act;
import dev.ringback.voice.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of recordings, judged by ffmpeg, which has nothing to do with what wrote them. */
class RecordingAudioTest {
  /** Of the voices, in Hz; see Signal. */
  private static final int CALLER = 170;

  private static final int CALLED = 250;
  private static final int RATE = 8_000;

  private static Ffmpeg ffmpeg;

  @TempDir Path folder;

  @BeforeAll
  static void find() throws IOException {
    Optional<Ffmpeg> found = Ffmpeg.find();
    assumeTrue(found.isPresent(), "SKIPPED: no ffmpeg for this machine; install it to run these");
    ffmpeg = found.orElseThrow();
  }

  /**
   * The worker's phone rings 4 s; 2 s after the answer, the worker talks 3 s; 9 s after the answer
   * the customer speaks 2 s; 4 s later the worker hangs up.
   */
  private static Recording recording(String mode, String trim) {
    FakeApp app =
        new FakeApp()
            .at("/voice", WorldFixture.connect("record=\"%s\" trim=\"%s\"".formatted(mode, trim)));
    List<ScriptStep> directions =
        List.of(
            does(6, CallParty.WORKER, new Act.Speak(Duration.ofSeconds(3))),
            does(13, CallParty.CUSTOMER, new Act.Speak(Duration.ofSeconds(2))));
    Script script =
        new Script(
            Map.of(
                WorldFixture.WORKER,
                new Cast.Answers(Duration.ofSeconds(4), Duration.ofSeconds(15), true)),
            Caller.DEFAULT,
            directions);
    return play(app, script).getFirst();
  }

  private static ScriptStep does(int second, CallParty role, Act act) {
    return new ScriptStep(Duration.ofSeconds(second), new ScriptStep.Does(role, act));
  }

  private static List<Recording> play(FakeApp app, Script script) {
    World world = new WorldFixture().with(app);
    world.place(new Placement.ByCustomer(WorldFixture.CUSTOMER, WorldFixture.NUMBER, script));
    world.runUntilIdle();
    var calls = world.calls();
    world.runUntilIdle();
    return calls.join().getFirst().facts().recordings();
  }

  private Path wav(Recording recording, int channels) throws IOException {
    Path file = folder.resolve(recording.sid() + "-" + channels + ".wav");
    try (OutputStream out = Files.newOutputStream(file)) {
      new RecordingAudio(recording, Voices.TONES, channels).writeWav(out);
    }
    return file;
  }

  /** How much of a frequency there is in a second of a channel (Goertzel). */
  private static double power(short[] samples, int fromSecond, double hertz) {
    double coefficient = 2 * Math.cos(2 * Math.PI * hertz / RATE);
    double before = 0;
    double last = 0;
    int end = Math.min(samples.length, (fromSecond + 1) * RATE);
    for (int i = fromSecond * RATE; i < end; i++) {
      double next = samples[i] / 32_768.0 + coefficient * last - before;
      before = last;
      last = next;
    }
    return Math.sqrt(before * before + last * last - coefficient * before * last) / RATE;
  }

  private static double loudest(short[] samples, double fromSecond, double toSecond) {
    double loudest = 0;
    int end = (int) Math.min(samples.length, toSecond * RATE);
    for (int i = (int) (fromSecond * RATE); i < end; i++) {
      loudest = Math.max(loudest, Math.abs(samples[i] / 32_768.0));
    }
    return loudest;
  }

  private static double voice(short[] samples, int fromSecond, int fundamental) {
    double most = 0;
    for (int jitter = 0; jitter <= 20; jitter++) {
      most = Math.max(most, power(samples, fromSecond, fundamental + jitter));
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({
    "record-from-answer, do-not-trim, 1, 15",
    "record-from-answer-dual, do-not-trim, 2, 15",
    "record-from-ringing, do-not-trim, 1, 19",
    "record-from-ringing-dual, do-not-trim, 2, 19",
    // Trimmed: from the worker's first word to the customer's last; from-ringing begins with a
    // ring.
    "record-from-answer, trim-silence, 1, 9",
    "record-from-answer-dual, trim-silence, 2, 9",
    "record-from-ringing, trim-silence, 1, 15",
    "record-from-ringing-dual, trim-silence, 2, 15",
  })
  @Fact({"connect.apps-record-dual-untrimmed", "media.wav"})
  void channelsRateAndDurationAreWhatTheCallbackSays(
      String mode, String trim, int channels, int seconds) throws Exception {
    Recording recording = recording(mode, trim);
    assertEquals(seconds, recording.seconds());
    Path file = wav(recording, recording.channels());
    assertEquals(new Ffmpeg.Probe("pcm_s16le", RATE, channels, seconds), ffmpeg.probe(file));
    assertEquals(
        new RecordingAudio(recording, Voices.TONES, channels).wavLength(), Files.size(file));
    if (trim.equals("trim-silence")) {
      short[] heard = ffmpeg.channel(wav(recording, 1), 0);
      assertTrue(loudest(heard, 0, 0.1) > 0.05, "silence at the beginning");
      assertTrue(loudest(heard, seconds - 0.1, seconds) > 0.05, "silence at the end");
      assertTrue(loudest(heard, seconds - 3.5, seconds - 2.5) == 0, "silence within is kept");
    }
  }

  @Test
  @Fact("recording-status.parent-is-channel-one")
  void theCallerIsOnTheLeftAndTheCalledPartyOnTheRight() throws Exception {
    Path file = wav(recording("record-from-ringing-dual", "do-not-trim"), 2);
    short[] left = ffmpeg.channel(file, 0);
    short[] right = ffmpeg.channel(file, 1);
    assertTrue(power(right, 0, 440) > 0.05 && power(right, 0, 480) > 0.05, "it rings");
    assertTrue(loudest(right, 2.1, 3.9) == 0, "between two rings");
    assertTrue(voice(right, 7, CALLED) > 0.03, "the worker talks");
    assertTrue(loudest(left, 0, 12.9) == 0, "the customer is silent");
    assertTrue(voice(left, 13, CALLER) > 0.03, "the customer talks");
    assertTrue(loudest(right, 9.1, 19) == 0, "the worker is silent");
  }

  @Test
  @Fact("media.requested-channels")
  void aMonoRecordingHasBothAndADualOneCanBeMixedDown() throws Exception {
    short[] mono = ffmpeg.channel(wav(recording("record-from-answer", "do-not-trim"), 1), 0);
    short[] mixed = ffmpeg.channel(wav(recording("record-from-answer-dual", "do-not-trim"), 1), 0);
    for (short[] both : List.of(mono, mixed)) {
      assertTrue(voice(both, 3, CALLED) > 0.03);
      assertTrue(voice(both, 10, CALLER) > 0.03);
    }
  }

  @Test
  void keysAreHeardAsDtmf() throws Exception {
    FakeApp app =
        new FakeApp()
            .at("/voice", "<Response><Record action='/r' finishOnKey='#' timeout='3'/></Response>");
    Script script =
        new Script(
            Map.of(),
            new Caller(Duration.ZERO, false),
            List.of(
                does(1, CallParty.CUSTOMER, new Act.Press("5")),
                does(3, CallParty.CUSTOMER, new Act.Speak(Duration.ofSeconds(2)))));
    Recording recording = play(app, script).getFirst();
    assertEquals(4, recording.seconds());
    short[] heard = ffmpeg.channel(wav(recording, 1), 0);
    assertTrue(power(heard, 0, 770) > 0.006 && power(heard, 0, 1336) > 0.006, "the key 5");
    assertTrue(power(heard, 0, 697) < 0.002 && power(heard, 0, 1209) < 0.002, "and no other");
  }

  @Test
  @Fact("media.mp3")
  void mp3HasTheSameLengthAndChannels() throws Exception {
    for (String mode : List.of("record-from-answer", "record-from-ringing-dual")) {
      Recording recording = recording(mode, "do-not-trim");
      Path file = folder.resolve(mode + ".mp3");
      try (OutputStream out = Files.newOutputStream(file)) {
        new RecordingAudio(recording, Voices.TONES, recording.channels()).writeMp3(out);
      }
      Ffmpeg.Probe probe = ffmpeg.probe(file);
      assertEquals("mp3", probe.codec());
      assertEquals(RATE, probe.rate());
      assertEquals(recording.channels(), probe.channels());
      assertEquals((double) recording.seconds(), probe.seconds(), 0.3);
      assertEquals(
          (double) recording.seconds(),
          AudioLength.of("audio/mpeg", Files.newInputStream(file)).orElseThrow().toMillis() / 1e3,
          0.3);
    }
  }

  @Test
  void theSameSeedGivesTheSameSamples() throws Exception {
    assertArrayEquals(
        bytes(recording("record-from-ringing-dual", "do-not-trim")),
        bytes(recording("record-from-ringing-dual", "do-not-trim")));
  }

  private static byte[] bytes(Recording recording) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new RecordingAudio(recording, InstalledVoices.best(), 2).writeWav(out);
    return out.toByteArray();
  }
}
