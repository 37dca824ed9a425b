package dev.ringback.call.verb;

import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.call.VerbStep.Next.Action;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import dev.ringback.voice.Urls;

/** {@code <Redirect>}: another document follows (docs/voice/twiml/redirect). */
public final class RedirectVerb {
  private RedirectVerb() {}

  public static VerbStep begin(StepContext context, Cursor cursor, Verb.Redirect verb) {
    context.starts(verb, Urls.masked(verb.url()), null);
    Target target = cursor.document().resolve(verb.url(), verb.method());
    return VerbStep.done(new Action(RequestKind.REDIRECT, target, new Extra.None()));
  }
}
