package dev.ringback.call.verb;

import dev.ringback.call.Alarm;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState.InSession;
import dev.ringback.call.DirectoryAnswer;
import dev.ringback.call.DirectoryQuestion;
import dev.ringback.call.Session;
import dev.ringback.call.SessionState.AwaitingWorker;
import dev.ringback.call.SessionState.Creating;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.id.ClientAddress;
import dev.ringback.twiml.Noun.Conversation;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Result;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The conversation of a session: it is looked up, or created, and then a worker is waited for
 * (page: "inboundAutocreation", "routingAssignmentTimeout").
 */
final class SessionConversation {
  private SessionConversation() {}

  static VerbStep lookedUp(StepContext context, Session session, DirectoryAnswer.Lookup answer) {
    Conversation noun = session.noun();
    return switch (answer) {
      case DirectoryAnswer.UnknownService unknown -> {
        context.raise(
            TwilioError.CONVERSATION_SERVICE_FAILURE,
            "The account has no Conversations Service %s; check serviceInstanceSid"
                .formatted(noun.serviceInstanceSid()));
        yield SessionEnd.undialled(
            context, session, Result.INTERNAL_ERROR, "the service is unknown");
      }
      case DirectoryAnswer.Broken broken -> {
        context.raise(TwilioError.CONVERSATION_SERVICE_FAILURE, broken.reason());
        yield SessionEnd.undialled(context, session, Result.INTERNAL_ERROR, broken.reason());
      }
      case DirectoryAnswer.NoConversation none -> {
        if (!noun.inboundAutocreation()) {
          yield SessionEnd.undialled(
              context,
              session,
              Result.NO_EXISTING_CONVERSATION,
              "the caller is in no conversation and inboundAutocreation is false");
        }
        Leg leg = context.leg();
        yield goesOn(
            session.in(
                new Creating(
                    context.ask(
                        new DirectoryQuestion.Create(
                            noun.serviceInstanceSid(), leg.from(), leg.to())))));
      }
      case DirectoryAnswer.Found found -> {
        context.note(new CallEvent.ConversationChosen(found.conversation(), false, found.worker()));
        if (found.worker() == null) {
          context.raise(
              TwilioError.CONVERSATION_WITHOUT_WORKER,
              "Conversation %s has no worker; add one, or delete it"
                  .formatted(found.conversation()));
          yield SessionEnd.undialled(
              context,
              session,
              context.behaviour().sessions().conversationWithoutWorker(),
              "the conversation found has no worker");
        }
        yield SessionDial.dial(
            context,
            session.about(found.conversation()),
            context.leg().from(),
            ClientAddress.of(found.worker()),
            noun.inboundTimeout());
      }
      case DirectoryAnswer.Awaiting awaiting -> {
        context.note(new CallEvent.ConversationChosen(awaiting.conversation(), false, null));
        yield goesOn(
            awaitingWorker(
                context,
                session.about(awaiting.conversation()),
                awaiting.since().plus(noun.routingAssignmentTimeout())));
      }
      case DirectoryAnswer.FoundForWorker found -> {
        context.note(new CallEvent.ConversationChosen(found.conversation(), false, null));
        yield SessionDial.dial(
            context,
            session.about(found.conversation()),
            found.proxyAddress(),
            found.customer(),
            context.behaviour().dialledLegs().outboundTimeout());
      }
      case DirectoryAnswer.InvalidConversation invalid ->
          SessionEnd.undialled(context, session, Result.INVALID_CONVERSATION, invalid.reason());
    };
  }

  static VerbStep created(StepContext context, Session session, DirectoryAnswer.Creation answer) {
    return switch (answer) {
      case DirectoryAnswer.Created made -> {
        context.note(new CallEvent.ConversationChosen(made.conversation(), true, null));
        yield goesOn(
            awaitingWorker(
                context,
                session.about(made.conversation()),
                context.now().plus(session.noun().routingAssignmentTimeout())));
      }
      case DirectoryAnswer.NotCreated refused -> {
        context.raise(
            Stream.of(TwilioError.values())
                .filter(error -> error.code() == refused.code())
                .findFirst()
                .orElse(TwilioError.CONVERSATION_SERVICE_FAILURE),
            refused.reason());
        yield SessionEnd.undialled(
            context,
            session,
            Result.FAILED_CREATE_CONVERSATION,
            "the conversation could not be created");
      }
    };
  }

  private static Session awaitingWorker(StepContext context, Session session, Instant until) {
    boolean late = until.isBefore(context.now());
    return session.in(
        new AwaitingWorker(context.wakeAt(late ? context.now() : until, Alarm.NoWorker::new)));
  }

  static VerbStep awaitingWorker(
      StepContext context, Session session, AwaitingWorker state, CallInput input) {
    if (input instanceof CallInput.Told told
        && told.answer() instanceof DirectoryAnswer.WorkerJoined joined
        && joined.conversation().equals(session.conversation())) {
      context.note(new CallEvent.WorkerAssigned(joined.conversation(), joined.worker()));
      return SessionDial.dial(
          context,
          session,
          context.leg().from(),
          ClientAddress.of(joined.worker()),
          session.noun().inboundTimeout());
    }
    if (input instanceof CallInput.Woke woke && woke.alarm().equals(state.noWorker())) {
      context.raise(
          TwilioError.CONVERSATION_WORKER_NOT_ASSIGNED,
          "No worker was added to %s within routingAssignmentTimeout=%d s; check the routing"
              .formatted(
                  session.conversation(), session.noun().routingAssignmentTimeout().toSeconds()));
      return SessionEnd.undialled(
          context, session, Result.NO_OTHER_PARTICIPANTS, "no worker was assigned in time");
    }
    return goesOn(session);
  }

  private static VerbStep goesOn(Session session) {
    return VerbStep.goesOn(new InSession(session));
  }
}
