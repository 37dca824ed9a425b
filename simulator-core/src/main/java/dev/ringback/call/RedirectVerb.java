package dev.ringback.call;

import dev.ringback.call.AppRequest.Extra;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.VerbStep.Next.Action;
import dev.ringback.twiml.Verb;

/** {@code <Redirect>}: another document follows (docs/voice/twiml/redirect). */
final class RedirectVerb {
  private RedirectVerb() {}

  static VerbStep begin(StepContext context, Cursor cursor, Verb.Redirect verb) {
    context.starts(verb, Urls.masked(verb.url()), null);
    Target target = cursor.document().resolve(verb.url(), verb.method());
    return VerbStep.done(new Action(RequestKind.REDIRECT, target, new Extra.None()));
  }
}
