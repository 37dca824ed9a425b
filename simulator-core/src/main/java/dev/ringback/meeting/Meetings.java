package dev.ringback.meeting;

import dev.ringback.call.MeetingQuestion;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.snapshot.SerializableFunction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the calls of an account meet: its conferences and its queues. Calls ask by effect and hear
 * the answers as inputs, asked or not; the REST API looks and commands.
 */
public final class Meetings {
  private final Conferences conferences;
  private final Queues queues;

  /**
   * @param sids makes identifiers
   */
  public Meetings(Sid account, SerializableFunction<SidKind, Sid> sids) {
    this.conferences = new Conferences(account, sids);
    this.queues = new Queues(sids);
  }

  /**
   * @param number of the question, which its answer bears
   */
  public MeetingReply ask(Sid call, int number, MeetingQuestion question, Instant now) {
    MeetingReply reply = MeetingReply.none();
    switch (question) {
      case MeetingQuestion.Join join -> conferences.join(call, number, join, now, reply);
      case MeetingQuestion.Enqueue enqueue -> queues.enqueue(call, number, enqueue, now, reply);
      case MeetingQuestion.HowLong how -> queues.howLong(call, number, how.queue(), now, reply);
      case MeetingQuestion.TakeOut take -> queues.takeOut(call, number, take, now, reply);
      case MeetingQuestion.Screened screened -> queues.bridge(call, now, reply);
      case MeetingQuestion.Say say -> {
        conferences.say(call, say, reply);
        queues.say(call, say, reply);
      }
      case MeetingQuestion.Leave leave -> leave(call, now, reply);
    }
    return reply;
  }

  /** A call is over, and in no conference and no queue any more. */
  public MeetingReply gone(Sid call, Instant now) {
    MeetingReply reply = MeetingReply.none();
    leave(call, now, reply);
    return reply;
  }

  private void leave(Sid call, Instant now, MeetingReply reply) {
    conferences.leave(call, now, reply);
    queues.leave(call, now, reply);
  }

  // What the REST API sees and does

  /** The newest last, those that are over among them. */
  public List<ConferenceView> conferences() {
    return conferences.all();
  }

  /** Ends a conference; nothing happens to one that is over. */
  public MeetingReply endConference(Sid conference, Instant now) {
    return conferences.end(conference, now);
  }

  /** Takes a call out of a conference; nothing happens when the call is not in it. */
  public MeetingReply kick(Sid conference, Sid call, Instant now) {
    return conferences.kick(conference, call, now);
  }

  /** The newest last. */
  public List<QueueView> queues() {
    return queues.all();
  }

  /**
   * Makes a queue, or changes one.
   *
   * @param sid null: of a new one
   */
  public QueueView configureQueue(@Nullable Sid sid, String name, int maxSize, Instant now) {
    return queues.configure(sid, name, maxSize, now);
  }

  /** Takes away a queue in which no call is. */
  public void removeQueue(Sid queue) {
    queues.remove(queue);
  }

  /** Whether no call waits in the queue, or for one that will. */
  public boolean isQueueEmpty(Sid queue) {
    return queues.isEmpty(queue);
  }
}
