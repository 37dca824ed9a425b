package dev.ringback.engine;

import dev.ringback.account.Addresses;
import dev.ringback.account.JsonText;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Directory;
import dev.ringback.conversation.Participant;
import dev.ringback.conversation.ProxyAddress;
import dev.ringback.frontline.SessionLookup;
import dev.ringback.id.Sid;
import dev.ringback.snapshot.SerializablePredicate;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Alert;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A worker calls a customer for the first time: the Frontline app makes a conversation, asks the
 * outgoing conversation callback from which number, adds the customer and then the worker
 * (docs/frontline/outgoing-conversations). Only then it calls.
 */
final class OutgoingConversation {
  /** docs/api/errors/48031. */
  private static final int PAIR_IS_TAKEN = 48031;

  /** docs/api/errors/48005. */
  private static final Duration LONGEST = Duration.ofSeconds(6);

  private final @Nullable String callback;
  private final JsonText json;
  private final AccountChanges changes;
  private final SessionLookup lookup;
  private final Webhooks webhooks;
  private final SerializablePredicate<String> ownNumbers;

  /**
   * @param callback the URL that is asked; null: workers call only customers they have talked to
   * @param ownNumbers whether a number is the account's
   */
  OutgoingConversation(
      @Nullable String callback,
      JsonText json,
      AccountChanges changes,
      SessionLookup lookup,
      Webhooks webhooks,
      SerializablePredicate<String> ownNumbers) {
    this.callback = callback;
    this.json = json;
    this.changes = changes;
    this.lookup = lookup;
    this.webhooks = webhooks;
    this.ownNumbers = ownNumbers;
  }

  /** Hears how it went. */
  interface Outcome extends Serializable {
    void begun(Sid conversation);

    void refused(Placed.Refused why);
  }

  /**
   * The customer that a worker calls and has no conversation with; empty: there is none to make.
   */
  Optional<String> stranger(Placement placement) {
    return placement instanceof Placement.ByWorker call
            && callback != null
            && call.conversationSid() == null
            && call.customer() != null
            && Addresses.isE164(call.customer())
            && lookup.openWith(call.customer(), call.worker()).isEmpty()
        ? Optional.of(call.customer())
        : Optional.empty();
  }

  void begin(String worker, String customer, Outcome outcome) {
    Directory directory = changes.directory();
    Sid service = directory.services().own().sid();
    changes.make(
        () -> directory.conversationChanges().create(service, Conversation.Draft.EMPTY),
        ChangeProcess.Outcome.<Conversation>of(
            made -> new Attempt(made, worker, customer, outcome).askForNumber(),
            why -> outcome.refused(refusal(customer, why.code(), why.message()))));
  }

  private static Placed.Refused refusal(String customer, int code, String message) {
    return new Placed.Refused(
        "customer",
        "no conversation with %s could be begun: %d, %s".formatted(customer, code, message),
        "look at the answer of frontline.integration.outgoingConversation, or name a conversationSid");
  }

  /** One conversation on its way. */
  private final class Attempt {
    private final Conversation conversation;
    private final String worker;
    private final String customer;
    private final Outcome outcome;

    Attempt(Conversation conversation, String worker, String customer, Outcome outcome) {
      this.conversation = conversation;
      this.worker = worker;
      this.customer = customer;
      this.outcome = outcome;
    }

    /** The app knows customers of the CRM; here the number stands for its {@code CustomerId}. */
    void askForNumber() {
      Map<String, String> parameters = new LinkedHashMap<>();
      parameters.put("Location", "GetProxyAddress");
      parameters.put("Worker", worker);
      parameters.put("CustomerId", customer);
      parameters.put("ChannelType", "sms");
      parameters.put("ChannelValue", customer);
      webhooks.send(
          changes.account(),
          new Webhooks.Notice(
              RequestKind.INTEGRATION,
              new Target(String.valueOf(callback), HttpMethod.POST),
              conversation.sid(),
              parameters),
          ended -> answered(ended.answer()));
    }

    private void answered(Landing landing) {
      switch (landing) {
        case Landing.Failed failed ->
            failed(
                failed.took().compareTo(LONGEST) >= 0
                    ? TwilioError.FRONTLINE_CALLBACK_TIMEOUT
                    : TwilioError.FRONTLINE_CALLBACK_ERROR,
                failed.cause(),
                landing);
        case Landing.Answered answered when !answered.successful() ->
            failed(
                TwilioError.FRONTLINE_CALLBACK_ERROR,
                "the outgoing conversation callback answered HTTP " + answered.status(),
                landing);
        case Landing.Answered answered -> {
          String proxy = json.members(answered.body()).get("proxy_address");
          if (proxy == null) {
            failed(
                TwilioError.FRONTLINE_CALLBACK_INVALID_RESPONSE,
                "the outgoing conversation callback answered no proxy_address",
                landing);
          } else {
            ProxyAddress.problem(proxy, customer, ownNumbers)
                .ifPresentOrElse(
                    problem -> failed(problem.code(), problem.message()), () -> addCustomer(proxy));
          }
        }
      }
    }

    private void addCustomer(String proxy) {
      changes.make(
          () ->
              changes
                  .directory()
                  .participantChanges()
                  .add(conversation.sid(), Participant.Draft.customer(customer, proxy)),
          ChangeProcess.Outcome.<Participant>of(
              added -> addWorker(),
              why ->
                  failed(
                      why.code() == TwilioError.CONVERSATION_BINDING_EXISTS.code()
                          ? PAIR_IS_TAKEN
                          : why.code(),
                      why.message())));
    }

    private void addWorker() {
      changes.addWorker(
          conversation.sid(),
          worker,
          ChangeProcess.Outcome.<Participant>of(
              added -> outcome.begun(conversation.sid()),
              why -> failed(why.code(), why.message())));
    }

    private void failed(TwilioError error, String message, Landing answer) {
      webhooks.raise(changes.account(), Alert.of(error, message, callback), answer);
      failed(error.code(), message);
    }

    /** A conversation without its two is of no use, and would be in the way. */
    private void failed(int code, String message) {
      changes.make(
          () ->
              changes
                  .directory()
                  .conversationChanges()
                  .delete(conversation.service(), conversation.sid().value()),
          ChangeProcess.Outcome.of(gone -> {}, stays -> {}));
      outcome.refused(refusal(customer, code, message));
    }
  }
}
