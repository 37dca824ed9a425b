package dev.ringback.call;

import dev.ringback.id.Sid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the directory says. */
public sealed interface DirectoryAnswer
    permits DirectoryAnswer.Lookup,
        DirectoryAnswer.Creation,
        DirectoryAnswer.WorkerJoined,
        MeetingAnswer {

  /** Answers to {@link DirectoryQuestion.FindPair} and {@link DirectoryQuestion.FindForWorker}. */
  sealed interface Lookup extends DirectoryAnswer {}

  /** Answers to {@link DirectoryQuestion.Create}. */
  sealed interface Creation extends DirectoryAnswer {}

  /** The account has no such Conversations service. */
  record UnknownService() implements Lookup {}

  /** Something failed within Twilio. */
  record Broken(String reason) implements Lookup {}

  /** No open conversation between the two. */
  record NoConversation() implements Lookup {}

  /**
   * The conversation between the two.
   *
   * @param worker identity of its first worker; null: there is none in it
   */
  record Found(Sid conversation, @Nullable String worker) implements Lookup {}

  /**
   * The conversation between the two is as new as an earlier call that still waits for its worker;
   * this one waits with it.
   *
   * @param since when its customer came into it, from when on the wait runs
   */
  record Awaiting(Sid conversation, Instant since) implements Lookup {}

  /**
   * The conversation a worker calls from.
   *
   * @param customer its customer's number
   * @param proxyAddress the number the customer sees
   */
  record FoundForWorker(Sid conversation, String customer, String proxyAddress) implements Lookup {}

  /**
   * A worker cannot call from that conversation.
   *
   * @param reason a clause: what is wrong with it
   */
  record InvalidConversation(String reason) implements Lookup {}

  /** A new conversation with its customer; from now on the wait for a worker runs. */
  record Created(Sid conversation) implements Creation {}

  /**
   * The conversation could not be created.
   *
   * @param code of the Conversations API, such as 50416
   * @param reason a sentence
   */
  record NotCreated(int code, String reason) implements Creation {}

  /** Routing or a person added a worker to the conversation the call waits for. */
  record WorkerJoined(Sid conversation, String worker) implements DirectoryAnswer {}
}
