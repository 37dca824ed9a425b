package dev.ringback.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets a world do what its history says, in that order. Requests from outside are fulfilled again
 * by their handlers, each of which waits until it is its turn; answers of the app are those that
 * came then.
 */
final class Reliving {
  private final Past past;
  private final Inbox inbox;
  private final Steps steps;
  private final Map<Long, Deque<Inbox.Message>> submitted = new HashMap<>();
  private final Deque<Inbox.Message> own = new ArrayDeque<>();

  /** What the loop can be told to do. */
  interface Steps {
    WorldState state();

    Sendings sendings();

    /** It becomes again what it was. */
    void restore(WorldSnapshot snapshot, WorldInput.Restored restored);

    /** Does it; what goes wrong is noted, as it was then. */
    void guarded(Runnable task);
  }

  Reliving(Past past, Inbox inbox, Steps steps) {
    this.past = past;
    this.inbox = inbox;
    this.steps = steps;
  }

  /** To the end of the history. What handlers and the world itself still have to say stays. */
  void run() throws InterruptedException {
    steps.state().time.clock().stand();
    for (History.Entry entry = past.take(); entry != null; entry = past.take()) {
      History.Entry now = entry;
      steps.state().time.clock().moveTo(now.at());
      live(now);
      steps.state().time.clock().stand(); // a reset has made another one
    }
    own.forEach(inbox::putBack);
    submitted.values().forEach(messages -> messages.forEach(inbox::putBack));
  }

  private void live(History.Entry entry) throws InterruptedException {
    WorldState state = steps.state();
    switch (entry.input()) {
      case WorldInput.Began began ->
          throw new HistoryBroken("the world's time begins again without a reset");
      case WorldInput.Submitted request -> steps.guarded(turnOf(request.origin()).task());
      case WorldInput.Landed landed -> steps.guarded(() -> steps.sendings().landed(landed));
      case WorldInput.Strayed strayed -> steps.guarded(() -> steps.sendings().strayed(strayed));
      case WorldInput.Told told -> steps.guarded(ownNews().task());
      case WorldInput.Settled settled -> state.delivery.settle();
      case WorldInput.Due due -> {
        Agenda.Item item = state.time.agenda().takeDue(state.time.now());
        if (item == null) {
          throw new HistoryBroken("nothing is due at " + entry.at());
        }
        steps.guarded(item.task());
      }
      case WorldInput.Restored restored ->
          steps.restore(past.snapshots().of(restored.snapshot()), restored);
      case WorldInput.Resumed resumed -> {
        steps.sendings().tellThatTheyLeaveAgain();
        state.time.clock().resume(resumed);
      }
    }
  }

  /** What the handler of that request says next. */
  private Inbox.Message turnOf(long origin) throws InterruptedException {
    past.begin(origin);
    long end = System.nanoTime() + past.patience().toNanos();
    Deque<Inbox.Message> said = submitted.computeIfAbsent(origin, o -> new ArrayDeque<>());
    while (said.isEmpty()) {
      // Its handler may wait for what has become true meanwhile.
      inbox.keepPromises();
      long left = end - System.nanoTime();
      Inbox.Message message = left <= 0 ? null : inbox.next(left);
      if (message == null) {
        throw new HistoryBroken(
            "request %d did something then that it does not do now".formatted(origin));
      }
      sort(message);
    }
    return said.removeFirst();
  }

  private Inbox.Message ownNews() {
    for (Inbox.Message message = inbox.next();
        own.isEmpty() && message != null;
        message = own.isEmpty() ? inbox.next() : null) {
      sort(message);
    }
    Inbox.Message news = own.pollFirst();
    if (news == null) {
      throw new HistoryBroken("the world has no news for itself where it had some then");
    }
    return news;
  }

  private void sort(Inbox.Message message) {
    @Nullable WorldInput input = message.input();
    if (input instanceof WorldInput.Submitted by) {
      submitted.computeIfAbsent(by.origin(), o -> new ArrayDeque<>()).addLast(message);
    } else if (input instanceof WorldInput.Told) {
      own.addLast(message);
    } else {
      message.task().run(); // a question
    }
  }
}
