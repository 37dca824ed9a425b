package dev.ringback.behaviour.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.cast.CallParty;
import dev.ringback.cast.Cast;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.CallFixture;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.voice.Act;
import dev.ringback.voice.HeardSound;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.Sound;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What a recording hears, from when to when, on which channel: the audio that the media files are
 * made of. Seconds are those of the file.
 */
class RecordingSoundsTest {
  private static final String A = "+15558675311";
  private static final String B = "+15558675312";
  private static final Duration TWO = Duration.ofSeconds(2);

  private final CallFixture fixture = new CallFixture();

  RecordingSoundsTest() {
    fixture.caller(0, false, "");
  }

  private List<Recording> recordings() {
    var calls = fixture.world().calls();
    fixture.world().runUntilIdle();
    return calls.join().getFirst().facts().recordings();
  }

  /** The only recording: how long it is, and what is in it. */
  private String heard() {
    return recordings().stream().map(RecordingSoundsTest::heard).collect(Collectors.joining());
  }

  private static String heard(Recording recording) {
    StringBuilder heard =
        new StringBuilder(
            "%s, %d s%n".formatted(recording.status().wireName(), recording.seconds()));
    recording.sounds().stream()
        .sorted(Comparator.comparing(HeardSound::from).thenComparing(HeardSound::far))
        .forEach(sound ->
            heard.append(
                "%s-%s %s %s%n"
                    .formatted(
                        second(recording, sound.from()),
                        second(recording, sound.to()),
                        sound.far() ? "far" : "near",
                        text(sound.sound()))));
    return heard.toString();
  }

  private static double second(Recording recording, Instant at) {
    return Duration.between(recording.startedAt(), at).toMillis() / 1000.0;
  }

  private static String text(Sound sound) {
    return switch (sound) {
      case Sound.Speech speech ->
          speech.voice() + (speech.words().isEmpty() ? "" : ": " + speech.words());
      case Sound.Ring ring -> "ring";
      case Sound.Keys keys -> "keys " + keys.digits();
      case Sound.Clip clip -> "clip " + clip.url();
    };
  }

  private static Act speaks(String words) {
    return new Act.Speak(TWO, words, 0.9);
  }

  /** A dial that is recorded from the first ring on. */
  private CallFixture dial(String attributes, String nouns) {
    return fixture.at(
        "/voice",
        "<Dial action='/after' record='record-from-ringing-dual' %s>%s</Dial>"
            .formatted(attributes, nouns));
  }

  private static Cast silent(int after, int talks) {
    return new Cast.Answers(Duration.ofSeconds(after), Duration.ofSeconds(talks), true);
  }

  @Test
  void theRingingToneEndsWithTheAnswerAndThenBothAreHeard() {
    dial("", A)
        .cast(A, silent(7, 20))
        .worker(9, speaks("hello"))
        .worker(12, new Act.Press("12"))
        .customer(15, speaks("good day"))
        .customer(18, new Act.Press("3"))
        .play();
    assertEquals(
        """
        completed, 27 s
        0.0-2.0 far ring
        6.0-7.0 far ring
        9.0-11.0 far CALLED: hello
        12.0-12.4 far keys 12
        15.0-17.0 near CALLER: good day
        18.0-18.2 near keys 3
        """,
        heard());
  }

  @Test
  void theRingingToneEndsWhenNobodyAnswers() {
    dial("timeout='13'", A).cast(A, new Cast.Ignores()).play();
    assertEquals(
        """
        completed, 13 s
        0.0-2.0 far ring
        6.0-8.0 far ring
        12.0-13.0 far ring
        """,
        heard());
  }

  @Test
  void theRingingToneEndsWhenTheLastOneDeclines() {
    dial("", "<Number>%s</Number><Number>%s</Number>".formatted(A, B))
        .cast(A, new Cast.Declines(Duration.ofSeconds(1)))
        .cast(B, new Cast.Declines(Duration.ofSeconds(7)))
        .play();
    assertEquals(
        """
        completed, 7 s
        0.0-2.0 far ring
        6.0-7.0 far ring
        """,
        heard());
  }

  @Test
  void theRingingToneGoesOnWithTheNextInTheRow() {
    dial("sequential='true' timeout='7'", "<Number>%s</Number><Number>%s</Number>".formatted(A, B))
        .cast(A, new Cast.Ignores())
        .cast(B, silent(1, 3))
        .play();
    assertEquals(
        """
        completed, 11 s
        0.0-2.0 far ring
        6.0-7.0 far ring
        7.0-8.0 far ring
        """,
        heard());
  }

  @Test
  void theRingingToneEndsWhenTheCallerGivesUp() {
    dial("", A).cast(A, new Cast.Ignores()).customer(7, new Act.HangUp()).play();
    assertEquals(
        """
        completed, 7 s
        0.0-2.0 far ring
        6.0-7.0 far ring
        """,
        heard());
  }

