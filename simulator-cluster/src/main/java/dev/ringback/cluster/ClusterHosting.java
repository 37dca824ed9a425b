package dev.ringback.cluster;

import dev.ringback.config.ConfigFile;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.json.JournalJson;
import dev.ringback.server.ClusterStarter;
import dev.ringback.server.Hosting;
import dev.ringback.server.RelivedRequests;
import dev.ringback.state.StateProblem;
import dev.ringback.state.StateUnavailable;
import dev.ringback.worlds.Worlds;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.sharding.ClusterSharding;
import org.apache.pekko.cluster.sharding.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.ShardCoordinator;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/** Worlds are where Cluster Sharding puts them; this node answers for all of them. */
final class ClusterHosting implements Hosting, Worlds.Starter {
  /** How long a cluster may take until this node is part of it. */
  private static final Duration JOINING = Duration.ofSeconds(60);

  /** How long this node may take to hand its worlds over. */
  private static final Duration LEAVING = Duration.ofSeconds(30);

  /** How a process ends whose node was taken out. */
  private static final int OUT = 1;

  private static final long WATCHING_SECONDS = 1;

  private static final Duration CREATING = Duration.ofSeconds(20);

  private final Worlds worlds;
  private final ConfigFile config;
  private final ClusterStarter.Options options;
  private final ClusterView view;
  private final LoadRoutes load = new LoadRoutes();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lost-nodes").factory());
  private volatile @Nullable Forwarder forwarder;
  private volatile @Nullable ActorSystem system;
  private volatile @Nullable Directory directory;
  private volatile @Nullable Presence presence;
  private volatile boolean ends;

  ClusterHosting(Worlds worlds, ConfigFile config, ClusterStarter.Options options) {
    this.worlds = worlds;
    this.config = config;
    this.options = options;
    this.view = new ClusterView(worlds, () -> system);
  }

  @Override
  public void routes(RoutesConfig routes) {
    routes.before(context -> {
      Forwarder ready = forwarder;
      if (!Forwarder.isOfWorlds(context.path()) || worlds.recorder().isRelived(context)) {
        return;
      }
      if (ready == null) {
        Forwarder.refuse(context, "this node joins the cluster");
      } else {
        ready.take(context);
      }
    });
    view.routes(routes);
    load.routes(routes);
  }

