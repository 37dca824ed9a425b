package dev.ringback.twiml;

/**
 * The entries of Twilio's error and warning dictionary that Ringback raises, with the level the
 * dictionary gives them (twilio.com/docs/api/errors).
 */
public enum TwilioError {
  INVALID_URL(11100, Level.ERROR, "Invalid URL format"),
  HTTP_RETRIEVAL_FAILURE(11200, Level.ERROR, "HTTP retrieval failure"),
  HTTP_CONNECTION_TIMEOUT(11201, Level.ERROR, "TCP connection timed out"),
  HTTP_CONNECTION_REFUSED(11202, Level.ERROR, "TCP connection refused"),
  HTTP_TOTAL_TIMEOUT(11203, Level.ERROR, "HTTP communication total time out triggered"),
  HTTP_CONNECTION_FAILURE(11205, Level.ERROR, "HTTP connection failure"),
  HTTP_PROTOCOL_VIOLATION(11206, Level.ERROR, "HTTP protocol violation"),
  HTTP_HOST_UNKNOWN(11210, Level.ERROR, "HTTP bad host name"),
  HTTP_TOO_MANY_REDIRECTS(11215, Level.ERROR, "HTTP too many redirects"),
  TLS_HANDSHAKE(11220, Level.ERROR, "TLS handshake error"),
  TLS_DOMAIN_MISMATCH(11235, Level.ERROR, "Certificate invalid: domain mismatch"),
  TLS_EXPIRED(11236, Level.ERROR, "Certificate invalid: certificate expired"),
  TLS_NO_PATH(11237, Level.ERROR, "Certificate invalid: could not find path to certificate"),
  HTTP_EDGE_INVALID(11240, Level.ERROR, "HTTP connection edge location is invalid"),
  HTTP_RETRY_POLICY_INVALID(11243, Level.ERROR, "HTTP retry policy is invalid"),
  TWIML_TOO_LARGE(11750, Level.ERROR, "TwiML response body too large"),
  EMPTY_RESPONSE_BODY(11770, Level.ERROR, "Empty response body"),
  DOCUMENT_PARSE_FAILURE(12100, Level.ERROR, "Document parse failure"),
  INVALID_VERSION(12101, Level.ERROR, "Invalid Twilio Markup XML version"),
  INVALID_ROOT_ELEMENT(12102, Level.ERROR, "Invalid Response root element"),
  SCHEMA_VALIDATION_WARNING(12200, Level.WARNING, "Schema validation warning"),
  INVALID_CONTENT_TYPE(12300, Level.ERROR, "Invalid Content-Type"),
  DIAL_FROM_DIALED_CALL(13201, Level.ERROR, "Dial: Cannot Dial out from a Dial call segment"),
  DIAL_INVALID_METHOD(13210, Level.WARNING, "Dial: Invalid method value"),
  DIAL_INVALID_TIMEOUT(13212, Level.WARNING, "Dial: Invalid timeout value"),
  DIAL_INVALID_HANGUP_ON_STAR(13213, Level.WARNING, "Dial: Invalid hangupOnStar value"),
  DIAL_INVALID_CALLER_ID(13214, Level.WARNING, "Dial: Invalid callerId value"),
  DIAL_INVALID_NESTED_ELEMENT(13215, Level.WARNING, "Dial: Invalid nested element"),
  DIAL_INVALID_TIME_LIMIT(13216, Level.WARNING, "Dial: Invalid timeLimit value"),
  DIAL_INVALID_RECORD(13217, Level.WARNING, "Dial: Invalid record value"),
  DIAL_INVALID_SEQUENTIAL(13218, Level.WARNING, "Dial: Invalid sequential value"),
  DIAL_INVALID_ANSWER_ON_BRIDGE(13219, Level.WARNING, "Dial: Invalid answerOnBridge value"),
  DIAL_INVALID_RING_TONE(13220, Level.WARNING, "Dial: Invalid ringTone value"),
  NUMBER_INVALID_METHOD(13221, Level.WARNING, "Dial->Number: Invalid method value"),
  NUMBER_INVALID_SEND_DIGITS(13222, Level.WARNING, "Dial->Number: Invalid sendDigits value"),
  NUMBER_INVALID_FORMAT(13223, Level.WARNING, "Dial: Invalid phone number format"),
  NUMBER_NOT_SUPPORTED(
      13224,
      Level.WARNING,
      "Dial: Twilio does not support calling this number or the number is invalid"),
  CONFERENCE_INVALID_MUTED(13230, Level.WARNING, "Dial->Conference: Invalid muted value"),
  CONFERENCE_INVALID_END_ON_EXIT(
      13231, Level.ERROR, "Dial->Conference: Invalid endConferenceOnExit value"),
  CONFERENCE_INVALID_START_ON_ENTER(
      13232, Level.WARNING, "Dial->Conference: Invalid startConferenceOnEnter value"),
  CONFERENCE_INVALID_WAIT_URL(13233, Level.WARNING, "Dial->Conference: Invalid waitUrl"),
  CONFERENCE_INVALID_WAIT_METHOD(13234, Level.WARNING, "Dial->Conference: Invalid waitMethod"),
  CONFERENCE_INVALID_BEEP(13235, Level.WARNING, "Dial->Conference: Invalid beep value"),
  CONFERENCE_INVALID_NAME(13237, Level.WARNING, "Dial->Conference: Invalid Conference name"),
  CONFERENCE_INVALID_WAIT_VERB(
      13238, Level.ERROR, "Dial->Conference: Invalid verb used in waitUrl TwiML"),
  CONFERENCE_INVALID_TRIM(13239, Level.ERROR, "Dial->Conference: Invalid trim value"),
  SIP_INVALID_METHOD(13241, Level.WARNING, "Dial->SIP: Invalid method value"),
  SIP_INVALID_URI(13243, Level.WARNING, "Dial->SIP: Invalid SIP URI"),
  DIAL_UNUSABLE_FROM(13247, Level.ERROR, "Dial: Invalid From number (caller ID)"),
  DIAL_CALLER_ID_TOO_LONG(13248, Level.WARNING, "Dial: Invalid callerId, too long"),
  SIP_INVALID_CREDENTIALS(13249, Level.WARNING, "Dial: Invalid username or password attribute"),
  DIAL_TOO_MANY_URIS(13250, Level.WARNING, "Dial: Too many URIs passed"),
  SIP_HEADER_TOO_LONG(13253, Level.WARNING, "Dial: Header is too long"),
  DIAL_INVALID_RECORDING_CALLBACK(13256, Level.WARNING, "Invalid recordingStatusCallback URL"),
  INVALID_TRANSCRIBE_CALLBACK(13257, Level.ERROR, "Invalid transcribeCallback URL"),
  GATHER_INVALID_FINISH_ON_KEY(13310, Level.WARNING, "Gather: Invalid finishOnKey value"),
  GATHER_INVALID_METHOD(13312, Level.WARNING, "Gather: Invalid method value"),
  GATHER_INVALID_TIMEOUT(13313, Level.WARNING, "Gather: Invalid timeout value"),
  GATHER_INVALID_NUM_DIGITS(13314, Level.WARNING, "Gather: Invalid numDigits value"),
  GATHER_INVALID_NESTED_VERB(13320, Level.WARNING, "Gather: Invalid nested verb"),
  GATHER_SAY_INVALID_VOICE(13321, Level.WARNING, "Gather->Say: Invalid voice value"),
  GATHER_SAY_INVALID_LOOP(13322, Level.WARNING, "Gather->Say: Invalid loop value"),
  GATHER_PLAY_INVALID_CONTENT_TYPE(13325, Level.ERROR, "Gather->Play: Invalid Content-Type"),
  GATHER_INVALID_INPUT(13326, Level.WARNING, "Gather: Invalid input value"),
  GATHER_INVALID_SPEECH_TIMEOUT(13327, Level.WARNING, "Gather: Invalid speechTimeout value"),
  GATHER_INVALID_MAX_SPEECH_TIME(13328, Level.WARNING, "Gather: Invalid maxSpeechTime value"),
  GATHER_INVALID_PARTIAL_RESULT_METHOD(
      13329, Level.WARNING, "Gather: Invalid partialResultCallbackMethod value"),
  GATHER_INVALID_HINTS(13330, Level.WARNING, "Gather: Invalid hints value"),
  GATHER_INVALID_LANGUAGE(13331, Level.WARNING, "Gather: Invalid language value"),
  GATHER_INVALID_BARGE_IN(13332, Level.WARNING, "Gather: Invalid bargeIn value"),
  GATHER_INVALID_PROFANITY_FILTER(13333, Level.WARNING, "Gather: Invalid profanityFilter value"),
  GATHER_INVALID_MODEL(13334, Level.WARNING, "Gather: Invalid model value"),
  GATHER_AUTO_WITH_DEFAULT_MODEL(
      13335, Level.WARNING, "Gather: speechTimeout auto cannot be used with model default"),
  GATHER_INVALID_ACTION_ON_EMPTY_RESULT(
      13338, Level.ERROR, "Gather: Invalid actionOnEmptyResult value"),
  PLAY_INVALID_LOOP(13410, Level.WARNING, "Play: Invalid loop value"),
  PLAY_INVALID_CONTENT_TYPE(13420, Level.ERROR, "Play: Invalid Content-Type"),
  PLAY_INVALID_DIGITS(13430, Level.WARNING, "Play: Invalid digits value"),
  SAY_INVALID_LOOP(13510, Level.WARNING, "Say: Invalid loop value"),
  SAY_INVALID_VOICE(13511, Level.WARNING, "Say: Invalid voice value"),
  SAY_INVALID_LANGUAGE(13512, Level.WARNING, "Say: Invalid language value"),
  SAY_INVALID_RATE(13513, Level.WARNING, "Say: Invalid rate value"),
  SAY_INVALID_TEXT(13520, Level.WARNING, "Say: Invalid text"),
  SAY_TOO_LONG(13521, Level.WARNING, "Say: Character limit exceeded"),
  RECORD_INVALID_METHOD(13610, Level.WARNING, "Record: Invalid method value"),
  RECORD_INVALID_TIMEOUT(13611, Level.WARNING, "Record: Invalid timeout value"),
  RECORD_INVALID_MAX_LENGTH(13612, Level.WARNING, "Record: Invalid maxLength value"),
  RECORD_INVALID_FINISH_ON_KEY(13613, Level.WARNING, "Record: Invalid finishOnKey value"),
  RECORD_INVALID_TRANSCRIBE(13614, Level.WARNING, "Record: Invalid transcribe value"),
  RECORD_TOO_LONG_TO_TRANSCRIBE(
      13615, Level.WARNING, "Record: maxLength too high for transcription"),
  RECORD_INVALID_PLAY_BEEP(13616, Level.WARNING, "Record: Invalid playBeep value"),
  RECORD_LENGTH_OUT_OF_RANGE(
      13617, Level.WARNING, "Record: Recording length is out of range for transcription"),
  RECORD_NOT_AVAILABLE_FOR_TRANSCRIPTION(
      13618, Level.WARNING, "Record: Recording not available for transcription"),
  RECORD_INVALID_STATUS_CALLBACK_EVENT(
      13621, Level.ERROR, "Record: Invalid recordingStatusCallbackEvent value"),
  RECORD_INVALID_TRIM(13699, Level.WARNING, "Record: Invalid trim value"),
  REDIRECT_INVALID_METHOD(13710, Level.WARNING, "Redirect: Invalid method value"),
  REFER_ON_NON_SIP_LEG(13801, Level.ERROR, "Refer not allowed on non-SIP call legs"),
  REJECT_INVALID_REASON(13810, Level.WARNING, "Reject: Invalid reason value"),
  PAUSE_INVALID_LENGTH(13910, Level.WARNING, "Pause: Invalid length value"),
  STATUS_CALLBACK_FAILED(15003, Level.WARNING, "Call progress: Warning response to callback URL"),
  RECORDING_TOO_SHORT(
      16101, Level.WARNING, "Voice Recording: Unavailable because duration is too short"),
  RECORDING_SILENT(
      16102, Level.WARNING, "Voice Recording: Unavailable because recording is silent"),
  RECORDING_ENCRYPTION_FAILED(
      16104, Level.ERROR, "Voice Recording: Unavailable due to encryption failure"),
  NO_AMD_STATUS_CALLBACK(21262, Level.WARNING, "No AMD status callback URL provided"),
  /**
   * The dictionary calls it an error; seen in the Debugger, it is a warning, and the call is made.
   */
  INVALID_STATUS_CALLBACK_EVENT(21626, Level.WARNING, "Invalid StatusCallbackEvent"),
  STREAM_INVALID_TRACK(31941, Level.ERROR, "Stream: Invalid track configuration"),
  STREAM_URL_NOT_SUPPORTED(31922, Level.ERROR, "Stream: WebSocket URL scheme not supported"),
  CONVERSATION_SERVICE_FAILURE(32500, Level.ERROR, "Voice Conversation: generic failure"),
  CONVERSATION_INVALID_ATTRIBUTES(32501, Level.ERROR, "Voice Conversation: invalid attributes"),
  CONVERSATION_STATUS_CALLBACK_NOT_SENT(
      32502, Level.WARNING, "Voice Conversation: Callback event internal error"),
  CONVERSATION_STATUS_CALLBACK_FAILED(
      32503, Level.WARNING, "Voice Conversation: status callback answered an error"),
  CONVERSATION_WITHOUT_WORKER(
      32504, Level.ERROR, "Voice Conversation: the Conversation has no worker"),
  CONVERSATION_WORKER_NOT_ASSIGNED(
      32506, Level.ERROR, "Voice Conversation: no worker was assigned in time"),
  FRONTLINE_CALLBACK_NOT_SET(48001, Level.WARNING, "Frontline: callback URL is not set"),
  FRONTLINE_CALLBACK_INVALID_RESPONSE(
      48003, Level.ERROR, "Frontline: callback returned an invalid response"),
  FRONTLINE_CALLBACK_ERROR(48004, Level.ERROR, "Frontline: callback returned an error"),
  FRONTLINE_CALLBACK_TIMEOUT(48005, Level.ERROR, "Frontline: callback failed due to timeout"),
  FRONTLINE_ROUTING_FAILED(48010, Level.ERROR, "Frontline: custom routing callback failed"),
  CONVERSATIONS_WEBHOOK_FAILED(50057, Level.WARNING, "Conversations: webhook failed"),
  CONVERSATIONS_WEBHOOK_TIMEOUT(50076, Level.WARNING, "Conversations: webhook timed out"),
  CONVERSATION_INVALID_ADDRESS(50407, Level.ERROR, "Invalid messaging binding address"),
  CONVERSATION_BINDING_EXISTS(
      50416, Level.ERROR, "A binding for this participant and proxy address already exists");

  private final int code;
  private final Level level;
  private final String title;

  TwilioError(int code, Level level, String title) {
    this.code = code;
    this.level = level;
    this.title = title;
  }

  public int code() {
    return code;
  }

  public Level level() {
    return level;
  }

  /**
   * Whether the app is to blame: it did not answer, or not with TwiML that can be executed. The
   * other errors tell of the account or of the caller.
   */
  public boolean isTheAppsFault() {
    return level == Level.ERROR
        && (code < 14_000
            || this == STREAM_INVALID_TRACK
            || this == STREAM_URL_NOT_SUPPORTED
            || this == CONVERSATION_SERVICE_FAILURE
            || this == CONVERSATION_INVALID_ATTRIBUTES
            || this == FRONTLINE_CALLBACK_INVALID_RESPONSE
            || this == FRONTLINE_CALLBACK_ERROR
            || this == FRONTLINE_CALLBACK_TIMEOUT
            || this == FRONTLINE_ROUTING_FAILED);
  }

  /** The dictionary's short name of the entry. */
  public String title() {
    return title;
  }
}
