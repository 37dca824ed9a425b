package dev.ringback.engine;

import dev.ringback.callback.WebRequest;
import dev.ringback.voice.Landing;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What a world sends over its wire, numbered, so that answers that were written down find what they
 * answer. While a world is lived again nothing leaves: what nobody answered leaves at its end.
 */
final class Sendings {
  private final Wire wire;
  private final Inbox inbox;
  private final LoopWatch watch;
  private final Map<Long, Waiting> unanswered = new LinkedHashMap<>();
  private boolean reliving;
  private long sent;

  /** Is told before a request leaves once more: the how manieth time that is. */
  interface Again extends IntConsumer, Serializable {}

  /** A request that nobody has answered. */
  static final class Waiting {
    final WebRequest request;
    final Wire.Receiver receiver;
    final Again again;
    int repeats;

    Waiting(WebRequest request, Wire.Receiver receiver, Again again) {
      this.request = request;
      this.receiver = receiver;
      this.again = again;
    }
  }

  Sendings(Wire wire, Inbox inbox, LoopWatch watch) {
    this.wire = wire;
    this.inbox = inbox;
    this.watch = watch;
  }

  /** Until {@link #leave} nothing leaves. */
  void relive() {
    reliving = true;
  }

  /**
   * Sends a request.
   *
   * @param receiver hears of it on the loop
   * @param again is told before it leaves once more, because the world had stopped meanwhile: the
   *     how manieth time that is
   */
  void send(WebRequest request, Wire.Receiver receiver, Again again) {
    long number = ++sent;
    Waiting waiting = new Waiting(request, receiver, again);
    unanswered.put(number, waiting);
    if (!reliving) {
      leave(number, waiting);
    }
  }

  private void leave(long number, Waiting waiting) {
    wire.send(
        waiting.request,
        new Wire.Receiver() {
          @Override
          public void landed(Landing landing, Duration wallTime) {
            WorldInput.Landed input = new WorldInput.Landed(number, landing, wallTime);
            inbox.post(input, () -> Sendings.this.landed(input));
          }

          @Override
          public void strayed(String host) {
            WorldInput.Strayed input = new WorldInput.Strayed(number, host);
            inbox.post(input, () -> Sendings.this.strayed(input));
          }
        });
  }

  /** What nobody has answered, and how many were sent, as a snapshot has them. */
  record Kept(Map<Long, Waiting> unanswered, long sent) {}

  Kept kept() {
    return new Kept(unanswered, sent);
  }

  /** The past of these goes on here: their answers will name them by their numbers. */
  void goOnWith(Kept kept) {
    unanswered.clear();
    unanswered.putAll(kept.unanswered());
    sent = kept.sent();
  }

  /** They are here once more: answers to those of before are not meant for them. */
  void restore(Kept kept) {
    unanswered.clear();
    kept.unanswered().values().forEach(waiting -> unanswered.put(++sent, waiting));
  }

  boolean isReliving() {
    return reliving;
  }

  /** An answer has come. */
  void landed(WorldInput.Landed input) {
    Waiting waiting = unanswered.remove(input.sending());
    if (waiting != null) {
      watch.answered(waiting.request, input.landing(), input.wallTime());
      waiting.receiver.landed(input.landing(), input.wallTime());
    }
  }

  void strayed(WorldInput.Strayed input) {
    Waiting waiting = unanswered.get(input.sending());
    if (waiting != null) {
      waiting.receiver.strayed(input.host());
    }
  }

  /** The world goes on: those that nobody answered are told that they leave once more. */
  void tellThatTheyLeaveAgain() {
    List.copyOf(unanswered.values()).forEach(waiting -> waiting.again.accept(++waiting.repeats));
  }

  /** From now on what is sent leaves, first what nobody has answered yet. */
  void leave() {
    reliving = false;
    new ArrayList<>(unanswered.entrySet())
        .forEach(waiting -> leave(waiting.getKey(), waiting.getValue()));
  }

  /** Nothing of it will be heard of again. */
  void abandon() {
    unanswered.clear();
    wire.abandon();
  }
}
