package dev.ringback.load;

import dev.ringback.config.KnownAccount;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.Egress;
import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import dev.ringback.play.Player;
import dev.ringback.runner.Shard;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.voice.Urls;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one process of several is to play, as it is sent to the nodes of a cluster: the scenarios
 * with the files that they use, and which part of the calls.
 *
 * @param version of this form
 * @param files texts by their paths below a folder, with {@code /} between names
 * @param plans which of the files are played, and how often beside the others
 * @param app the app's address, as the nodes reach it
 * @param allowed hosts beside the node's own that load may go to
 * @param clock {@code real} or {@code skipping}
 * @param rate calls a second of all parts together
 * @param rampMillis how long the rate grows from nothing
 * @param calls of all parts together
 * @param seed of the first call
 * @param accountSid null: each scenario's own
 * @param authToken null: drawn by each node
 */
@WireData
public record LoadOrder(
    int version,
    Map<String, String> files,
    List<Played> plans,
    String app,
    Set<String> allowed,
    String clock,
    double rate,
    long rampMillis,
    long calls,
    int part,
    int parts,
    long seed,
    @Nullable String accountSid,
    @Nullable String authToken) {

  /**
   * The same for a node: who orders load opens no host there that is not open.
   *
   * @throws BadInput when load may not go there
   */
  public LoadOrder within(Egress egress) throws BadInput {
    if (egress.rule() == Egress.Rule.ANYTHING) {
      return this;
    }
    Set<String> open = new HashSet<>(allowed);
    open.retainAll(egress.hosts());
    String host = URI.create(app).getHost();
    if (allowed.contains(host) && !open.contains(host)) {
      throw wrong(host + " is not among the hosts that the nodes may send to; see egress.allow");
    }
    return new LoadOrder(
        version,
        files,
        plans,
        app,
        open,
        clock,
        rate,
        rampMillis,
        calls,
        part,
        parts,
        seed,
        accountSid,
        authToken);
  }

  /** The form that is written now. */
  public static final int VERSION = 1;

  /** Which clocks calls may have. */
  public static final List<String> CLOCKS = List.of("real", "skipping");

  /** A file, and how often its scenarios are played beside the others. */
  public record Played(String file, int weight) {}

  /** The same for another part. */
  public LoadOrder part(int part, int parts) {
    return new LoadOrder(
        version,
        files,
        plans,
        app,
        allowed,
        clock,
        rate,
        rampMillis,
        calls,
        part,
        parts,
        seed,
        accountSid,
        authToken);
  }

  /**
   * Where calls go, and how.
   *
   * @param allowed hosts beside this machine
   * @param clock {@code real} or {@code skipping}
   */
  public record Where(String app, Set<String> allowed, String clock) {}

  /**
   * The whole of it.
   *
   * @param files texts by their names
   * @param plan whose scenarios are those of the files
   */
  public static LoadOrder of(
      Where where,
      Map<String, String> files,
      List<Played> plans,
      LoadRun.Plan plan,
      KnownAccount account) {
    return new LoadOrder(
        VERSION,
        files,
        plans,
        where.app(),
        where.allowed(),
        where.clock(),
        plan.arrivals().rate(),
        plan.arrivals().ramp().toMillis(),
        plan.calls(),
        1,
        1,
        plan.seed(),
        account.sid() == null ? null : account.sid().value(),
        account.authToken());
  }

  /** What files are called in an order: by where they are below the folder that has them all. */
  public static Map<Path, String> named(List<Path> files) {
    List<Path> all =
        files.stream().map(path -> path.toAbsolutePath().normalize()).distinct().toList();
    Path root = all.getFirst().getParent();
    for (Path file : all) {
      while (root != null && !file.startsWith(root)) {
        root = root.getParent();
      }
    }
    Map<Path, String> named = new LinkedHashMap<>();
    for (Path file : all) {
      List<String> names = new ArrayList<>();
      (root == null ? file : root.relativize(file)).forEach(name -> names.add(name.toString()));
      named.put(file, String.join("/", names));
    }
    return named;
  }

  /**
   * Load goes to this machine, or where it is allowed to.
   *
   * @throws BadInput when it may not go there
   */
  public static void mayGoTo(String app, Set<String> allowed) throws BadInput {
    String host = URI.create(app).getHost();
    try {
      if (!allowed.contains(host) && !InetAddress.getByName(host).isLoopbackAddress()) {
        throw wrong(
            "%s is not this machine; if load may go there, say --allow %s".formatted(host, host));
      }
    } catch (UnknownHostException e) {
      throw wrong("nobody knows the host " + host);
    }
  }

  private static BadInput wrong(String message) {
    return new BadInput(new Problem(null, 0, "--app", message, null));
  }

  /** Who plays so. */
  public static Player player(String app, String clock, Set<String> allowed) {
    return new Player(app)
        .with(
            clock.equals("real") ? new ClockMode.Real(1) : new ClockMode.Skipping(),
            new Egress(Egress.Rule.SEALED, Set.copyOf(allowed), 0));
  }

  /**
   * Reads what is ordered; nothing is played yet.
   *
   * @param folder empty; the files are written there
   * @throws BadInput when a scenario cannot be read, or load may not go there
   */
  public LoadRun in(Path folder) throws BadInput, IOException {
    check();
    mayGoTo(app, allowed);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = below(folder, file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    KnownAccount account =
        new KnownAccount(accountSid == null ? null : new Sid(accountSid), authToken);
    List<CallPlan> read = new ArrayList<>();
    for (Played plan : plans) {
      for (ScenarioFile scenario : ScenarioReader.readAll(below(folder, plan.file()))) {
        read.add(new CallPlan(scenario.withAccount(account), plan.weight()));
      }
    }
    return new LoadRun(
        player(app, clock, allowed),
        new LoadRun.Plan(
            read,
            new Arrivals(rate, Duration.ofMillis(rampMillis)),
            calls,
            new Shard(part, parts),
            seed,
            null));
  }

  private void check() throws BadInput {
    if (version != VERSION) {
      throw wrong("this node is another version of Ringback");
    }
    if (!(rate > 0) || calls < 1 || rampMillis < 0 || part < 1 || part > parts || plans.isEmpty()) {
      throw wrong("the order of load names no calls");
    }
    if (!CLOCKS.contains(clock) || !Urls.isAbsoluteHttp(app)) {
      throw wrong("the order of load names no app, or no clock");
    }
  }

  private static Path below(Path folder, String file) throws BadInput {
    Path path = folder.resolve(file).normalize();
    if (!path.startsWith(folder) || path.equals(folder)) {
      throw wrong("'" + file + "' is no name of a file below a folder");
    }
    return path;
  }
}
