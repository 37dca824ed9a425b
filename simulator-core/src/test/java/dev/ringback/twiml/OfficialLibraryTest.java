package dev.ringback.twiml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Client;
import com.twilio.twiml.voice.Conference;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Enqueue;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Identity;
import com.twilio.twiml.voice.Leave;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Parameter;
import com.twilio.twiml.voice.Play;
import com.twilio.twiml.voice.Queue;
import com.twilio.twiml.voice.Record;
import com.twilio.twiml.voice.Recording;
import com.twilio.twiml.voice.Refer;
import com.twilio.twiml.voice.ReferSip;
import com.twilio.twiml.voice.Say;
import com.twilio.twiml.voice.Sip;
import com.twilio.twiml.voice.Start;
import com.twilio.twiml.voice.Stop;
import com.twilio.twiml.voice.Stream;
import dev.ringback.fidelity.Fact;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The official library writes, our reader reads: nothing is lost, nothing is complained about. */
class OfficialLibraryTest {
  private static final dev.ringback.twiml.HttpMethod GET = dev.ringback.twiml.HttpMethod.GET;
  private static final dev.ringback.twiml.HttpMethod POST = dev.ringback.twiml.HttpMethod.POST;

  private static List<Verb> read(VoiceResponse.Builder response) {
    Reading.Document document =
        assertInstanceOf(Reading.Document.class, TwimlReader.read(response.build().toXml()));
    assertEquals(List.of(), document.findings());
    return document.verbs();
  }

  private static VoiceResponse.Builder response() {
    return new VoiceResponse.Builder();
  }

  @Test
  @Fact("gather.child-verbs")
  void gatherWithSpeech() throws Exception {
    assertEquals(
        List.of(
            new Verb.Gather(
                "/got",
                GET,
                true,
                new Verb.Speech(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(20),
                    "de-DE",
                    "ja, nein",
                    false,
                    "phone_call",
                    true,
                    "/partial",
                    GET,
                    false),
                Duration.ofSeconds(9),
                "*",
                4,
                true,
                List.of(
                    new Verb.Say("Hello"), new Verb.Play("https://a.test/a.mp3", 1, null, null)))),
        read(
            response()
                .gather(
                    new Gather.Builder()
                        .inputs(List.of(Gather.Input.DTMF, Gather.Input.SPEECH))
                        .action("/got")
                        .method(HttpMethod.GET)
                        .timeout(9)
                        .speechTimeout("3")
                        .maxSpeechTime(20)
                        .language(Gather.Language.DE_DE)
                        .hints("ja, nein")
                        .profanityFilter(false)
                        .speechModel("phone_call")
                        .enhanced(true)
                        .partialResultCallback("/partial")
                        .partialResultCallbackMethod(HttpMethod.GET)
                        .bargeIn(false)
                        .finishOnKey("*")
                        .numDigits(4)
                        .actionOnEmptyResult(true)
                        .say(new Say.Builder("Hello").build())
                        .play(new Play.Builder("https://a.test/a.mp3").build())
                        .build())));
  }

  @Test
  @Fact("record.max-length-with-transcribe")
  void recordWithTranscription() throws Exception {
    Verb.Record record =
        assertInstanceOf(
            Verb.Record.class,
            read(response()
                    .record(
                        new Record.Builder()
                            .transcribe(true)
                            .transcribeCallback("/text")
                            .recordingStatusCallbackEvents(
                                List.of(
                                    Record.RecordingEvent.IN_PROGRESS,
                                    Record.RecordingEvent.ABSENT))
                            .build()))
                .getFirst());
    assertEquals(true, record.transcribe());
    assertEquals("/text", record.transcribeCallback());
    assertEquals(Duration.ofMinutes(2), record.maxLength());
    assertEquals(
        EnumSet.of(RecordingEvent.IN_PROGRESS, RecordingEvent.ABSENT),
        record.recordingStatusCallback().events());
  }

