package dev.ringback.report;

import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.Result;

/** The sentences of Twilio's pages that rule what a call does, each with its page. */
final class Rules {
  private static final String CONVERSATION = "docs/voice/twiml/connect/conversation";

  private Rules() {}

  /**
   * @param sentence of the page, as it stands there
   * @param page on twilio.com
   */
  record Rule(String sentence, String page) {}

  static final Rule CONVERSATION_FOUND =
      new Rule(
          "When Twilio executes <Conversation> TwiML for inbound calls (from a customer towards your"
              + " Frontline instance), Twilio will check to see if a Conversation already exists"
              + " between the caller and the number that the caller dialed.",
          CONVERSATION + ", inboundAutocreation");

  static final Rule CONVERSATION_CREATED =
      new Rule(
          "For an inbound call in which no Conversation is found and the inboundAutocreation"
              + " attribute is set to true, Twilio will create a new Conversation with the caller"
              + " as a Participant and then will wait for your Frontline instance to assign a"
              + " Frontline worker via Pool routing or Custom routing.",
          CONVERSATION + ", routingAssignmentTimeout");

  static final Rule WORKER_ASSIGNED =
      new Rule(
          "By default, Twilio will wait 5 seconds for a Frontline worker Participant to be added to"
              + " the Conversation.",
          CONVERSATION + ", routingAssignmentTimeout");

  static final Rule DIALLED =
      new Rule(
          "The inboundTimeout attribute is the number of seconds a <Conversation> session will wait"
              + " for a Frontline worker to answer a call from a customer.",
          CONVERSATION + ", inboundTimeout");

  static final Rule ACTION =
      new Rule(
          "After a <Connect><Conversation> session ends, Twilio will send an HTTP request to this"
              + " action URL and will expect a new set of TwiML instructions in the response.",
          CONVERSATION + ", action");

  static final Rule NO_ACTION =
      new Rule(
          "Without an action URL and without subsequent TwiML instructions after"
              + " <Connect><Conversation>, the call will end.",
          CONVERSATION + ", action");

  /** Why a session has that result. */
  static Rule of(Result result) {
    return new Rule(
        switch (result) {
          case SESSION_SUCCESS ->
              "The customer and Frontline worker were successfully connected with a Voice call and"
                  + " at least one party hung up.";
          case DIALED_CALL_INCOMPLETE ->
              "The attempt to dial the other party was unsuccessful, either due to an error or no"
                  + " answer.";
          case FAILED_CREATE_CONVERSATION ->
              "If the creation of this new Conversation is unsuccessful, the"
                  + " \"failed-create-conversation\" value is returned.";
          case NO_OTHER_PARTICIPANTS ->
              "If no worker is assigned before the timeout, \"no-other-participants\" is returned.";
          case INVALID_CONVERSATION ->
              "This error occurs for outbound calls in which the Conversation SID sent by the"
                  + " Frontline App is invalid.";
          case NO_EXISTING_CONVERSATION ->
              "The call is rejected and \"no-existing-conversation\" is returned.";
          case INTERNAL_ERROR ->
              "This error occurs when some internal condition caused the <Conversation> session to"
                  + " be unsuccessful.";
        },
        CONVERSATION + ", Result");
  }

  /** Why a leg that was dialled has that status. */
  static Rule of(DialCallStatus status) {
    return new Rule(
        switch (status) {
          case COMPLETED, ANSWERED ->
              "The intended recipient answered the call and the two Participants were connected"
                  + " successfully.";
          case BUSY ->
              "Twilio received a busy signal when trying to connect to the intended recipient.";
          case NO_ANSWER ->
              "The intended recipient did not answer the call before the timeout period ended.";
          case FAILED -> "Twilio was unable to route the call to the intended recipient.";
          case CANCELED -> "The call was canceled via the REST API before it was answered.";
        },
        CONVERSATION + ", DialCallStatus");
  }

  /** What an entry of the Debugger means. */
  static Rule ofAlert(String code, String title) {
    return new Rule(title + ".", "docs/api/errors/" + code);
  }
}
