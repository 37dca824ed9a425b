package dev.ringback.frontline;

import dev.ringback.account.Addresses;
import dev.ringback.call.DirectoryAnswer;
import dev.ringback.call.DirectoryQuestion;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Conversations;
import dev.ringback.conversation.Participant;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whom a session dials: the conversation of the two numbers, or the one a worker calls from. */
public final class SessionLookup {
  private final Conversations conversations;

  public SessionLookup(Conversations conversations) {
    this.conversations = conversations;
  }

  /**
   * The conversation between a caller and the number that was dialled.
   *
   * @param awaited whether an earlier call waits for the worker of that conversation
   */
  public DirectoryAnswer.Lookup findPair(DirectoryQuestion.FindPair find, Predicate<Sid> awaited) {
    Conversation found =
        conversations
            .withPair(find.caller(), find.called())
            .filter(c -> c.service().equals(find.service()))
            .orElse(null);
    if (found == null) {
      return new DirectoryAnswer.NoConversation();
    }
    return awaited.test(found.sid())
        ? new DirectoryAnswer.Awaiting(found.sid(), joined(found, find.caller()))
        : new DirectoryAnswer.Found(
            found.sid(), conversations.workers(found.sid()).stream().findFirst().orElse(null));
  }

  /** When that customer came into a conversation. */
  private Instant joined(Conversation conversation, String customer) {
    return conversations.participants(conversation.sid()).stream()
        .filter(p -> p.binding() != null && customer.equals(p.binding().address()))
        .map(Participant::created)
        .findFirst()
        .orElse(conversation.created());
  }

  /** The conversation a worker wants to call from, and the customer in it. */
  public DirectoryAnswer.Lookup findForWorker(DirectoryQuestion.FindForWorker find) {
    String sid = find.conversationSid();
    if (sid == null) {
      return invalid("the worker's call names no ConversationSid");
    }
    if (!Sid.isWellFormed(SidKind.CONVERSATION, sid)) {
      return invalid("'" + sid + "' is not the SID of a conversation");
    }
    Conversation conversation = conversations.find(new Sid(sid)).orElse(null);
    if (conversation == null) {
      return invalid("there is no conversation " + sid);
    }
    if (conversation.closed()) {
      return invalid("conversation " + sid + " is closed");
    }
    if (!conversation.service().equals(find.service())) {
      return invalid("conversation " + sid + " is in another service");
    }
    if (!conversations.workers(conversation.sid()).contains(find.worker())) {
      return invalid(find.worker() + " is not in conversation " + sid);
    }
    for (Participant participant : conversations.participants(conversation.sid())) {
      Participant.Binding binding = participant.binding();
      if (binding != null
          && binding.address() != null
          && binding.proxyAddress() != null
          && Addresses.isE164(binding.address())) {
        return new DirectoryAnswer.FoundForWorker(
            conversation.sid(), binding.address(), binding.proxyAddress());
      }
    }
    return invalid("conversation " + sid + " has nobody with a phone number in it");
  }

  private static DirectoryAnswer.Lookup invalid(String reason) {
    return new DirectoryAnswer.InvalidConversation(reason);
  }

  /**
   * The newest open conversation with that customer's number.
   *
   * @param worker who is in it; null: anybody
   */
  public Optional<Conversation> openWith(String customer, @Nullable String worker) {
    Conversation found = null;
    for (Participant participant :
        conversations.everywhere(
            p -> p.binding() != null && customer.equals(p.binding().address()))) {
      Conversation conversation = conversations.find(participant.conversation()).orElse(null);
      if (conversation != null
          && !conversation.closed()
          && (worker == null || conversations.workers(conversation.sid()).contains(worker))) {
        found = conversation;
      }
    }
    return Optional.ofNullable(found);
  }
}
