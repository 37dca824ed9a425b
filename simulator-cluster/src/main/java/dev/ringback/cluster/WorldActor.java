package dev.ringback.cluster;

import dev.ringback.cluster.ActorLedger.Item;
import dev.ringback.cluster.WorldEvents.Event;
import dev.ringback.engine.HistoryBroken;
import dev.ringback.engine.World;
import dev.ringback.state.Build;
import dev.ringback.state.DamagedState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.Recovery;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.apache.pekko.persistence.SaveSnapshotFailure;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SnapshotOffer;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.jspecify.annotations.Nullable;

/**
 * A world of the cluster, on the node that it is on: persists what the world has to keep, and lets
 * it live again where it comes next. The world itself has a loop of its own.
 */
final class WorldActor extends AbstractPersistentActor {
  /** Events between two starts that are kept nevertheless: another build needs the first ones. */
  private static final long MOST_HISTORY = 256L * 1024 * 1024;

  private final String account;
  private final WorldHome home;
  private final ActorLedger ledger;
  private @Nullable String settings;

  /** Of its past, until it lives again. */
  private List<String> lines = new ArrayList<>();

  private ActorLedger.@Nullable Kept start;
  private State state = State.EMPTY;
  private String why = "";
  private long history;
  private boolean ending;
  private boolean savesStart;

  /** It is no more, and what it has begun is to end. */
  private volatile boolean stopped;

  private enum State {
    /** There is no such world. */
    EMPTY,
    /** It lives its past again. */
    STARTING,
    RUNNING,
    /** It cannot go on. */
    BROKEN
  }

  // What it tells itself

  private enum Own {
    /** Something waits to be kept. */
    KEEP,
    STARTED,
    /** The world has stopped here; what waits is the last. */
    STOPPED
  }

  private record Broken(String why) {}

  WorldActor(WorldHome home) {
    this.account = getSelf().path().name();
    this.home = home;
    ActorRef self = getSelf();
    this.ledger = new ActorLedger(() -> self.tell(Own.KEEP, ActorRef.noSender()));
  }

  @Override
  public String persistenceId() {
    return "world-" + account;
  }

  // The past

  /** Snapshots of other builds are passed over: the events alone tell the same. */
  @Override
  public Recovery recovery() {
    return home.passesOverSnapshots(account)
        ? Recovery.create(SnapshotSelectionCriteria.none())
        : Recovery.create();
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(SnapshotOffer.class, offer -> goOnFrom((byte[]) offer.snapshot()))
        .match(String.class, event -> take(WorldEvents.read(event)))
        .match(RecoveryCompleted.class, done -> recovered())
        .build();
  }

  private void goOnFrom(byte[] snapshot) {
    WorldEvents.Start from = WorldEvents.readStart(snapshot);
    if (!from.start().what().build().equals(Build.name())) {
      home.passOverSnapshots(account);
      throw new IllegalStateException("the snapshot is another build's; from the beginning, then");
    }
    settings = from.settings();
    start = from.start();
    from.named().forEach(ledger::has);
  }

  private void take(Event event) {
    switch (event) {
      case Event.Begun begun -> {
        forgetPast(); // of another of that account, which is gone
        settings = begun.settings();
      }
      case Event.Lines more -> lines.addAll(more.lines());
      case Event.Named named -> ledger.has(named.kept());
      case Event.Unnamed unnamed -> ledger.forget(unnamed.name());
      case Event.Ended ended -> forgetPast();
    }
  }

  private void forgetPast() {
    settings = null;
    lines.clear();
    start = null;
    ledger.forgetSnapshots();
  }

  private void recovered() {
    if (settings != null) {
      live();
    }
  }

  /** On another thread: requests of its past come in as others do. */
  private void live() {
    state = State.STARTING;
    ActorRef self = getSelf();
    List<String> past = lines;
    lines = new ArrayList<>();
    String with = String.valueOf(settings);
    ActorLedger.Kept from = start;
    Thread.ofPlatform()
        .daemon()
        .name("start-" + account)
        .start(() -> {
          try {
            World lives = home.live(with, ledger, from, past);
            if (stopped) { // it came too late: another node has it, or will have
              home.left(lives);
            }
            self.tell(Own.STARTED, ActorRef.noSender());
          } catch (HistoryBroken | DamagedState e) {
            self.tell(
                new Broken(
                    "it cannot be brought back by this build of Ringback: " + e.getMessage()),
                ActorRef.noSender());
          } catch (RuntimeException e) {
            self.tell(new Broken("it cannot be started: " + e), ActorRef.noSender());
          }
        });
  }

