package dev.ringback.call;

import dev.ringback.call.AppRequest.Extra;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The document a call hears while it waits: asked for again whenever it has run to its end, for as
 * long as the call waits (docs/voice/twiml/enqueue and conference, "waitUrl").
 */
final class WaitingMachine {
  /** Wait documents of one call; after that it waits in silence. */
  static final int MAX_WAITS = 1_000;

  private final CallMachine calls;

  /**
   * @param calls runs the document
   */
  WaitingMachine(CallMachine calls) {
    this.calls = calls;
  }

  /** What a step of the document comes to. */
  sealed interface WaitStep {
    record Going(Waiting waiting) implements WaitStep {}

    /**
     * It has run to its end.
     *
     * @param heard whether there was anything to hear, so that it can be asked for again
     */
    record Over(boolean heard) implements WaitStep {}

    /** The document says that the call waits no longer. */
    record Left(boolean hangsUp) implements WaitStep {}
  }

  /** Asks for the document, if there is one. */
  Waiting begin(
      StepContext context, @Nullable Target document, DocumentRole part, Supplier<Extra> extra) {
    if (document == null) {
      return Waiting.NOTHING;
    }
    if (context.waits() >= MAX_WAITS) {
      context.raiseOurs(
          Level.WARNING,
          "too-many-waits: %d wait documents were fetched; the call goes on waiting in silence"
              .formatted(MAX_WAITS));
      return Waiting.NOTHING;
    }
    return new Waiting(
        new CallState.Fetching(context.request(RequestKind.WAIT, document, extra.get(), part)),
        false);
  }

  WaitStep step(StepContext context, Waiting waiting, CallInput input) {
    if (waiting.state() == null) {
      return new WaitStep.Going(waiting);
    }
    CallState next = calls.within(context, waiting.state(), input);
    return switch (next) {
      case CallState.Leaving leaving -> new WaitStep.Left(leaving.hangsUp());
      case CallState.Ready ready -> new WaitStep.Over(waiting.heard());
      case CallState.Fetching fetching ->
          new WaitStep.Going(new Waiting(fetching, waiting.heard()));
      default -> new WaitStep.Going(new Waiting(next, true));
    };
  }

  /** Twilio's own music takes no request, and an empty URL is silence. */
  static @Nullable Target document(Target base, @Nullable String url, HttpMethod method) {
    return url == null || url.isEmpty() ? null : base.resolve(url, method);
  }
}