  @Test
  void aSessionIsHeardFromItsFirstRing() {
    fixture
        .at("/voice", WorldFixture.connect("record='record-from-ringing-dual'"))
        .at("/action", "<Hangup/>")
        .cast(WorldFixture.WORKER, silent(7, 20))
        .worker(9, speaks("hello"))
        .worker(12, new Act.Press("12"))
        .customer(15, speaks("good day"))
        .play();
    assertEquals(
        """
        completed, 27 s
        0.0-2.0 far ring
        6.0-7.0 far ring
        9.0-11.0 far CALLED: hello
        12.0-12.4 far keys 12
        15.0-17.0 near CALLER: good day
        """,
        heard());
  }

  @Test
  void aSessionThatIsDeclined() {
    fixture
        .at("/voice", WorldFixture.connect("record='record-from-ringing-dual'"))
        .at("/action", "<Hangup/>")
        .cast(WorldFixture.WORKER, new Cast.Declines(Duration.ofSeconds(7)))
        .play();
    assertEquals(
        """
        completed, 7 s
        0.0-2.0 far ring
        6.0-7.0 far ring
        """,
        heard());
  }

  @Test
  void theTwoTalkByTurnsUntilOneHangsUp() {
    dial("", A).cast(A, CallFixture.answers(1, 9)).play();
    assertEquals(
        """
        completed, 10 s
        0.0-1.0 far ring
        1.0-3.0 far CALLED
        5.0-7.0 far CALLED
        9.0-10.0 far CALLED
        """,
        heard());
  }

  /** The call goes on for the timeout of 5 s. */
  @Test
  @Fact("gather.prompt-stops-at-the-first-key")
  void aPromptIsHeardUntilTheFirstKey() {
    fixture
        .at(
            "/voice",
            "<Start><Recording/></Start>"
                + "<Gather action='/got'><Say>Press any key you like to go on</Say></Gather>")
        .customer(1, new Act.Press("1"))
        .play();
    assertEquals(
        """
        completed, 6 s
        0.0-1.0 far TWILIO: Press any key you like to go on
        1.0-1.2 near keys 1
        """,
        heard());
  }

  @Test
  void aRecordingOfTheCallHearsPromptsThatAreCutShort() {
    fixture
        .at(
            "/voice",
            "<Start><Recording/></Start><Say>One two three</Say>"
                + "<Gather action='/got' numDigits='1' timeout='5'><Say>Press any key you like to go on</Say></Gather>")
        .customer(2, new Act.Press("1"))
        .play();
    assertEquals(
        """
        completed, 2 s
        0.0-1.2 far TWILIO: One two three
        1.2-2.0 far TWILIO: Press any key you like to go on
        """,
        heard());
  }

  @Test
  @Fact("stream.start-recording-attributes")
  void aTrackIsHeardAlone() {
    fixture
        .at(
            "/voice",
            "<Start><Recording track='inbound'/></Start><Start><Recording track='outbound'/></Start>"
                + "<Say>One two three</Say><Pause length='5'/>")
        .customer(3, speaks("hello"))
        .play();
    assertEquals(
        """
        completed, 6 s
        3.0-5.0 near CALLER: hello
        completed, 6 s
        0.0-1.2 far TWILIO: One two three
        """,
        heard());
  }

  @Test
  @Fact("record.trim")
  void aMessageIsHeardFromTheBeep() {
    fixture
        .at(
            "/voice",
            "<Say>Leave a message</Say><Record action='/got' timeout='2' trim='trim-silence'/>")
        .customer(3, speaks("call me"))
        .play();
    assertEquals(
        """
        completed, 2 s
        1.8-3.8 near CALLER: call me
        """,
        heard());
  }

  @Test
  @Fact({"errors.code-16102", "recording-status.silent-is-absent"})
  void aMessageWithNothingInIt() {
    fixture.at("/voice", "<Record action='/got' timeout='3' trim='trim-silence'/>").play();
    assertEquals(
        """
        absent, 0 s
        """,
        heard());
    assertEquals(List.of("16102"), fixture.codes());
  }

  @Test
  @Fact({"errors.code-16101", "recording-status.too-short-is-absent"})
  void aMessageThatIsTooShort() {
    fixture
        .at("/voice", "<Record action='/got' timeout='3' finishOnKey='#' trim='do-not-trim'/>")
        .customer(0.5, new Act.Press("#"))
        .play();
    assertEquals(RecordingStatus.ABSENT, recordings().getFirst().status());
    assertEquals(List.of("16101"), fixture.codes());
  }

  @Test
  void whatIsPlayedToThoseWhoWaitIsHeard() {
    fixture
        .at(
            "/voice",
            "<Start><Recording/></Start><Dial action='/after'><Conference waitUrl='/wait'>room</Conference></Dial>")
        .at("/wait", "<Say>Please wait for the others to come</Say>")
        .on(CallParty.CUSTOMER, "Please wait", speaks("yes"))
        .customer(9, new Act.HangUp())
        .play();
    assertEquals(
        """
        completed, 9 s
        0.0-2.8 far TWILIO: Please wait for the others to come
        2.8-4.8 near CALLER: yes
        2.8-5.6 far TWILIO: Please wait for the others to come
        5.6-8.4 far TWILIO: Please wait for the others to come
        8.4-9.0 far TWILIO: Please wait for the others to come
        """,
        heard());
  }
}