  @Test
  @Fact("dial.client-attributes")
  void dialWithParties() throws Exception {
    assertEquals(
        List.of(
            new Verb.Dial(
                "/after",
                GET,
                Duration.ofSeconds(20),
                Duration.ofMinutes(10),
                "+15017122661",
                true,
                true,
                "de",
                new Verb.RecordingOptions(
                    RecordMode.RECORD_FROM_RINGING_DUAL,
                    Trim.TRIM_SILENCE,
                    RecordingTrack.INBOUND,
                    new Hook<>(
                        "/rec", GET, EnumSet.of(RecordingEvent.COMPLETED, RecordingEvent.ABSENT))),
                true,
                List.of(
                    new DialNoun.Number(
                        "+15558675311",
                        new DialNoun.LegOptions(
                            "/screen",
                            GET,
                            new Hook<>(
                                "/leg",
                                GET,
                                EnumSet.of(CallProgressEvent.RINGING, CallProgressEvent.COMPLETED)),
                            "1w2")),
                    new DialNoun.Client(
                        "bob",
                        Map.of("ref", "17"),
                        new DialNoun.LegOptions(
                            null,
                            POST,
                            new Hook<>(null, POST, EnumSet.of(CallProgressEvent.COMPLETED)),
                            null)),
                    new DialNoun.Sip(
                        "sip:bob@example.com",
                        "bob",
                        "secret",
                        new DialNoun.LegOptions(
                            "/screen",
                            POST,
                            new Hook<>(null, POST, EnumSet.of(CallProgressEvent.COMPLETED)),
                            null))))),
        read(
            response()
                .dial(
                    new Dial.Builder()
                        .action("/after")
                        .method(HttpMethod.GET)
                        .timeout(20)
                        .timeLimit(600)
                        .callerId("+15017122661")
                        .hangupOnStar(true)
                        .answerOnBridge(true)
                        .ringTone(Dial.RingTone.DE)
                        .record(Dial.Record.RECORD_FROM_RINGING_DUAL)
                        .trim(Dial.Trim.TRIM_SILENCE)
                        .recordingTrack(Dial.RecordingTrack.INBOUND)
                        .recordingStatusCallback("/rec")
                        .recordingStatusCallbackMethod(HttpMethod.GET)
                        .recordingStatusCallbackEvents(
                            List.of(Dial.RecordingEvent.COMPLETED, Dial.RecordingEvent.ABSENT))
                        .sequential(true)
                        .number(
                            new Number.Builder("+1 (555) 867-5311")
                                .url("/screen")
                                .method(HttpMethod.GET)
                                .statusCallback("/leg")
                                .statusCallbackMethod(HttpMethod.GET)
                                .statusCallbackEvents(
                                    List.of(Number.Event.RINGING, Number.Event.COMPLETED))
                                .sendDigits("1w2")
                                .build())
                        .client(
                            new Client.Builder()
                                .identity(new Identity.Builder("bob").build())
                                .parameter(new Parameter.Builder().name("ref").value("17").build())
                                .build())
                        .sip(
                            new Sip.Builder("sip:bob@example.com")
                                .username("bob")
                                .password("secret")
                                .url("/screen")
                                .build())
                        .build())));
  }

