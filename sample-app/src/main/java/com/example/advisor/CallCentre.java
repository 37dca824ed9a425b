package com.example.advisor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * The call centre behind the advisor line: menus, colleagues, a queue, a conference room. One path
 * below {@code /centre} a document.
 */
final class CallCentre {
  private static final String COLLEAGUE = "+15558675311";
  private static final String OTHER_COLLEAGUE = "+15558675312";
  private static final String EVENTS = "initiated ringing answered completed";
  private static final int HOLD_SECONDS = 4;
  private static final int RATE = 8000;

  private static final Map<String, String> DOCUMENTS = documents();

  private CallCentre() {}

  /** The verbs at that path; null: there is nothing. */
  static String document(String path, Map<String, String> form) {
    return switch (path) {
      case "/centre/chosen" ->
          switch (form.getOrDefault("Digits", "")) {
            case "1" -> "<Redirect method=\"GET\">/centre/dial-number</Redirect>";
            case "2" -> "<Redirect>/centre/record</Redirect>";
            default -> "<Say>We did not understand that.</Say><Redirect>/centre/gather</Redirect>";
          };
      case "/centre/support" ->
          DOCUMENTS.get(
              form.getOrDefault("From", "").equals(COLLEAGUE)
                  ? "/centre/dial-queue"
                  : "/centre/enqueue");
      case "/centre/dialled" ->
          form.getOrDefault("DialCallStatus", "").equals("completed")
              ? "<Hangup/>"
              : "<Say>Nobody is free. Goodbye.</Say>";
      default -> DOCUMENTS.get(path);
    };
  }

  private static Map<String, String> documents() {
    Map<String, String> documents = new LinkedHashMap<>();
    documents.put(
        "say", "<Say language=\"de-DE\" loop=\"2\">Guten Tag und herzlich willkommen</Say>");
    documents.put("play", "<Play loop=\"2\">hold.wav</Play><Play digits=\"1w2\"/>");
    documents.put("pause", "<Pause length=\"7\"/><Say>Hello</Say>");
    documents.put(
        "gather",
        """
        <Gather numDigits="1" timeout="4" action="chosen">
          <Say>Press 1 for a colleague or 2 to leave a message</Say>
          <Play>hold.wav</Play>
        </Gather>
        <Say>Goodbye</Say>
        """);
    documents.put(
        "gather-speech",
        """
        <Gather input="dtmf speech" speechTimeout="auto" action="understood"
                partialResultCallback="partial" hints="sales, support">
          <Say>What can we do for you?</Say>
        </Gather>
        """);
    documents.put("understood", "<Say>Thank you</Say>");
    documents.put(
        "record",
        """
        <Say>Leave a message after the tone</Say>
        <Record action="recorded" maxLength="30" finishOnKey="#" timeout="3"
                recordingStatusCallback="recording"
                recordingStatusCallbackEvent="in-progress completed absent"
                transcribe="true" transcribeCallback="transcribed"/>
        <Say>You said nothing</Say>
        """);
    documents.put("recorded", "<Say>Thank you</Say>");
    documents.put("record-loop", "<Record timeout=\"2\"/>");
    documents.put(
        "dial-number",
        dial(
            "record=\"record-from-ringing-dual\" recordingStatusCallback=\"recording\"",
            number(COLLEAGUE, "")));
    documents.put("dial-client", dial("", "<Client statusCallback=\"leg\">bob</Client>"));
    documents.put("dial-sip", dial("", "<Sip>sip:bob@example.com</Sip>"));
    documents.put(
        "dial-all", dial("timeout=\"20\"", number(COLLEAGUE, "") + number(OTHER_COLLEAGUE, "")));
    documents.put(
        "dial-one-by-one",
        dial(
            "sequential=\"true\" timeout=\"10\"",
            number(COLLEAGUE, "") + number(OTHER_COLLEAGUE, "")));
    documents.put(
        "dial-screened", dial("", number(COLLEAGUE, "url=\"screen\" sendDigits=\"wwww1\"")));
    documents.put(
        "screen",
        """
        <Gather numDigits="1" timeout="3" action="accepted">
          <Say>A customer calls. Press 1 to accept.</Say>
        </Gather>
        <Hangup/>
        """);
    documents.put("accepted", "");
    documents.put(
        "dial-limited",
        "<Dial hangupOnStar=\"true\" timeLimit=\"30\">%s</Dial><Say>Back again</Say>"
            .formatted(COLLEAGUE));
    documents.put(
        "dial-conference",
        """
        <Dial action="dialled">
          <Conference waitUrl="music" statusCallback="conference"
                      statusCallbackEvent="start end join leave">team</Conference>
        </Dial>
        """);
    documents.put("music", "<Play>hold.wav</Play>");
    documents.put("enqueue", "<Enqueue action=\"left\" waitUrl=\"queue-music\">support</Enqueue>");
    documents.put("queue-music", "<Say>Please hold the line</Say><Play>hold.wav</Play>");
    documents.put(
        "dial-queue", "<Dial action=\"dialled\"><Queue url=\"now\">support</Queue></Dial>");
    documents.put("now", "<Say>You will be connected now</Say>");
    documents.put("left", "<Say>Goodbye</Say>");
    documents.put("leave", "<Enqueue action=\"left\" waitUrl=\"impatient\">support</Enqueue>");
    documents.put("impatient", "<Pause length=\"20\"/><Leave/>");
    documents.put("redirect", "<Redirect method=\"GET\">say</Redirect><Say>Never heard</Say>");
    documents.put("reject", "<Reject/>");
    documents.put("hangup", "<Say>Goodbye</Say><Hangup/><Say>Never heard</Say>");
    documents.put("refer", "<Refer><Sip>sip:bob@example.com</Sip></Refer><Say>Sorry</Say>");
    documents.put(
        "connect-stream",
        """
        <Connect action="left">
          <Stream url="wss://media.example.com/stream" name="bot" statusCallback="stream"/>
        </Connect>
        """);
    documents.put(
        "start",
        """
        <Start><Recording recordingStatusCallback="recording"/></Start>
        <Start>
          <Stream url="wss://media.example.com/stream" name="tap" statusCallback="stream"/>
        </Start>
        <Say>This call is recorded</Say>
        <Stop><Stream name="tap"/></Stop>
        <Pause length="5"/>
        <Stop><Recording/></Stop>
        <Pause length="5"/>
        """);
    Map<String, String> byPath = new LinkedHashMap<>();
    documents.forEach((name, verbs) -> byPath.put("/centre/" + name, verbs));
    return byPath;
  }

  private static String dial(String attributes, String nouns) {
    return "<Dial action=\"dialled\" %s>%s</Dial>".formatted(attributes, nouns);
  }

  private static String number(String number, String attributes) {
    return "<Number statusCallback=\"leg\" statusCallbackEvent=\"%s\" %s>%s</Number>"
        .formatted(EVENTS, attributes, number);
  }

  /** Four seconds of a quiet tone. */
  static byte[] holdMusic() throws IOException {
    byte[] samples = new byte[HOLD_SECONDS * RATE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (128 + 20 * Math.sin(2 * Math.PI * 330 * i / RATE));
    }
    AudioFormat format = new AudioFormat(RATE, 8, 1, false, false);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length),
        AudioFileFormat.Type.WAVE,
        file);
    return file.toByteArray();
  }
}