  @Override
  public Optional<World> begin(Server server, WorldSettings configured) throws StateProblem {
    String url = "http://" + config.host + ":" + server.getURI().getPort();
    String account = configured.account().value();
    load.within(configured);
    worlds.startedBy(this, account, new SecureRandom().nextLong(1L << 40));
    LocalConnector door = RelivedRequests.door(server);
    try {
      door.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    Presence here = Presence.in(options.database(), url);
    presence = here;
    boolean forms = isFirst() && here.mayForm();
    ActorSystem started = system(forms, ClusterView.role(url));
    system = started;
    joined(started);
    here.joined(forms);
    WorldHome home =
        new WorldHome(
            worlds,
            url,
            configured,
            door,
            new WorldHome.How(config.downtimePasses, config.snapshotEvery));
    Directory known = new Directory(region(started, home));
    directory = known;
    String created =
        known.ask(
            new Question(
                account, Question.What.CREATE, JournalJson.mapper().writeValueAsString(configured)),
            JOINING);
    if (!created.equals(Answer.CREATED) && !created.equals(Answer.EXISTS)) {
      throw new StateProblem(
          "the first world cannot be started: nobody in the cluster answers for it");
    }
    started
        .getWhenTerminated()
        .thenRun(() -> {
          if (!ends) {
            System.err.println(
                "ringback: the others have taken this node out of the cluster, because they could not reach it; start it again");
            Runtime.getRuntime().halt(OUT);
          }
        });
    Forwarder ready = new Forwarder(worlds, known, view, new Forwarder.Here(url, account));
    forwarder = ready;
    var unused =
        watch.scheduleWithFixedDelay(
            ready::giveUpLost, WATCHING_SECONDS, WATCHING_SECONDS, TimeUnit.SECONDS);
    return Optional.empty();
  }

  private ActorSystem system(boolean forms, String role) throws StateProblem {
    // Pekko tells of a port that is taken with the trace of a stack.
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(config.host, options.port()));
    } catch (IOException e) {
      throw new StateProblem(
          "the other nodes cannot be listened to on port %d of %s: %s; name another with --cluster-port"
              .formatted(options.port(), config.host, e.getMessage()));
    }
    return ActorSystem.create("ringback", PekkoConfig.of(config.host, options, seeds(forms), role));
  }

  /** A cluster is formed once: while other nodes are there, this one can but join them. */
  private List<String> seeds(boolean forms) throws StateProblem {
    if (forms || !isFirst()) {
      return options.seeds();
    }
    List<String> others = new ArrayList<>(options.seeds());
    others.removeAll(List.of(own()));
    if (others.isEmpty()) {
      throw new StateProblem(
          "other nodes use this database, and --join names only this one; name them, too");
    }
    return others;
  }

  private String own() {
    return config.host + ":" + options.port();
  }

  private boolean isFirst() {
    return options.seeds().getFirst().equals(own());
  }

  private static void joined(ActorSystem system) throws StateProblem {
    CountDownLatch up = new CountDownLatch(1);
    Cluster.get(system).registerOnMemberUp(up::countDown);
    try {
      if (!up.await(JOINING.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StateProblem(
            "no node of --join has taken this one in within %d s; is the first of them there?"
                .formatted(JOINING.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StateProblem("interrupted while the cluster is joined");
    }
  }

  private static ActorRef region(ActorSystem system, WorldHome home) {
    ClusterSharding sharding = ClusterSharding.get(system);
    ClusterShardingSettings settings = ClusterShardingSettings.create(system);
    return sharding.start(
        "world",
        Props.create(WorldActor.class, () -> new WorldActor(home)),
        settings,
        new Shards(),
        ShardCoordinator.ShardAllocationStrategy$.MODULE$.leastShardAllocationStrategy(20, 0.2),
        new Question("-", Question.What.LEAVE, "").text());
  }

  /** Which shard a world is in. */
  private static final class Shards extends ShardRegion.HashCodeMessageExtractor {
    private static final int SHARDS = 100;

    Shards() {
      super(SHARDS);
    }

    @Override
    public String entityId(Object message) {
      return Question.read((String) message).account();
    }
  }

  // Worlds, wherever they are

  @Override
  public boolean start(WorldSettings settings) {
    return ask(
            settings.account().value(),
            Question.What.CREATE,
            JournalJson.mapper().writeValueAsString(settings))
        .equals(Answer.CREATED);
  }

  @Override
  public boolean stop(String account) {
    return ask(account, Question.What.DELETE, "").equals(Answer.DELETED);
  }

  @Override
  public Set<String> accounts() {
    return view.accounts();
  }

  private String ask(String account, Question.What what, String settings) {
    Directory known = directory;
    String answer =
        known == null ? Answer.SILENCE : known.ask(new Question(account, what, settings), CREATING);
    if (answer.equals(Answer.SILENCE)) {
      throw new StateUnavailable(
          "nobody in the cluster answers for the account %s now; try again".formatted(account));
    }
    return answer;
  }

  @Override
  public Optional<String> failure() {
    if (forwarder == null) {
      return Optional.of("this node joins the cluster");
    }
    Presence here = presence;
    Optional<String> why = here == null ? Optional.empty() : here.failure();
    if (why.isPresent()) {
      return why;
    }
    ActorSystem now = system;
    return ends || now == null || now.whenTerminated().isCompleted()
        ? Optional.of("this node has left the cluster")
        : Optional.empty();
  }

  /** Hands the worlds over. */
  @Override
  public void end() {
    ends = true;
    ActorSystem now = system;
    if (now == null) {
      return;
    }
    try {
      CoordinatedShutdown.get(now)
          .runAll(CoordinatedShutdown.clusterLeavingReason())
          .toCompletableFuture()
          .orTimeout(LEAVING.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      // The others find out by themselves that it is gone.
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    Presence here = presence;
    if (here != null) {
      here.close();
    }
  }
}
