package dev.ringback.call.verb;

import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.CallState.InQueue;
import dev.ringback.call.Enqueued;
import dev.ringback.call.Enqueued.Phase.Asking;
import dev.ringback.call.Enqueued.Phase.Bridged;
import dev.ringback.call.Enqueued.Phase.TakenOut;
import dev.ringback.call.Enqueued.Phase.Waiting;
import dev.ringback.call.MeetingAnswer;
import dev.ringback.call.MeetingQuestion;
import dev.ringback.call.Recorder;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.call.WaitDocument;
import dev.ringback.id.Sid;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Cue;
import dev.ringback.voice.QueuePlace;
import dev.ringback.voice.QueueResult;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Sound.Voice;
import org.jspecify.annotations.Nullable;

/**
 * {@code <Enqueue>}: the call waits in a queue until another takes it out, and the two are
 * connected (docs/voice/twiml/enqueue). The account knows which call waits in which queue.
 */
public final class EnqueueVerb {
  private final WaitDocuments waits;

  public EnqueueVerb(WaitDocuments waits) {
    this.waits = waits;
  }

  public VerbStep begin(StepContext context, Cursor cursor, Verb.Enqueue verb) {
    context.starts(verb, verb.queue(), null);
    context.answer();
    int question = context.ask(new MeetingQuestion.Enqueue(verb.queue(), verb.maxQueueSize()));
    return VerbStep.goesOn(
        new InQueue(cursor, verb, new Enqueued(context.now(), new Asking(question))));
  }

  public VerbStep step(StepContext context, InQueue state, CallInput input) {
    Enqueued enqueued = state.enqueued();
    if (input.leaves(context.leg())) {
      context.inform(new MeetingQuestion.Leave());
      return over(context, state, enqueued.queue(), resultOfLeft(context, enqueued), input);
    }
    if (input instanceof CallInput.Told told && told.answer() instanceof MeetingAnswer answer) {
      return told(context, state, told.question(), answer);
    }
    return switch (enqueued.phase()) {
      case Asking asking -> goesOn(state, asking);
      case Waiting waiting -> {
        WaitDocument document = waits.step(context, waiting.document(), input);
        if (document.leaving() != null) {
          yield leaves(context, state, document.leaving());
        }
        yield document.ranOut()
            ? ranOut(context, state, waiting, document.heard())
            : goesOn(state, new Waiting(waiting.queue(), waiting.question(), document));
      }
      case TakenOut out -> {
        WaitDocument document = waits.step(context, out.document(), input);
        if (document.leaving() != null) {
          yield leaves(context, state, document.leaving());
        }
        yield document.ranOut()
            ? screened(context, state, out)
            : goesOn(state, new TakenOut(out.queue(), out.dequeuing(), out.waited(), document));
      }
      case Bridged bridged -> {
        context.tellOthers(input);
        yield goesOn(state, bridged);
      }
    };
  }

  /** The document of {@code waitUrl} is over: it is asked for again, or there is silence. */
  private static VerbStep ranOut(
      StepContext context, InQueue state, Waiting waiting, boolean anythingHeard) {
    int question =
        anythingHeard
            ? context.ask(new MeetingQuestion.HowLong(waiting.queue()))
            : waiting.question();
    return goesOn(state, new Waiting(waiting.queue(), question, WaitDocument.NONE));
  }

  /** The document of {@code <Queue url>} is over: the two can be connected. */
  private static VerbStep screened(StepContext context, InQueue state, TakenOut out) {
    context.inform(new MeetingQuestion.Screened());
    return goesOn(
        state, new TakenOut(out.queue(), out.dequeuing(), out.waited(), WaitDocument.NONE));
  }

  /** A document heard while the call waits says that it waits no longer. */
  private static VerbStep leaves(StepContext context, InQueue state, CallState.Leaving leaving) {
    context.inform(new MeetingQuestion.Leave());
    Enqueued enqueued = state.enqueued();
    if (!leaving.hangsUp()) {
      return over(context, state, enqueued.queue(), QueueResult.LEAVE, null);
    }
    return new VerbStep.Done(
        new VerbStep.Next.HangUp(
            CallStatus.COMPLETED,
            "<Hangup> while it waited",
            action(context, state, enqueued.queue(), resultOfLeft(context, enqueued))));
  }

