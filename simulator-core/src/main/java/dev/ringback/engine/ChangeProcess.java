package dev.ringback.engine;

import dev.ringback.account.ApiError;
import dev.ringback.account.JsonText;
import dev.ringback.conversation.Change;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Event;
import dev.ringback.conversation.EventType;
import dev.ringback.conversation.Message;
import dev.ringback.conversation.Participant;
import dev.ringback.snapshot.SerializableConsumer;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes changes of the conversations: the pre-webhooks are asked, the change is made, the
 * post-webhooks are told, timers are set, and calls hear of it (docs/conversations/
 * conversations-webhooks).
 */
final class ChangeProcess {
  private final ConversationEvents events;
  private final JsonText json;
  private final WorldTime time;
  private final Webhooks webhooks;
  private final ConversationWatch watch;

  ChangeProcess(
      ConversationEvents events,
      JsonText json,
      WorldTime time,
      Webhooks webhooks,
      ConversationWatch watch) {
    this.events = events;
    this.json = json;
    this.time = time;
    this.webhooks = webhooks;
    this.watch = watch;
  }

  /** How a change ends. */
  interface Outcome<T> extends Serializable {
    void made(T result);

    void refused(ApiError why);

    static <T> Outcome<T> of(
        SerializableConsumer<? super T> made, SerializableConsumer<ApiError> refused) {
      return new Outcome<>() {
        @Override
        public void made(T result) {
          made.accept(result);
        }

        @Override
        public void refused(ApiError why) {
          refused.accept(why);
        }
      };
    }
  }

  /** Makes a change, with its webhooks. */
  <T> void make(Requester by, Change<T> change, Outcome<? super T> outcome) {
    Event before = change.before();
    List<Target> asked = before == null ? List.of() : events.askedBefore(before);
    if (before == null || asked.isEmpty()) {
      apply(by, change, Map.of(), outcome);
    } else {
      new Asking<T>(by, change, before, asked, outcome).ask(0);
    }
  }

  /** Makes a change of which no webhook hears. */
  <T> void makeSilently(Requester by, Change<T> change, Outcome<? super T> outcome) {
    finish(by, change, Map.of(), false, outcome);
  }

  /** Makes a change about which no pre-webhook is asked. */
  <T> void makeUnasked(Requester by, Change<T> change, Outcome<? super T> outcome) {
    apply(by, change, Map.of(), outcome);
  }

  /** A change on its way through the pre-webhooks. */
  private final class Asking<T> {
    private final Requester by;
    private final Change<T> change;
    private final Event before;
    private final List<Target> asked;
    private final Outcome<? super T> outcome;
    private final Map<String, String> answers = new HashMap<>();

    Asking(
        Requester by,
        Change<T> change,
        Event before,
        List<Target> asked,
        Outcome<? super T> outcome) {
      this.by = by;
      this.change = change;
      this.before = before;
      this.asked = asked;
      this.outcome = outcome;
    }

    void ask(int next) {
      if (next == asked.size()) {
        apply(by, change, answers, outcome);
        return;
      }
      webhooks.send(
          by,
          RequestKind.PRE_WEBHOOK,
          asked.get(next),
          before,
          ended -> {
            switch (ended.answer()) {
              case Landing.Answered answered when answered.status() >= 400 ->
                  outcome.refused(refusal(answered));
              case Landing.Answered answered -> {
                if (answered.successful()) {
                  Map<String, String> said = new HashMap<>(json.members(answered.body()));
                  String attributes = said.get("attributes");
                  if (attributes != null && !json.isJson(attributes)) {
                    said.remove("attributes");
                    webhooks.complain(by, ended, "its attributes are no JSON, so they stay");
                  }
                  answers.putAll(said);
                }
                ask(next + 1);
              }
              case Landing.Failed failed -> {
                webhooks.complain(by, ended, failed.cause() + "; it happens unchanged");
                ask(next + 1);
              }
            }
          });
    }

    private ApiError refusal(Landing.Answered answered) {
      return new ApiError(
          400,
          TwilioError.CONVERSATIONS_WEBHOOK_FAILED.code(),
          "the pre-webhook %s answered HTTP %d, so it did not happen"
              .formatted(before.type().wireName(), answered.status()));
    }
  }

  private <T> void apply(
      Requester by, Change<T> change, Map<String, String> answers, Outcome<? super T> outcome) {
    finish(by, change, answers, true, outcome);
  }

  private <T> void finish(
      Requester by,
      Change<T> change,
      Map<String, String> answers,
      boolean told,
      Outcome<? super T> outcome) {
    T result;
    try {
      result = change.apply(answers, time.now());
    } catch (ApiError refusal) {
      events.clear();
      outcome.refused(refusal);
      return;
    }
    List<Event> happened = events.take();
    for (Event event : happened) {
      if (told) {
        events.toldAfter(event).forEach(target -> webhooks.tell(by, target, event));
      }
      watch.setTimers(event);
    }
    outcome.made(result);
    if (result instanceof Conversation newest) {
      watch.forgetOldest(newest.sid());
    } else if (result instanceof Message newest) {
      watch.forgetOldest(newest.conversation());
    } else if (result instanceof Participant newest) {
      watch.forgetOldest(newest.conversation());
    }
    for (Event event : happened) {
      if (event.type() == EventType.ON_PARTICIPANT_ADDED) {
        watch.participantAdded(by, event);
      }
      if (event.type() == EventType.ON_CONVERSATION_REMOVED) {
        watch.conversationRemoved(event);
      }
    }
  }
}
