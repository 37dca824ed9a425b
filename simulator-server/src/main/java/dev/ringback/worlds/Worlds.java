package dev.ringback.worlds;

import dev.ringback.engine.Past;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.json.AccountJson;
import dev.ringback.metrics.Metrics;
import dev.ringback.state.DurableWire;
import dev.ringback.state.KeptWorld;
import dev.ringback.state.StateStore;
import dev.ringback.state.WorldLog;
import dev.ringback.wire.HttpWire;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The worlds of a server: the first is the configured one, each with a clock and a wire of its own.
 */
public final class Worlds implements AutoCloseable {
  /** More at once is a leak in the tests of an app. */
  public static final int MAX_WORLDS = 1_000;

  private final Map<String, Running> worlds = new LinkedHashMap<>();

  /** Where the API of these worlds is answered; 0: not yet, or nowhere. */
  private int port;

  /** How long a request of a world's past may take until it does what it did. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private long lastSeed = 1_000_000; // far from the seeds people choose

  private final Metrics metrics = new Metrics();
  private final RequestRecorder recorder = new RequestRecorder(this::logOf, this::gateOf);
  private final ExecutorService starts =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("snapshots").factory());
  private @Nullable StateStore store;
  private volatile @Nullable Starter starter;

  /** Null: the one that was started first. */
  private @Nullable String first;

  /**
   * @param wire null: the world is lent, with a wire of its lender's
   * @param log null: the world is not kept
   */
  private record Running(
      World world,
      @Nullable HttpWire wire,
      @Nullable WorldLog log,
      ChangeGate gate,
      Snapshots snapshots) {
    static Running of(World world, @Nullable HttpWire wire, @Nullable WorldLog log) {
      ChangeGate gate = new ChangeGate();
      return new Running(world, wire, log, gate, new Snapshots(world, gate, log));
    }

    /**
     * @param why null: it is gone for good
     */
    void stop(@Nullable String why) {
      if (why == null) {
        world.close();
      } else {
        world.shutDown(why);
      }
      if (wire != null) {
        wire.close();
      }
    }
  }

  /** The figures of all that happens here. */
  public Metrics metrics() {
    return metrics;
  }

  /** From now on what is started is kept there. */
  public synchronized void keptIn(StateStore store) {
    this.store = store;
  }

  /** Through which requests come that change what is kept. */
  public RequestRecorder recorder() {
    return recorder;
  }

  synchronized @Nullable WorldLog logOf(World world) {
    Running running = worlds.get(world.settings().account().value());
    return running == null ? null : running.log();
  }

  private synchronized @Nullable ChangeGate gateOf(World world) {
    Running running = worlds.get(world.settings().account().value());
    return running == null ? null : running.gate();
  }

  /**
   * @throws NoWorld when it is gone
   */
  public synchronized Snapshots snapshotsOf(World world) {
    Running running = worlds.get(world.settings().account().value());
    if (running == null) {
      throw NoWorld.of(world.settings().account().value());
    }
    return running.snapshots();
  }

  /** From now on the API is answered there, so that worlds fetch nothing but recordings from it. */
  public synchronized void servedAt(int port) {
    this.port = port;
  }

  /** Starts a world; empty when there are too many, or one of that account already. */
  public synchronized Optional<World> start(WorldSettings settings) {
    String account = settings.account().value();
    if (worlds.size() >= MAX_WORLDS || worlds.containsKey(account)) {
      return Optional.empty();
    }
    return Optional.of(begin(settings, store == null ? null : store.begin(settings)));
  }

  /**
   * Starts a world here.
   *
   * @param log that keeps it; null: nothing does
   */
  public World begin(WorldSettings settings, @Nullable WorldLog log) {
    return started(put(settings, log, null));
  }

  private World started(World world) {
    metrics.watch(world);
    world.start();
    snapshotsOf(world).takeStartsOn(starts);
    return world;
  }

  /** Worlds are started and ended by that, here or elsewhere. */
  public interface Starter {
    /** False: there are too many, or there is one of that account. */
    boolean start(WorldSettings settings);

    /** False: there is none of that account. */
    boolean stop(String account);

    /** The accounts of all worlds, here and elsewhere. */
    Set<String> accounts();
  }

  /**
   * From now on other worlds than the first are started by that.
   *
   * @param first account of the world that is meant when none is named, here or elsewhere
   * @param seed from which the seeds of other worlds go on
   */
  public synchronized void startedBy(Starter starter, String first, long seed) {
    this.starter = starter;
    this.first = first;
    this.lastSeed = seed;
  }

  /** Starts a world, wherever worlds are started. */
  public boolean open(WorldSettings settings) {
    Starter by = starter;
    return by == null ? start(settings).isPresent() : by.start(settings);
  }

