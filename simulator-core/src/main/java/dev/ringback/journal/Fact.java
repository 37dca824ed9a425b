package dev.ringback.journal;

import dev.ringback.call.Call;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.callback.Form;
import dev.ringback.callback.WebClientState;
import dev.ringback.cast.Reaction;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.id.Sid;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Act;
import dev.ringback.voice.Alert;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;

/** One thing that happened. */
public sealed interface Fact {

  /** A call was placed; with {@link Took} it is all one needs to build the call again. */
  record Placed(Call call, Script script) implements Fact {}

  /** The call took an input. */
  record Took(CallInput input) implements Fact {}

  /**
   * A request left.
   *
   * @param url as the app knows it, without the parameters of a GET
   * @param attempt from 1
   */
  record Requested(
      ExchangeId exchange, RequestKind kind, HttpMethod method, String url, Form form, int attempt)
      implements Fact {}

  /**
   * A request did not end with that try.
   *
   * @param why a clause: what came of it, and what follows
   */
  record TriedAgain(ExchangeId exchange, int attempt, String why) implements Fact {}

  /** A request that no call waits for has ended: a webhook's, or one of Frontline's. */
  record Concluded(ExchangeId exchange, Landing landing) implements Fact {}

  /** A file or document needs no request: what was kept of it is fresh. */
  record Remembered(ExchangeId exchange, String url) implements Fact {}

  /** The call remembers other cookies or challenges from now on. */
  record Remembers(WebClientState session) implements Fact {}

  /**
   * A fault that was ordered has struck.
   *
   * @param fault its identifier
   * @param what happened by it, a clause
   */
  record FaultStruck(String fault, String what) implements Fact {}

  /** The call noted something. */
  record Happened(CallEvent moment) implements Fact {}

  /** An entry of the Debugger. */
  record Alerted(Alert alert) implements Fact {}

  /** The first document that named a Conversations service decided which one this account has. */
  record ServiceAdopted(Sid service) implements Fact {}

  /** The account has a new conversation with this customer. */
  record ConversationCreated(Sid conversation, Sid service, String customer, String number)
      implements Fact {}

  /** A worker was added to a conversation. */
  record WorkerAdded(Sid conversation, String worker) implements Fact {}

  /** A person was to react to words that nobody said in that call. */
  record NeverHeard(Reaction reaction) implements Fact {}

  /** A person did that by hand, from outside: no script and no cast has said it. */
  record ActedByHand(Sid leg, Act act) implements Fact {}

  /** A request was sent once more by hand; the call hears nothing of the answer. */
  record Resent(ExchangeId exchange, RequestKind kind, Landing landing) implements Fact {}

  /** A direction could not be followed: what it wants is impossible at its time. */
  record DirectionRefused(ScriptStep direction, String reason) implements Fact {}
}
