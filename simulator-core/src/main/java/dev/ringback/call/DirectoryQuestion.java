package dev.ringback.call;

import dev.ringback.id.Sid;
import org.jspecify.annotations.Nullable;

/** What a call asks the directory of its account. */
public sealed interface DirectoryQuestion
    permits DirectoryQuestion.FindPair,
        DirectoryQuestion.FindForWorker,
        DirectoryQuestion.Create,
        DirectoryQuestion.LogCall,
        MeetingQuestion {

  /** The conversation between a caller and the number that was dialled. */
  record FindPair(Sid service, String caller, String called) implements DirectoryQuestion {}

  /** The conversation a worker wants to call from. */
  record FindForWorker(Sid service, String worker, @Nullable String conversationSid)
      implements DirectoryQuestion {}

  /**
   * The session of an answered call is over; its conversation is to know. There is no answer.
   *
   * @param seconds the two were connected
   * @param inbound whether the customer called
   */
  record LogCall(Sid conversation, long seconds, boolean inbound) implements DirectoryQuestion {}

  /** A new conversation with the caller in it, and routing; a worker may join later. */
  record Create(Sid service, String caller, String called) implements DirectoryQuestion {}
}