  // Now

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(String.class, text -> answer(Question.read(text)))
        .matchEquals(Own.KEEP, keep -> keep())
        .matchEquals(Own.STARTED, started -> become(State.RUNNING, ""))
        .match(Broken.class, broken -> become(State.BROKEN, broken.why()))
        .matchEquals(Own.STOPPED, stopped -> keep())
        .match(SaveSnapshotSuccess.class, saved -> saved(saved.metadata().sequenceNr()))
        .match(SaveSnapshotFailure.class, failed -> savedNothing())
        .build();
  }

  private void become(State next, String reason) {
    state = next;
    why = reason;
    if (next == State.BROKEN) {
      System.err.println("ringback: the account " + account + ": " + reason);
    }
    unstashAll();
    if (ending) {
      leave();
    }
  }

  private void answer(Question question) {
    if (state == State.STARTING && question.what() != Question.What.LEAVE) {
      stash();
      return;
    }
    switch (question.what()) {
      case LOCATE -> {
        reply(where());
        if (state == State.EMPTY) {
          passivate();
        }
      }
      case CREATE -> create(question);
      case DELETE -> delete();
      case LEAVE -> {
        ending = true;
        if (state != State.STARTING) {
          leave();
        }
      }
    }
  }

  private String where() {
    return switch (state) {
      case EMPTY, STARTING -> Answer.NONE;
      case RUNNING -> Answer.at(home.url());
      case BROKEN -> Answer.broken(why);
    };
  }

  private void reply(String answer) {
    getSender().tell(answer, getSelf());
  }

  private void create(Question question) {
    if (state != State.EMPTY) {
      reply(Answer.EXISTS);
      return;
    }
    persist(
        WorldEvents.write(new Event.Begun(question.settings())),
        event -> {
          settings = question.settings();
          reply(Answer.CREATED);
          live();
        });
  }

  private void delete() {
    if (state == State.EMPTY) {
      reply(Answer.NONE);
      return;
    }
    persist(
        WorldEvents.write(new Event.Ended()),
        event -> {
          home.left(account);
          state = State.EMPTY;
          forgetPast();
          reply(Answer.DELETED);
          deleteMessages(lastSequenceNr() - 1);
          deleteSnapshots(SnapshotSelectionCriteria.latest());
          passivate();
        });
  }

  /** Nobody has to remember it any more. */
  private void passivate() {
    getContext().getParent().tell(new ShardRegion.Passivate(PoisonPill.getInstance()), getSelf());
  }

  // Keeping

  /** All that waits, up to a start; what a world still says that is gone is nobody's. */
  private void keep() {
    if (state == State.EMPTY) {
      ledger.drop();
    }
    List<Item> items = ledger.take();
    if (items.isEmpty()) {
      if (ending && state != State.STARTING && !savesStart) {
        getContext().stop(getSelf());
      }
      return;
    }
    Deque<Integer> counts = new ArrayDeque<>();
    List<String> events = new ArrayList<>();
    List<String> more = new ArrayList<>();
    for (Item item : items) {
      switch (item) {
        case Item.OfHistory line -> more.add(line.line());
        case Item.Named named -> {
          flush(more, events, counts);
          ActorLedger.Kept kept = ActorLedger.Kept.of(named.what(), named.snapshot());
          ledger.has(kept);
          events.add(WorldEvents.write(new Event.Named(kept)));
          counts.add(1);
        }
        case Item.Unnamed unnamed -> {
          flush(more, events, counts);
          ledger.forget(unnamed.name());
          events.add(WorldEvents.write(new Event.Unnamed(unnamed.name())));
          counts.add(1);
        }
        case Item.Start taken -> flush(more, events, counts);
      }
    }
    flush(more, events, counts);
    persistAll(
        events,
        event -> {
          history += event.length();
          ledger.durability().kept(counts.removeFirst());
        });
    // When all of them are persisted.
    deferAsync(
        "kept",
        done -> {
          if (items.getLast() instanceof Item.Start taken) {
            save(taken);
          }
          getSelf().tell(Own.KEEP, getSelf());
        });
  }

  /** All lines that come together are an event. */
  private static void flush(List<String> lines, List<String> events, Deque<Integer> counts) {
    if (!lines.isEmpty()) {
      events.add(WorldEvents.write(new Event.Lines(lines)));
      counts.add(lines.size());
      lines.clear();
    }
  }

  private void save(Item.Start taken) {
    savesStart = true;
    saveSnapshot(
        WorldEvents.write(
            new WorldEvents.Start(
                String.valueOf(settings),
                ActorLedger.Kept.of(taken.what(), taken.snapshot()),
                ledger.named())));
    ledger.durability().kept(1);
  }

  private void saved(long sequenceNumber) {
    deleteSnapshots(SnapshotSelectionCriteria.create(sequenceNumber - 1, Long.MAX_VALUE));
    if (history > MOST_HISTORY) {
      deleteMessages(sequenceNumber);
      history = 0;
    }
    savedNothing();
  }

  private void savedNothing() {
    savesStart = false;
    if (ending) {
      getSelf().tell(Own.KEEP, getSelf());
    }
  }

  // The end, here

  /** The world goes elsewhere: it takes a last start, and stops. */
  private void leave() {
    ActorRef self = getSelf();
    Thread.ofPlatform()
        .daemon()
        .name("leave-" + account)
        .start(() -> {
          home.leave(account);
          self.tell(Own.STOPPED, ActorRef.noSender());
        });
  }

  @Override
  public void onPersistFailure(Throwable cause, Object event, long sequenceNumber) {
    ledger.durability().fails("the database does not keep the world: " + cause.getMessage());
    super.onPersistFailure(cause, event, sequenceNumber);
  }

  @Override
  public void postStop() {
    stopped = true;
    ledger.durability().fails("the world has left this node");
    home.left(account);
  }
}
