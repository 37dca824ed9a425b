package dev.ringback.engine;

import dev.ringback.account.Addresses;
import dev.ringback.account.ApiError;
import dev.ringback.call.DirectoryAnswer;
import dev.ringback.call.DirectoryQuestion;
import dev.ringback.call.MeetingQuestion;
import dev.ringback.conversation.Change;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Directory;
import dev.ringback.conversation.Participant;
import dev.ringback.engine.ChangeProcess.Outcome;
import dev.ringback.frontline.SessionLookup;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.snapshot.SerializableConsumer;
import dev.ringback.twiml.TwilioError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers what sessions ask of the account's conversations, now or when webhooks were heard. */
final class SessionDirectory {
  private final Directory directory;
  private final SessionLookup lookup;
  private final ChangeProcess changes;
  private final Routing routing;
  private final SessionLog log;
  private final ConversationWatch watch;
  private final JournalWriter journal;

  /** By call, the conversation that was made for it in the world it comes from. */
  private final Map<Sid, Sid> restored = new HashMap<>();

  SessionDirectory(
      Directory directory,
      ChangeProcess changes,
      Routing routing,
      SessionLog log,
      ConversationWatch watch,
      JournalWriter journal) {
    this.directory = directory;
    this.lookup = new SessionLookup(directory.conversations());
    this.changes = changes;
    this.routing = routing;
    this.log = log;
    this.watch = watch;
    this.journal = journal;
  }

  void ask(
      LiveCall call, DirectoryQuestion question, SerializableConsumer<DirectoryAnswer> answer) {
    switch (question) {
      case DirectoryQuestion.FindPair find ->
          answer.accept(
              isUnknown(call, find.service())
                  ? new DirectoryAnswer.UnknownService()
                  : entered(call, lookup.findPair(find, watch::isAwaited)));
      case DirectoryQuestion.FindForWorker find ->
          answer.accept(
              isUnknown(call, find.service())
                  ? new DirectoryAnswer.UnknownService()
                  : entered(call, lookup.findForWorker(find)));
      case DirectoryQuestion.Create create -> create(call, create, answer);
      case DirectoryQuestion.LogCall ended -> log.write(call, ended);
      case MeetingQuestion other ->
          throw new IllegalArgumentException("for queues and conferences: " + other);
    }
  }

  /** Without a configured service the first one named becomes the account's. */
  private boolean isUnknown(LiveCall call, Sid named) {
    if (directory.services().adopts(named)) {
      directory.adopt(named);
      journal.write(call, new Fact.ServiceAdopted(named));
    }
    return directory.services().find(named).isEmpty();
  }

  /** The call is in the conversation that was found. */
  private DirectoryAnswer entered(LiveCall call, DirectoryAnswer.Lookup answer) {
    switch (answer) {
      case DirectoryAnswer.Found found -> watch.enters(call, found.conversation());
      case DirectoryAnswer.Awaiting awaiting -> watch.enters(call, awaiting.conversation());
      case DirectoryAnswer.FoundForWorker found -> watch.enters(call, found.conversation());
      case DirectoryAnswer.UnknownService none -> {}
      case DirectoryAnswer.Broken none -> {}
      case DirectoryAnswer.NoConversation none -> {}
      case DirectoryAnswer.InvalidConversation none -> {}
    }
    return answer;
  }

  // New conversations

  private void create(
      LiveCall call,
      DirectoryQuestion.Create create,
      SerializableConsumer<DirectoryAnswer> answer) {
    Sid made = restored.remove(call.callSid());
    if (made != null) {
      created(call, made, answer);
      return;
    }
    if (!Addresses.isE164(create.caller())) {
      answer.accept(
          new DirectoryAnswer.NotCreated(
              TwilioError.CONVERSATION_INVALID_ADDRESS.code(),
              "Invalid messaging binding address: the caller '%s' is not an E.164 number"
                  .formatted(create.caller())));
      return;
    }
    Change<Conversation> change;
    try {
      change =
          directory
              .conversationChanges()
              .create(create.service(), Conversation.Draft.EMPTY, create.caller(), create.called());
    } catch (ApiError refusal) {
      answer.accept(notCreated(refusal));
      return;
    }
    changes.make(
        call,
        change,
        Outcome.<Conversation>of(
            conversation -> addCustomer(call, create, conversation.sid(), answer),
            why -> answer.accept(notCreated(why))));
  }

  private static DirectoryAnswer notCreated(ApiError why) {
    return new DirectoryAnswer.NotCreated(why.code(), why.message());
  }

  private void addCustomer(
      LiveCall call,
      DirectoryQuestion.Create create,
      Sid conversation,
      SerializableConsumer<DirectoryAnswer> answer) {
    watch.enters(call, conversation);
    Participant.Draft customer = Participant.Draft.customer(create.caller(), create.called());
    changes.make(
        call,
        directory.participantChanges().add(conversation, customer),
        Outcome.<Participant>of(
            added -> {
              journal.write(
                  call,
                  new Fact.ConversationCreated(
                      conversation, create.service(), create.caller(), create.called()));
              created(call, conversation, answer);
            },
            why -> answer.accept(notCreated(why))));
  }

  private void created(
      LiveCall call, Sid conversation, SerializableConsumer<DirectoryAnswer> answer) {
    answer.accept(new DirectoryAnswer.Created(conversation));
    List<String> there = directory.conversations().workers(conversation);
    if (!there.isEmpty()) {
      watch.workerJoined(conversation, there.getFirst()); // while webhooks were heard
    } else if (!call.call.facts().leg().ended()) {
      routing.route(call, conversation);
    }
  }

  /** The call comes from another world, in which that conversation was made for it. */
  void restore(Sid call, Sid conversation) {
    restored.put(call, conversation);
  }
}
