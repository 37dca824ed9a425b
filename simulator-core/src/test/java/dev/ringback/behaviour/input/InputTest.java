package dev.ringback.behaviour.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.callback.Param;
import dev.ringback.callback.WebRequest;
import dev.ringback.cast.CallParty;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.CallFixture;
import dev.ringback.fixture.FakeApp;
import dev.ringback.voice.Act;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers are asked for, hear and leave behind: Say, Play, Gather, Record, Start, Stop. */
class InputTest {
  private static Act says(double seconds, String words) {
    return new Act.Speak(Duration.ofMillis((long) (seconds * 1000)), words, 0.75);
  }

  // Modelled time

  @ParameterizedTest
  @CsvSource({
    "en-US, one two three four five, 2.0",
    "de-DE, eins zwei drei vier fünf, 2.307",
    "ja-JP, こんにちは世界お元気ですか, 2.166",
    "xx-XX, one two three four five, 2.0",
    "en-US, word, 1.0",
  })
  @Fact("say.language")
  void aSayLastsAsLongAsItsWords(String language, String words, double seconds) {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                "<Say language='%s'>%s</Say><Redirect>/next</Redirect>".formatted(language, words))
            .play();
    assertEquals(List.of(seconds), stage.times("/next"));
  }

  @Test
  @Fact({"play.digits", "say.loop", "say.pause-length"})
  void breaksLoopsAndKeysTakeTime() {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                "<Say loop='2'>one two three<break time='1500ms'/>four five</Say>"
                    + "<Play digits='12wW'/><Pause length='3'/><Redirect>/next</Redirect>")
            .play();
    assertEquals(List.of(2 * 3.5 + 1.9 + 3), stage.times("/next"));
  }

  @Test
  @Fact({"play.loop-zero-is-a-thousand-times", "say.loop-zero-is-until-hang-up"})
  void aLoopOfZeroIsAThousandRepeatsUnlessTheCallEnds() {
    String say = "<Say loop='0'>one two three four five</Say><Redirect>/next</Redirect>";
    CallFixture said = new CallFixture().at("/voice", say).play();
    assertEquals(List.of(1000 * 2.0), said.times("/next"));
    CallFixture left = new CallFixture().at("/voice", say).customer(31, new Act.HangUp()).play();
    assertEquals("31", left.form("/call-status", "CallDuration"));
    assertEquals(List.of(), left.times("/next"));
    CallFixture played =
        new CallFixture()
            .at("/voice", "<Play digits='1' loop='0'/><Redirect>/next</Redirect>")
            .play();
    assertEquals(List.of(1000 * 0.2), played.times("/next"));
  }

  /** Not even where the document names one: the attribute is none of theirs. */
  @Test
  @Fact("say.prompts-make-no-action-request")
  void promptsHaveNoAction() {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                "<Say action='/after'>one</Say><Play action='/after' digits='1'/>"
                    + "<Pause action='/after'/>")
            .play();
    assertEquals(List.of("12200", "12200", "12200"), stage.codes());
    assertEquals(
        List.of(FakeApp.URL + "/voice", FakeApp.URL + "/call-status"),
        stage.app.requests.stream().map(WebRequest::url).toList());
  }

  @Test
  @Fact({"encoding.play-carries-nothing", "play.loop"})
  void aPlayLastsAsLongAsItsFile() {
    CallFixture stage =
        new CallFixture().at("/voice", "<Play loop='2'>/hold.mp3</Play><Redirect>/next</Redirect>");
    stage.app.at(
        "/hold.mp3",
        r -> new Landing.Answered(200, "audio/mpeg", "", List.of(), Duration.ofMillis(4_250)));
    stage.play();
    assertEquals(List.of(8.5), stage.times("/next"));
    assertEquals("GET", stage.app.to("/hold.mp3").getFirst().method().name());
    assertTrue(stage.app.to("/hold.mp3").getFirst().form().params().isEmpty());
  }

  @Test
  @Fact({"errors.codes-gather-nested", "errors.codes-play", "play.failing-file-is-an-alert"})
  void filesThatCannotBePlayed() {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                "<Play>/none.mp3</Play><Play>/page.html</Play>"
                    + "<Gather><Play>/page.html</Play></Gather>");
    stage.app.at("/none.mp3", r -> new Landing.Answered(404, "text/html", ""));
    stage.app.at("/page.html", r -> new Landing.Answered(200, "text/html", ""));
    stage.play();
    assertEquals(List.of("11200", "13420", "13325"), stage.codes());
  }

  @Test
  @Fact({
    "content.audio-is-played",
    "content.plain-text-is-spoken",
    "lifecycle.end-of-twiml-completes"
  })
  void aDocumentMayBeAFileOrPlainText() {
    CallFixture file = new CallFixture();
    file.app.at(
        "/voice",
        r -> new Landing.Answered(200, "audio/wav", "", List.of(), Duration.ofSeconds(7)));
    file.play();
    assertEquals("7", file.form("/call-status", "CallDuration"));
    assertEquals(1, file.app.to("/voice").size());
    CallFixture text = new CallFixture();
    text.app.at("/voice", r -> new Landing.Answered(200, "text/plain", "one two three four five"));
    text.play();
    assertEquals("2", text.form("/call-status", "CallDuration"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/xml", "text/plain"})
  @Fact({"content.application-xml", "content.plain-text-may-be-twiml"})
  void twimlOfOtherTypesIsRun(String type) {
    CallFixture stage = new CallFixture();
    stage.app.at(
        "/voice",
        r -> new Landing.Answered(200, type, "<Response><Redirect>/next</Redirect></Response>"));
    stage.play();
    assertEquals(1, stage.app.to("/next").size());
    assertEquals(List.of(), stage.codes());
  }

  /** As a file of a document, and in place of a document. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "audio/mpeg",
        "audio/wav",
        "audio/wave",
        "audio/x-wav",
        "audio/aiff",
        "audio/x-aiff",
        "audio/x-aifc",
        "audio/x-gsm",
        "audio/gsm",
        "audio/ulaw"
      })
  @Fact("content.audio-types")
  void tenTypesOfFilesArePlayed(String type) {
    CallFixture stage =
        new CallFixture().at("/voice", "<Play>/file</Play><Redirect>/file</Redirect>");
    stage.app.at(
        "/file", r -> new Landing.Answered(200, type, "", List.of(), Duration.ofSeconds(7)));
    stage.play();
    assertEquals(List.of(0.0, 7.0), stage.times("/file"));
    assertEquals("14", stage.form("/call-status", "CallDuration"));
    assertEquals(List.of(), stage.codes());
  }

  // Gather

  private static CallFixture gather(String attributes) {
    return new CallFixture()
        .at(
            "/voice",
            "<Gather action='/got' %s><Say>Press one or say yes please now</Say></Gather>"
                    .formatted(attributes)
                + "<Redirect>/nothing</Redirect>");
  }

  @Test
  @Fact({"gather.action-parameters", "gather.ended-by-num-digits", "gather.num-digits"})
  void keysWhileThePromptPlays() {
    CallFixture stage =
        gather("numDigits='2'")
            .customer(1, new Act.Press("1"))
            .customer(2, new Act.Press("2"))
            .play();
    assertEquals("12", stage.form("/got", "Digits"));
    assertEquals(List.of(2.0), stage.times("/got"));
    assertEquals("absent", stage.form("/got", "SpeechResult"));
  }

  /** The prompt would last 2.8 s. */
  @Test
  @Fact({"gather.prompt-stops-at-the-first-key", "gather.timeout-counts-from-the-last-digit"})
  void theFirstKeyEndsThePromptAndEachKeyBeginsTheTimeoutAgain() {
    CallFixture one = gather("").customer(1, new Act.Press("1")).play();
    assertEquals("1", one.form("/got", "Digits"));
    assertEquals(List.of(1.0 + 5), one.times("/got"));
    CallFixture two =
        gather("timeout='4'")
            .customer(1, new Act.Press("1"))
            .customer(3, new Act.Press("2"))
            .play();
    assertEquals("12", two.form("/got", "Digits"));
    assertEquals(List.of(3.0 + 4), two.times("/got"));
  }

  @Test
  @Fact("gather.no-finish-key")
  void anEmptyFinishOnKeyMakesAnyKeyADigit() {
    CallFixture stage =
        gather("finishOnKey='' numDigits='3'").customer(1, new Act.Press("1#*")).play();
    assertEquals("1#*", stage.form("/got", "Digits"));
    assertEquals("", stage.form("/got", "FinishedOnKey"));
  }

  @Test
  @Fact("gather.finish-key-alone-is-no-input")
  void theFinishKeyAloneIsNoInput() {
    CallFixture nothing = gather("").customer(1, new Act.Press("#")).play();
    assertEquals(List.of(1.0), nothing.times("/nothing"));
    assertEquals(List.of(), nothing.times("/got"));
    CallFixture empty = gather("actionOnEmptyResult='true'").customer(1, new Act.Press("#")).play();
    assertEquals("", empty.form("/got", "Digits"));
    assertEquals(List.of(1.0), empty.times("/got"));
  }

  @Test
  @Fact("gather.action-default")
  void withoutAnActionTheCurrentDocumentIsAskedAgain() {
    CallFixture stage =
        new CallFixture()
            .at("/voice", "<Gather numDigits='1'/><Redirect>/next</Redirect>")
            .at("/next", "<Gather numDigits='1'/>")
            .customer(6, new Act.Press("7"))
            .play();
    assertEquals(List.of(0.0), stage.times("/voice"));
    assertEquals(List.of(5.0, 6.0), stage.times("/next"));
    assertEquals("7", stage.form("/next", "Digits"));
  }

  @Test
  @Fact("urls.empty-action-is-the-document")
  void anEmptyActionAsksTheDocumentAgain() {
    CallFixture stage =
        new CallFixture()
            .at("/voice", "<Gather action='' numDigits='1'/>")
            .customer(1, new Act.Press("1"))
            .play();
    assertEquals(List.of(0.0, 1.0), stage.times("/voice"));
    assertEquals("1", stage.form("/voice", "Digits"));
  }

  @Test
  void aPartyReactsToWhatItHears() {
    CallFixture stage =
        gather("numDigits='1'").on(CallParty.CUSTOMER, "Press \\w+ or", new Act.Press("7")).play();
    assertEquals("7", stage.form("/got", "Digits"));
    assertEquals(List.of(2.8), stage.times("/got"));
  }

  @Test
  @Fact({"gather.action-parameters", "gather.speech-timeout", "parameters.of-verbs"})
  void speechEndsWithSilence() {
    CallFixture stage =
        gather("input='speech' speechTimeout='2'").customer(1, says(3, "yes please")).play();
    assertEquals("yes please", stage.form("/got", "SpeechResult"));
    assertEquals("0.75", stage.form("/got", "Confidence"));
    assertEquals("absent", stage.form("/got", "Digits"));
    assertEquals(List.of(6.0), stage.times("/got"));
  }

  @ParameterizedTest
  @CsvSource({"speechTimeout='auto', 5.0", "timeout='3', 7.0", "maxSpeechTime='2', 3.0"})
  @Fact({"gather.barge-in-and-max-speech-time", "gather.speech-timeout"})
  void whatEndsSpeech(String attributes, double at) {
    CallFixture stage = gather("input='speech' " + attributes).customer(1, says(3, "yes")).play();
    assertEquals(List.of(at), stage.times("/got"));
  }

  @Test
  @Fact("gather.barge-in-and-max-speech-time")
  void withoutBargeInSpeechIsNotHeardBeforeThePromptEnds() {
    CallFixture stage =
        gather("input='speech' bargeIn='false'")
            .customer(1, says(1, "too early"))
            .customer(4, says(1, "in time"))
            .play();
    assertEquals("in time", stage.form("/got", "SpeechResult"));
  }

  @Test
  @Fact("gather.input")
  void keysWithoutDtmfAndSpeechWithoutSpeechAreNotTaken() {
    CallFixture keys = gather("input='speech'").customer(1, new Act.Press("1")).play();
    assertEquals(1, keys.app.to("/nothing").size());
    CallFixture speech = gather("input='dtmf'").customer(1, says(1, "yes")).play();
    assertEquals(1, speech.app.to("/nothing").size());
    CallFixture both =
        gather("input='dtmf speech' numDigits='1'").customer(1, new Act.Press("1")).play();
    assertEquals("1", both.form("/got", "Digits"));
  }

  @Test
  @Fact("gather.partial-result-callback")
  void partialResults() {
    CallFixture stage =
        gather("input='speech' partialResultCallback='/partial'")
            .customer(1, says(3, "one two damned three"))
            .play();
    assertEquals(
        List.of("one", "one two", "one two d***ed", "one two d***ed three"),
        stage.app.to("/partial").stream()
            .map(r -> r.form().value("UnstableSpeechResult").orElse(""))
            .toList());
    assertEquals("3", stage.form("/partial", "SequenceNumber"));
    assertEquals("one two d***ed three", stage.form("/got", "SpeechResult"));
  }

  @Test
  @Fact({
    "gather.action-on-empty-result",
    "gather.empty-result-asks-the-action",
    "gather.no-input-goes-to-the-next-verb",
    "gather.timeout-counts-from-the-last-prompt"
  })
  void noInputAndTheEmptyResult() {
    CallFixture nothing = gather("timeout='4'").play();
    assertEquals(List.of(2.8 + 4), nothing.times("/nothing"));
    CallFixture empty = gather("actionOnEmptyResult='true'").play();
    assertEquals("", empty.form("/got", "Digits"));
    CallFixture mumbled = gather("input='speech'").customer(1, says(1, "")).play();
    assertEquals(1, mumbled.app.to("/nothing").size());
  }

  // Record

  @Test
  @Fact({
    "errors.codes-transcription",
    "record.transcribe",
    "record.transcribe-callback",
    "record.transcribe-callback-has-the-recording",
    "sids.transcription"
  })
  void transcriptions() {
    CallFixture stage =
        new CallFixture()
            .at("/voice", "<Record action='/r' transcribe='true' transcribeCallback='/text'/>")
            .caller(4, true, "call me back please")
            .play();
    assertEquals("call me back please", stage.form("/text", "TranscriptionText"));
    assertEquals("completed", stage.form("/text", "TranscriptionStatus"));
    String transcription = stage.form("/text", "TranscriptionSid");
    assertTrue(transcription.startsWith("TR"), transcription);
    String recording = stage.form("/text", "RecordingUrl");
    assertEquals(stage.form("/r", "RecordingUrl"), recording);
    assertTrue(recording.endsWith("/Recordings/" + stage.form("/text", "RecordingSid")), recording);
    assertEquals(
        recording + "/Transcriptions/" + transcription, stage.form("/text", "TranscriptionUrl"));
    for (String standard : List.of("AccountSid", "ApiVersion", "CallSid", "Direction", "From")) {
      assertEquals(stage.form("/voice", standard), stage.form("/text", standard));
    }
    CallFixture silent =
        new CallFixture()
            .at("/voice", "<Record action='/r' transcribe='true' transcribeCallback='/text'/>")
            .caller(1, true, "hm")
            .play();
    assertEquals("failed", silent.form("/text", "TranscriptionStatus"));
    assertTrue(silent.codes().contains("13617"), silent.codes().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"trim-silence", "do-not-trim"})
  @Fact({"record.following-verbs-are-unreachable", "record.timeout-zero"})
  void aTimeoutOfZeroLeavesTheEndToTheLimit(String trim) {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                "<Record action='/r' timeout='0' maxLength='30' trim='%s'/>".formatted(trim)
                    + "<Redirect>/next</Redirect>")
            .caller(3, false, "")
            .play();
    assertEquals(List.of(30.0), stage.times("/r"));
    assertEquals(List.of(), stage.times("/next"));
  }

  @Test
  @Fact("record.no-finish-key")
  void anEmptyFinishOnKeyLeavesTheEndOfARecordToTheSilence() {
    CallFixture stage =
        new CallFixture()
            .at("/voice", "<Record action='/r' finishOnKey='' timeout='3'/>")
            .caller(5, false, "")
            .customer(2, new Act.Press("#"))
            .play();
    assertEquals(List.of(5.0 + 3), stage.times("/r"));
    assertEquals("", stage.form("/r", "Digits"));
  }

  @Test
  @Fact({"record.action-and-method", "record.without-action-is-a-loop"})
  void theLoopOfARecordWithoutAnActionEnds() {
    CallFixture stage =
        new CallFixture().at("/voice", "<Record timeout='1'/>").caller(3, false, "").play();
    assertEquals(100, stage.app.to("/voice").size());
    assertTrue(stage.alerts().getLast().message().startsWith("too-many-documents"));
  }

  // Start and Stop

  @Test
  @Fact({
    "sids.stream",
    "stream.events",
    "stream.start-does-not-block",
    "stream.start-nouns",
    "stream.status-callback",
    "stream.status-parameters",
    "stream.status-parameters-of-the-call",
    "stream.stop-names-what-runs"
  })
  void streamsStartAndStop() {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                "<Start><Stream name='s' url='wss://app.test/media' statusCallback='/stream'/></Start>"
                    + "<Pause length='4'/><Stop><Stream name='s'/></Stop><Pause length='2'/>"
                    + "<Stop><Stream name='s'/></Stop>")
            .play();
    assertEquals(List.of(0.0, 4.0), stage.times("/stream"));
    assertEquals("stream-stopped", stage.form("/stream", "StreamEvent"));
    assertTrue(stage.form("/stream", "StreamSid").startsWith("MZ"));
    assertEquals(stage.form("/voice", "AccountSid"), stage.form("/stream", "AccountSid"));
    assertEquals(stage.form("/voice", "CallSid"), stage.form("/stream", "CallSid"));
    assertEquals("2026-01-01T09:00:04Z", stage.form("/stream", "Timestamp"));
    assertEquals(List.of("12200"), stage.codes());
  }

  @Test
  @Fact({"connect.stream-action-has-no-result", "connect.stream-blocks"})
  void aConnectedStreamLastsAsLongAsTheCall() {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                "<Connect action='/after'><Stream url='wss://app.test/media' statusCallback='/stream'/></Connect>")
            .customer(9, new Act.HangUp())
            .play();
    assertEquals(List.of(0.0, 9.0), stage.times("/stream"));
    assertEquals("completed", stage.form("/after", "CallStatus"));
    assertEquals("absent", stage.form("/after", "Result"));
  }

  @Test
  @Fact({
    "recordings.source-of-start",
    "stream.start-nouns",
    "stream.start-recording-is-dual",
    "stream.start-recording-source",
    "stream.stop-names-what-runs"
  })
  void aRecordingOfTheWholeCall() {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                "<Start><Recording recordingStatusCallback='/rec'/></Start>"
                    + "<Say>one two three four five</Say><Dial>+15558675311</Dial>"
                    + "<Stop><Recording/></Stop><Pause length='20'/>")
            .play();
    assertEquals("StartCallRecordingTwiML", stage.form("/rec", "RecordingSource"));
    assertEquals("2", stage.form("/rec", "RecordingChannels"));
    assertEquals("14", stage.form("/rec", "RecordingDuration"));
  }

  @Test
  @Fact({"redirect.following-verbs-are-unreachable", "redirect.standard-parameters-only"})
  void aRedirectLeavesTheRestAndAddsNoParameters() {
    CallFixture stage =
        new CallFixture()
            .at("/voice", "<Redirect>/next</Redirect><Redirect>/nothing</Redirect>")
            .play();
    assertEquals(List.of(0.0), stage.times("/next"));
    assertEquals(List.of(), stage.times("/nothing"));
    List<List<Param>> forms =
        Stream.of("/voice", "/next")
            .map(path -> stage.app.to(path).getFirst().form().params())
            .toList();
    assertEquals(
        forms.getFirst().stream().map(Param::name).toList(),
        forms.getLast().stream().map(Param::name).toList());
  }

  @Test
  @Fact({"errors.code-13801", "refer.sip-legs-only"})
  void referIsForSip() {
    CallFixture stage =
        new CallFixture()
            .at("/voice", "<Refer><Sip>sip:a@b.test</Sip></Refer><Redirect>/next</Redirect>")
            .play();
    assertTrue(stage.codes().contains("13801"), stage.codes().toString());
    assertEquals(1, stage.app.to("/next").size());
  }

  // What went wrong once

  @Test
  void keysAreKeptWhenSpeechCannotBeUnderstood() {
    CallFixture stage =
        gather("input='dtmf speech'")
            .customer(1, new Act.Press("1"))
            .customer(2, says(1, ""))
            .play();
    assertEquals("1", stage.form("/got", "Digits"));
  }

  @Test
  void partialResultsOfOneGatherAreNotAnothers() {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                "<Gather input='dtmf speech' action='/second' numDigits='1'"
                    + " partialResultCallback='/first'/>")
            .at(
                "/second",
                "<Gather input='speech' action='/got' partialResultCallback='/partial'/>")
            .customer(0.5, says(10, "a b c d e"))
            .customer(3, new Act.Press("1"))
            .customer(4, says(2, "yes please"))
            .play();
    assertEquals(1, stage.app.to("/first").size());
    assertEquals(2, stage.app.to("/partial").size());
  }

  @Test
  void ordinaryWordsAreLeftAlone() {
    CallFixture stage =
        gather("input='speech'").customer(1, says(1, "hello shell, damned hell")).play();
    assertEquals("hello shell, d***ed h***", stage.form("/got", "SpeechResult"));
  }

  @Test
  @Fact("record.timeout-ends-with-silence")
  void speechThatOverlapsItself() {
    CallFixture stage =
        new CallFixture()
            .at("/voice", "<Record action='/r' timeout='3'/>")
            .caller(0, false, "")
            .customer(1, says(20, ""))
            .customer(2, says(1, ""))
            .play();
    assertEquals("20", stage.form("/r", "RecordingDuration"));
  }

  @Test
  void whoSpeaksAlreadyIsHeardByARecording() {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                "<Say>a b c d e</Say><Pause length='1'/><Record action='/r' timeout='3'/>")
            .caller(0, false, "")
            .customer(1, says(10, ""))
            .play();
    assertEquals("8", stage.form("/r", "RecordingDuration"));
    assertEquals(List.of(14.0), stage.times("/r"));
  }

  @Test
  void aKeyAloneIsNoMessage() {
    CallFixture stage =
        new CallFixture()
            .at("/voice", "<Record action='/r'/><Redirect>/next</Redirect>")
            .caller(0, false, "")
            .customer(2, new Act.Press("#"))
            .play();
    assertEquals(1, stage.app.to("/next").size());
  }

  @Test
  @Fact("content.too-large-is-11750")
  void tooMuchPlainText() {
    CallFixture large = new CallFixture();
    large.app.at("/voice", r -> new Landing.Answered(200, "text/plain", "w ".repeat(40_000)));
    assertEquals(List.of("11750"), large.play().codes());
    CallFixture lengthy = new CallFixture();
    lengthy.app.at("/voice", r -> new Landing.Answered(200, "text/plain", "w ".repeat(4_000)));
    assertEquals(List.of("13521"), lengthy.play().codes());
  }

  @Test
  void everyRepeatIsHeard() {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                "<Start><Recording recordingStatusCallback='/rec'/></Start><Play digits='1' loop='3'/>")
            .play();
    var calls = stage.world().calls();
    stage.world().runUntilIdle();
    assertEquals(3, calls.join().getFirst().facts().recordings().getFirst().sounds().size());
  }
}