  @Test
  void dialAConferenceOrAQueue() throws Exception {
    List<Verb> verbs =
        read(
            response()
                .dial(
                    new Dial.Builder()
                        .conference(
                            new Conference.Builder("room")
                                .muted(true)
                                .startConferenceOnEnter(false)
                                .endConferenceOnExit(true)
                                .waitUrl("/wait")
                                .waitMethod(HttpMethod.GET)
                                .maxParticipants(3)
                                .participantLabel("bob")
                                .statusCallback("/conf")
                                .statusCallbackMethod(HttpMethod.GET)
                                .statusCallbackEvents(
                                    List.of(Conference.Event.JOIN, Conference.Event.LEAVE))
                                .record(Conference.Record.RECORD_FROM_START)
                                .trim(Conference.Trim.DO_NOT_TRIM)
                                .recordingStatusCallback("/recorded")
                                .recordingStatusCallbackMethod(HttpMethod.GET)
                                .recordingStatusCallbackEvents(
                                    List.of(
                                        Conference.RecordingEvent.IN_PROGRESS,
                                        Conference.RecordingEvent.COMPLETED))
                                .build())
                        .build())
                .dial(
                    new Dial.Builder()
                        .queue(new Queue.Builder("q").url("/now").method(HttpMethod.GET).build())
                        .build()));
    assertEquals(
        List.of(
            new DialNoun.Conference(
                "room",
                true,
                false,
                true,
                "/wait",
                GET,
                3,
                "bob",
                new Hook<>("/conf", GET, EnumSet.of(ConferenceEvent.JOIN, ConferenceEvent.LEAVE)),
                new Verb.RecordingOptions(
                    RecordMode.RECORD_FROM_ANSWER,
                    Trim.DO_NOT_TRIM,
                    RecordingTrack.BOTH,
                    new Hook<>(
                        "/recorded",
                        GET,
                        EnumSet.of(RecordingEvent.IN_PROGRESS, RecordingEvent.COMPLETED))))),
        ((Verb.Dial) verbs.get(0)).nouns());
    assertEquals(List.of(new DialNoun.Queue("q", "/now", GET)), ((Verb.Dial) verbs.get(1)).nouns());
  }

  @Test
  void queuesAndLeaving() throws Exception {
    assertEquals(
        List.of(new Verb.Enqueue("q", "/left", GET, "/wait", GET, 7), new Verb.Leave()),
        read(
            response()
                .enqueue(
                    new Enqueue.Builder("q")
                        .action("/left")
                        .method(HttpMethod.GET)
                        .waitUrl("/wait")
                        .waitUrlMethod(HttpMethod.GET)
                        .maxQueueSize(7)
                        .build())
                .leave(new Leave.Builder().build())));
  }

  @Test
  @Fact({"connect.nouns", "stream.parameters", "stream.start-nouns"})
  void streamsRecordingsAndRefer() throws Exception {
    Stream stream =
        new Stream.Builder()
            .url("wss://a.test/s")
            .name("tap")
            .track(Stream.Track.BOTH_TRACKS)
            .statusCallback("/stream")
            .parameter(new Parameter.Builder().name("ref").value("17").build())
            .build();
    assertEquals(
        List.of(
            new Verb.Start(
                new Background.Stream(
                    "wss://a.test/s", "tap", "both_tracks", "/stream", POST, Map.of("ref", "17"))),
            new Verb.Start(
                new Background.CallRecording(
                    new Verb.RecordingOptions(
                        RecordMode.RECORD_FROM_ANSWER_DUAL,
                        Trim.TRIM_SILENCE,
                        RecordingTrack.BOTH,
                        new Hook<>("/rec", POST, Set.of(RecordingEvent.COMPLETED))))),
            new Verb.Stop(new Background.Stream("", "tap", "inbound_track", null, POST, Map.of())),
            new Verb.Connect(
                null,
                POST,
                new Noun.Stream(
                    new Background.Stream(
                        "wss://b.test/s", null, "inbound_track", null, POST, Map.of()))),
            new Verb.Refer()),
        read(
            response()
                .start(new Start.Builder().stream(stream).build())
                .start(
                    new Start.Builder()
                        .recording(
                            new Recording.Builder()
                                .trim(Recording.Trim.TRIM_SILENCE)
                                .recordingStatusCallback("/rec")
                                .build())
                        .build())
                .stop(new Stop.Builder().stream(new Stream.Builder().name("tap").build()).build())
                .connect(
                    new Connect.Builder()
                        .stream(new Stream.Builder().url("wss://b.test/s").build()).build())
                .refer(
                    new Refer.Builder()
                        .sip(new ReferSip.Builder("sip:bob@example.com").build())
                        .build())));
  }
}