  /** Stops a world for good, wherever it is; false: there is no such one. */
  public boolean end(String account) {
    Starter by = starter;
    return by == null ? stop(account) : by.stop(account);
  }

  /** Whether worlds may be elsewhere. */
  public boolean isClustered() {
    return starter != null;
  }

  /** The accounts of all worlds, wherever they are; the first is meant when none is named. */
  public List<String> accounts() {
    Starter by = starter;
    Set<String> accounts = new LinkedHashSet<>(firstAccount().map(Set::of).orElseGet(Set::of));
    if (by == null) {
      all().forEach(world -> accounts.add(world.settings().account().value()));
    } else {
      accounts.addAll(by.accounts());
    }
    return List.copyOf(accounts);
  }

  /** Stops that world here; another one of its account stays. */
  public synchronized void leave(World world) {
    String account = world.settings().account().value();
    Running running = worlds.get(account);
    if (running != null && running.world() == world) {
      leave(account);
    }
  }

  /** Stops a world here, which may go on elsewhere. */
  public synchronized void leave(String account) {
    Running running = worlds.remove(account);
    if (running != null) {
      metrics.forget(running.world());
      running.stop("it goes on elsewhere; try again");
    }
  }

  private World put(WorldSettings settings, @Nullable WorldLog log, @Nullable Past past) {
    HttpWire wire = new HttpWire();
    World world =
        log == null
            ? new World(settings, wire, new AccountJson())
            : new World(settings, new DurableWire(wire, log), new AccountJson(), log, past);
    world.servedAt(port);
    synchronized (this) {
      Running running = Running.of(world, wire, log);
      worlds.put(settings.account().value(), running);
    }
    return world;
  }

  /**
   * Lets a world that was kept live again, and go on.
   *
   * @param settings with which it goes on
   * @param requests lets a request of its past come again, given its number
   * @param downtime whether the time since then has passed
   * @throws dev.ringback.engine.HistoryBroken when it cannot have lived so
   * @throws dev.ringback.state.DamagedState when it cannot be read
   */
  public World resume(
      KeptWorld kept, WorldSettings settings, Past.Requests requests, boolean downtime)
      throws InterruptedException {
    synchronized (this) {
      if (starter == null) { // or it goes on with the seeds of another node
        lastSeed = Math.max(lastSeed, settings.seed());
      }
    }
    World world = put(settings, kept.log(), new Past(kept, requests, PATIENCE, kept));
    world.relive(downtime);
    return started(world);
  }

  /** Lets a world that another class runs be found; waits while there is another of its account. */
  public synchronized void lend(World world) {
    String account = world.settings().account().value();
    try {
      while (worlds.containsKey(account)) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another world is lent", e);
    }
    world.servedAt(port);
    worlds.put(account, Running.of(world, null, null));
  }

  /** It is not to be found any more. */
  public synchronized void takeBack(World world) {
    Running lent = worlds.get(world.settings().account().value());
    if (lent != null && lent.world() == world) {
      worlds.remove(world.settings().account().value());
      notifyAll();
    }
  }

  /** A seed that no world of this server was given by itself before. */
  public synchronized long nextSeed() {
    return ++lastSeed;
  }

  /** The world that is meant when none is named; empty while the server starts. */
  public synchronized Optional<World> first() {
    return first == null ? worlds.values().stream().findFirst().map(Running::world) : of(first);
  }

  /** The account of the world that is meant when none is named; empty while the server starts. */
  public synchronized Optional<String> firstAccount() {
    return first == null
        ? first().map(world -> world.settings().account().value())
        : Optional.of(first);
  }

  /** The first world first. */
  public synchronized List<World> all() {
    return worlds.values().stream().map(Running::world).toList();
  }

  public synchronized Optional<World> of(String account) {
    return Optional.ofNullable(worlds.get(account)).map(Running::world);
  }

  /** Stops a world and forgets it; false when there is no such one. */
  public synchronized boolean stop(String account) {
    Running running = worlds.remove(account);
    if (running != null) {
      metrics.forget(running.world());
      running.stop(null);
      if (running.log() != null && store != null) {
        store.forget(account);
      }
    }
    return running != null;
  }

  /** The server ends: requests that wait for a world are told so. */
  @Override
  public void close() {
    starts.shutdown();
    List<Snapshots> snapshots;
    synchronized (this) {
      snapshots = worlds.values().stream().map(Running::snapshots).toList();
    }
    snapshots.forEach(Snapshots::takeLastStart);
    stop();
  }

  private synchronized void stop() {
    worlds.values().forEach(running -> running.stop("the server is shutting down"));
    worlds.clear();
  }
}
