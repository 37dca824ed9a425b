package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.voice.Alert;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.Cue;
import java.time.Instant;

/** What a step wants done. Effects may be done twice; each carries what tells that apart. */
public sealed interface Effect {

  /** Make a request; its end comes back as {@link CallInput.Landed}. */
  record Send(AppRequest callback) implements Effect {}

  /** Ask the directory; its answer comes back as {@link CallInput.Told}. */
  record Ask(Sid leg, int question, DirectoryQuestion about) implements Effect {}

  /** Come back with {@link CallInput.Woke}. */
  record Wake(Sid leg, Instant at, Alarm alarm) implements Effect {}

  /**
   * Let a party notice something; what it does comes back as {@link CallInput.Acted}.
   *
   * @param leg where the party is
   * @param address who it is: a number, or a worker's {@code client:…}
   */
  record Tell(Sid leg, String address, Cue cue) implements Effect {}

  /** Write down what happened. */
  record Note(CallEvent moment) implements Effect {}

  /** An entry of the Debugger. */
  record Raise(Alert alert) implements Effect {}
}
