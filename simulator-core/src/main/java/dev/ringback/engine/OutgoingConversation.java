package dev.ringback.engine;

import dev.ringback.account.Addresses;
import dev.ringback.account.ApiError;
import dev.ringback.account.JsonText;
import dev.ringback.call.Alert;
import dev.ringback.call.Landing;
import dev.ringback.call.RequestKind;
import dev.ringback.call.Target;
import dev.ringback.conversation.Change;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Directory;
import dev.ringback.conversation.Participant;
import dev.ringback.conversation.ProxyAddress;
import dev.ringback.id.Sid;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
  private final FrontDesk frontDesk;
  private final Debugger debugger;
  private final AccountRequester desk;
  private final Predicate<String> ownNumbers;

  /**
   * @param callback the URL that is asked; null: workers call only whom they have talked to
   * @param ownNumbers whether a number is the account's
   */
  OutgoingConversation(
      @Nullable String callback,
      JsonText json,
      FrontDesk frontDesk,
      Debugger debugger,
      AccountRequester desk,
      Predicate<String> ownNumbers) {
    this.callback = callback;
    this.json = json;
    this.frontDesk = frontDesk;
    this.debugger = debugger;
    this.desk = desk;
    this.ownNumbers = ownNumbers;
  }

  /** Who hears how it went. */
  interface Outcome {
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
            && frontDesk.openWith(call.customer(), call.worker()).isEmpty()
        ? Optional.of(call.customer())
        : Optional.empty();
  }

  void begin(String worker, String customer, Outcome outcome) {
    Directory directory = frontDesk.directory();
    Sid service = directory.services().own().sid();
    make(
        () -> directory.conversationChanges().create(service, Conversation.Draft.EMPTY),
        made -> new Attempt(made, worker, customer, outcome).askForNumber(),
        why -> outcome.refused(refusal(customer, why.code(), why.message())));
  }

  private <T> void make(
      Supplier<Change<T>> change, Consumer<T> then, Consumer<ApiError> otherwise) {
    Change<T> ready;
    try {
      ready = change.get();
    } catch (ApiError refused) {
      otherwise.accept(refused);
      return;
    }
    frontDesk.make(
        desk,
        ready,
        true,
        new FrontDesk.Outcome<T>() {
          @Override
          public void made(T result) {
            then.accept(result);
          }

          @Override
          public void refused(ApiError why) {
            otherwise.accept(why);
          }
        });
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
      frontDesk.send(
          desk,
          RequestKind.INTEGRATION,
          new Target(String.valueOf(callback), HttpMethod.POST),
          conversation.sid(),
          parameters,
          (input, landing) -> answered(landing));
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
      make(
          () ->
              frontDesk
                  .directory()
                  .participantChanges()
                  .add(conversation.sid(), Participant.Draft.customer(customer, proxy)),
          added -> addWorker(),
          why ->
              failed(
                  why.code() == TwilioError.CONVERSATION_BINDING_EXISTS.code()
                      ? PAIR_IS_TAKEN
                      : why.code(),
                  why.message()));
    }

    private void addWorker() {
      make(
          () ->
              frontDesk
                  .directory()
                  .participantChanges()
                  .add(conversation.sid(), Participant.Draft.worker(worker)),
          added -> outcome.begun(conversation.sid()),
          why -> failed(why.code(), why.message()));
    }

    private void failed(TwilioError error, String message, Landing landing) {
      debugger.raise(desk, Alert.of(error, message, callback), null, landing);
      failed(error.code(), message);
    }

    /** A conversation without its two is of no use, and would be in the way. */
    private void failed(int code, String message) {
      make(
          () ->
              frontDesk
                  .directory()
                  .conversationChanges()
                  .delete(conversation.service(), conversation.sid().value()),
          gone -> {},
          stays -> {});
      outcome.refused(refusal(customer, code, message));
    }
  }
}
