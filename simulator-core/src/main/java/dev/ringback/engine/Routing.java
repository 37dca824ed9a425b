package dev.ringback.engine;

import dev.ringback.account.ApiError;
import dev.ringback.call.CallInput;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Directory;
import dev.ringback.conversation.Participant;
import dev.ringback.conversation.User;
import dev.ringback.engine.ChangeProcess.Outcome;
import dev.ringback.engine.WorldSettings.Worker;
import dev.ringback.frontline.RoutingCallback;
import dev.ringback.frontline.WorkerPool;
import dev.ringback.id.Sid;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Alert;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import java.util.List;
import java.util.Optional;

/**
 * How a new conversation gets its worker: from the pool, by the app's custom routing callback, or
 * not at all (docs/frontline/handle-incoming-conversations).
 */
final class Routing {
  private final WorldSettings settings;
  private final Directory directory;
  private final ChangeProcess changes;
  private final Webhooks webhooks;
  private final WaitingForWorker waiting;
  private final WorkerPool pool;

  Routing(
      WorldSettings settings,
      Directory directory,
      ChangeProcess changes,
      Webhooks webhooks,
      WaitingForWorker waiting) {
    this.settings = settings;
    this.directory = directory;
    this.changes = changes;
    this.webhooks = webhooks;
    this.waiting = waiting;
    List<String> named = settings.frontline().routing().pool();
    this.pool =
        new WorkerPool(
            named.isEmpty()
                ? settings.frontline().people().workers().stream().map(Worker::identity).toList()
                : named);
  }

  void route(LiveCall call, Sid conversation) {
    switch (settings.frontline().routing().mode()) {
      case NONE -> {}
      case POOL -> pool.next(this::isFree).ifPresent(worker -> add(call, conversation, worker));
      case CUSTOM -> askForWorker(call, conversation);
    }
  }

  private void add(LiveCall call, Sid conversation, String worker) {
    changes.make(
        call,
        directory.participantChanges().add(conversation, Participant.Draft.worker(worker)),
        Outcome.<Participant>of(added -> {}, why -> notAdded(call, worker, why)));
  }

  private static void notAdded(LiveCall call, String worker, ApiError why) {
    call.raise(
        Alert.of(
            TwilioError.CONVERSATION_SERVICE_FAILURE,
            worker + " could not be added: " + why.message(),
            null),
        null);
  }

  /** A worker of the pool that nobody configured is available. */
  private boolean isFree(String worker) {
    return user(worker)
        .map(user -> user.active() && !Boolean.FALSE.equals(user.available()))
        .orElse(true);
  }

  /** Whether calls reach that worker's device: a deactivated user is logged out. */
  boolean isActive(String worker) {
    return user(worker).map(User::active).orElse(true);
  }

  private Optional<User> user(String worker) {
    return directory.users().find(directory.services().own().sid(), worker);
  }

  private void askForWorker(LiveCall call, Sid sid) {
    String url = settings.frontline().routing().url();
    Conversation conversation = directory.conversations().find(sid).orElse(null);
    if (url == null || conversation == null) {
      return;
    }
    webhooks.send(
        call,
        new Webhooks.Notice(
            RequestKind.ROUTING,
            new Target(url, HttpMethod.POST),
            sid,
            RoutingCallback.parameters(conversation, directory.conversations().participants(sid))),
        ended -> routed(call, sid, ended));
  }

  private void routed(LiveCall call, Sid conversation, EndedRequest ended) {
    CallInput.Landed input = ended.landed();
    Landing answer = ended.answer();
    boolean answered = answer instanceof Landing.Answered a && a.successful();
    if (!answered) {
      String problem =
          answer instanceof Landing.Answered a
              ? "answered HTTP " + a.status() + ", not 200"
              : answer.problem();
      webhooks.raise(
          call,
          Alert.of(
              TwilioError.FRONTLINE_ROUTING_FAILED,
              "the custom routing callback to %s: %s; nobody was routed"
                  .formatted(input.target().shown(), problem),
              input.target().shown()),
          answer);
    } else if (settings.clock().virtual()
        && !call.over()
        && directory.conversations().workers(conversation).isEmpty()) {
      waiting.hold(conversation, settings.time().patience());
    }
  }
}
