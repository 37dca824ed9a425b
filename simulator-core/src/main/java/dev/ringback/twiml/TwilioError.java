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
  HTTP_CONNECTION_FAILURE(11205, Level.ERROR, "HTTP connection failure"),
  HTTP_PROTOCOL_VIOLATION(11206, Level.ERROR, "HTTP protocol violation"),
  HTTP_HOST_UNKNOWN(11210, Level.ERROR, "HTTP bad host name"),
  TLS_HANDSHAKE(11220, Level.ERROR, "TLS handshake error"),
  TWIML_TOO_LARGE(11750, Level.ERROR, "TwiML response body too large"),
  DOCUMENT_PARSE_FAILURE(12100, Level.ERROR, "Document parse failure"),
  INVALID_VERSION(12101, Level.ERROR, "Invalid Twilio Markup XML version"),
  INVALID_ROOT_ELEMENT(12102, Level.ERROR, "Invalid Response root element"),
  SCHEMA_VALIDATION_WARNING(12200, Level.WARNING, "Schema validation warning"),
  INVALID_CONTENT_TYPE(12300, Level.ERROR, "Invalid Content-Type"),
  DIAL_FROM_DIALED_CALL(13201, Level.ERROR, "Dial: Cannot Dial out from a Dial call segment"),
  GATHER_INVALID_FINISH_ON_KEY(13310, Level.WARNING, "Gather: Invalid finishOnKey value"),
  GATHER_INVALID_METHOD(13312, Level.WARNING, "Gather: Invalid method value"),
  GATHER_INVALID_TIMEOUT(13313, Level.WARNING, "Gather: Invalid timeout value"),
  GATHER_INVALID_NUM_DIGITS(13314, Level.WARNING, "Gather: Invalid numDigits value"),
  GATHER_INVALID_NESTED_VERB(13320, Level.WARNING, "Gather: Invalid nested verb"),
  GATHER_INVALID_INPUT(13326, Level.WARNING, "Gather: Invalid input value"),
  GATHER_INVALID_ACTION_ON_EMPTY_RESULT(
      13338, Level.ERROR, "Gather: Invalid actionOnEmptyResult value"),
  PLAY_INVALID_LOOP(13410, Level.WARNING, "Play: Invalid loop value"),
  PLAY_INVALID_DIGITS(13430, Level.WARNING, "Play: Invalid digits value"),
  SAY_INVALID_LOOP(13510, Level.WARNING, "Say: Invalid loop value"),
  SAY_INVALID_TEXT(13520, Level.WARNING, "Say: Invalid text"),
  RECORD_INVALID_METHOD(13610, Level.WARNING, "Record: Invalid method value"),
  RECORD_INVALID_TIMEOUT(13611, Level.WARNING, "Record: Invalid timeout value"),
  RECORD_INVALID_MAX_LENGTH(13612, Level.WARNING, "Record: Invalid maxLength value"),
  RECORD_INVALID_FINISH_ON_KEY(13613, Level.WARNING, "Record: Invalid finishOnKey value"),
  RECORD_INVALID_PLAY_BEEP(13616, Level.WARNING, "Record: Invalid playBeep value"),
  RECORD_INVALID_STATUS_CALLBACK_EVENT(
      13621, Level.ERROR, "Record: Invalid recordingStatusCallbackEvent value"),
  RECORD_INVALID_TRIM(13699, Level.WARNING, "Record: Invalid trim value"),
  REDIRECT_INVALID_METHOD(13710, Level.WARNING, "Redirect: Invalid method value"),
  REJECT_INVALID_REASON(13810, Level.WARNING, "Reject: Invalid reason value"),
  PAUSE_INVALID_LENGTH(13910, Level.WARNING, "Pause: Invalid length value"),
  STATUS_CALLBACK_FAILED(15003, Level.WARNING, "Call progress: status callback failed"),
  CONVERSATION_SERVICE_FAILURE(32500, Level.ERROR, "Voice Conversation: generic failure"),
  CONVERSATION_INVALID_ATTRIBUTES(32501, Level.ERROR, "Voice Conversation: invalid attributes"),
  CONVERSATION_STATUS_CALLBACK_FAILED(
      32503, Level.WARNING, "Voice Conversation: status callback answered an error"),
  CONVERSATION_WITHOUT_WORKER(
      32504, Level.ERROR, "Voice Conversation: the Conversation has no worker"),
  CONVERSATION_WORKER_NOT_ASSIGNED(
      32506, Level.ERROR, "Voice Conversation: no worker was assigned in time"),
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
            || this == CONVERSATION_SERVICE_FAILURE
            || this == CONVERSATION_INVALID_ATTRIBUTES);
  }

  /** The dictionary's short name of the entry. */
  public String title() {
    return title;
  }
}