  private VerbStep told(StepContext context, InQueue state, int question, MeetingAnswer answer) {
    Enqueued.Phase phase = state.enqueued().phase();
    return switch (answer) {
      case MeetingAnswer.InLine line -> inLine(context, state, question, line.place());
      case MeetingAnswer.QueueFull full ->
          phase instanceof Asking asking && asking.question() == question
              ? over(context, state, full.queue(), QueueResult.QUEUE_FULL, null)
              : goesOn(state, phase);
      case MeetingAnswer.TakenOut out ->
          phase instanceof Asking || phase instanceof Waiting
              ? takenOut(context, state, out)
              : goesOn(state, phase);
      case MeetingAnswer.Bridged bridged -> bridged(context, state, bridged);
      case MeetingAnswer.Said said -> {
        Recorder.heard(context, Voice.CALLED, said.act());
        yield goesOn(state, phase);
      }
      case MeetingAnswer.Parted parted -> parted(context, state, parted.other());
      case MeetingAnswer.OfConference other -> goesOn(state, phase);
      case MeetingAnswer.ToDequeuing other -> goesOn(state, phase);
    };
  }

  private VerbStep inLine(StepContext context, InQueue state, int question, QueuePlace place) {
    Enqueued.Phase phase = state.enqueued().phase();
    boolean first = phase instanceof Asking asking && asking.question() == question;
    boolean again = phase instanceof Waiting waiting && waiting.question() == question;
    if (!first && !again) {
      return goesOn(state, phase);
    }
    if (first) {
      note(context, place.queue(), "waits at place " + place.position());
    }
    WaitDocument document =
        waits.begin(
            context,
            WaitDocuments.document(
                state.cursor().document(), state.verb().waitUrl(), state.verb().waitUrlMethod()),
            DocumentRole.QUEUE,
            () -> new Extra.Waiting(place, null));
    return goesOn(state, new Waiting(place.queue(), question, document));
  }

  private VerbStep takenOut(StepContext context, InQueue state, MeetingAnswer.TakenOut taken) {
    Recorder.hush(context, true);
    QueuePlace place = taken.place();
    note(context, place.queue(), "is taken out by call " + taken.dequeuing());
    WaitDocument screen =
        waits.begin(
            context,
            taken.screen(),
            DocumentRole.QUEUE,
            () -> new Extra.Waiting(place, taken.dequeuing()));
    TakenOut out = new TakenOut(place.queue(), taken.dequeuing(), place.seconds(), screen);
    return screen.state() == null ? screened(context, state, out) : goesOn(state, out);
  }

  private static VerbStep bridged(
      StepContext context, InQueue state, MeetingAnswer.Bridged answer) {
    if (!(state.enqueued().phase() instanceof TakenOut out)
        || !answer.other().equals(out.dequeuing())) {
      return goesOn(state, state.enqueued().phase());
    }
    note(context, answer.queue(), "is connected with call " + answer.other());
    context.tellOwnParty(new Cue.Connected());
    return goesOn(state, new Bridged(out.queue(), out.dequeuing(), out.waited()));
  }

  private static VerbStep parted(StepContext context, InQueue state, Sid other) {
    Enqueued.Phase phase = state.enqueued().phase();
    if (phase instanceof TakenOut out && out.dequeuing().equals(other)) {
      return over(context, state, out.queue(), QueueResult.BRIDGING_IN_PROCESS, null);
    }
    return phase instanceof Bridged bridged && bridged.dequeuing().equals(other)
        ? over(context, state, bridged.queue(), QueueResult.BRIDGED, null)
        : goesOn(state, phase);
  }

  // The end

  /**
   * @param goneBy by which the caller left the line; null: the call goes on
   */
  private static VerbStep over(
      StepContext context,
      InQueue state,
      @Nullable Sid queue,
      QueueResult result,
      @Nullable CallInput goneBy) {
    Recorder.hush(context, true);
    if (queue != null) {
      note(context, queue, "leaves: " + result.wireName());
    }
    VerbStep.Next.@Nullable Action action = action(context, state, queue, result);
    return goneBy == null ? VerbStep.done(action) : VerbStep.left(context, goneBy, action);
  }

  private static VerbStep.Next.@Nullable Action action(
      StepContext context, InQueue state, @Nullable Sid queue, QueueResult result) {
    return state.verb().action() == null
        ? null
        : new VerbStep.Next.Action(
            RequestKind.ENQUEUE,
            state.cursor().target(state.verb().action(), state.verb().method()),
            new Extra.Queued(result, queue, state.enqueued().waited(context.now())));
  }

  /** The API sends the call elsewhere, or its party leaves. */
  private static QueueResult resultOfLeft(StepContext context, Enqueued enqueued) {
    if (context.isTearingDown()) {
      return enqueued.bridged() ? QueueResult.REDIRECTED_FROM_BRIDGED : QueueResult.REDIRECTED;
    }
    return enqueued.bridged() ? QueueResult.BRIDGED : QueueResult.HANGUP;
  }

  private static void note(StepContext context, Sid queue, String what) {
    context.note(new CallEvent.MeetingChanged(context.leg().sid(), queue, what));
  }

  private static VerbStep goesOn(InQueue state, Enqueued.Phase phase) {
    return VerbStep.goesOn(new InQueue(state.cursor(), state.verb(), state.enqueued().in(phase)));
  }
}
