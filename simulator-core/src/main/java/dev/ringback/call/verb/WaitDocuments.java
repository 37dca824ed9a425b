package dev.ringback.call.verb;

import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.StepContext;
import dev.ringback.call.WaitDocument;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The documents that calls hear while they wait: each is asked for again whenever it has run to its
 * end, for as long as the call waits (docs/voice/twiml/enqueue and conference, "waitUrl").
 */
public final class WaitDocuments {
  /** Wait documents of one call; after that it waits in silence. */
  public static final int MAX_WAITS = 1_000;

  private final NestedDocuments documents;

  public WaitDocuments(NestedDocuments documents) {
    this.documents = documents;
  }

  /** Asks for the document, if there is one. */
  WaitDocument begin(
      StepContext context, @Nullable Target document, DocumentRole role, Supplier<Extra> extra) {
    if (document == null) {
      return WaitDocument.NONE;
    }
    if (context.waits() >= MAX_WAITS) {
      context.raiseOurs(
          Level.WARNING,
          "too-many-waits: %d wait documents were fetched; the call goes on waiting in silence"
              .formatted(MAX_WAITS));
      return WaitDocument.NONE;
    }
    return new WaitDocument(
        new CallState.Fetching(context.request(RequestKind.WAIT, document, extra.get(), role)),
        false);
  }

  WaitDocument step(StepContext context, WaitDocument document, CallInput input) {
    if (document.state() == null) {
      return document;
    }
    CallState next = documents.step(context, document.state(), input);
    boolean silent =
        next instanceof CallState.Fetching
            || next instanceof CallState.Ready
            || next instanceof CallState.Leaving;
    return new WaitDocument(next, document.heard() || !silent);
  }

  /** Twilio's own music takes no request, and an empty URL is silence. */
  static @Nullable Target document(Target base, @Nullable String url, HttpMethod method) {
    return url == null || url.isEmpty() ? null : base.resolve(url, method);
  }
}
