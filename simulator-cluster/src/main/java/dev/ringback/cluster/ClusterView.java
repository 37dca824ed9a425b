package dev.ringback.cluster;

import dev.ringback.engine.World;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.json.JournalJson;
import dev.ringback.metrics.Metrics;
import dev.ringback.worlds.Worlds;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The whole cluster, as any node shows it: each node is asked about itself. */
final class ClusterView {
  /** Of a node's roles, the one that tells its address. */
  private static final String URL = "url-";

  /** A node that takes longer is shown without what it would have said. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Worlds worlds;
  private final Supplier<@Nullable ActorSystem> system;
  private final Map<String, String> logins = new ConcurrentHashMap<>();
  private final OkHttpClient client =
      new OkHttpClient.Builder().callTimeout(PATIENCE).retryOnConnectionFailure(false).build();

  /**
   * @param system null: this node is not part of it yet
   */
  ClusterView(Worlds worlds, Supplier<@Nullable ActorSystem> system) {
    this.worlds = worlds;
    this.system = system;
  }

  /** The role that tells the others where a node answers. */
  static String role(String url) {
    return URL + url.substring("http://".length());
  }

  /**
   * A node.
   *
   * @param url where it answers
   * @param status as Pekko has it, such as {@code up}
   */
  private record Node(String url, String status) {}

  private List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    ActorSystem now = system.get();
    if (now != null) {
      for (Member member : Cluster.get(now).state().getMembers()) {
        nodes.add(new Node(url(member), member.status().toString().toLowerCase(Locale.ROOT)));
      }
    }
    return nodes;
  }

  void routes(RoutesConfig routes) {
    routes.get("/sim/v1/cluster", this::show);
    routes.before("/metrics", this::metrics);
  }

  /** {@code ?nodes=this}: of this one alone. */
  private void show(Context context) {
    String login = context.queryParam("login");
    if (isOfThis(context)) {
      context.json(
          login == null
              ? Map.of("worlds", own())
              : Map.of("account", ownAccountOf(login).orElse("")));
      return;
    }
    List<Map<String, Object>> views = new ArrayList<>();
    ask("/sim/v1/cluster?nodes=this", JournalJson.mapper()::readTree)
        .forEach((node, answer) -> {
          Map<String, Object> view = new LinkedHashMap<>();
          view.put("url", node.url());
          view.put("status", node.status());
          answer.ifPresentOrElse(
              told -> view.put("worlds", told.path("worlds")), () -> view.put("silent", true));
          views.add(view);
        });
    context
        .contentType("application/json")
        .result(JournalJson.mapper().writeValueAsString(Map.of("nodes", views)));
  }

  private static boolean isOfThis(Context context) {
    return "this".equals(context.queryParam("nodes"));
  }

  private List<Map<String, Object>> own() {
    return worlds.all().stream()
        .map(world ->
            Map.<String, Object>of(
                "accountSid", sid(world), "liveCalls", world.watch().liveCalls()))
        .toList();
  }

  private static String sid(World world) {
    return world.settings().account().value();
  }

  /** The account of a world here whose key or test account that is. */
  private Optional<String> ownAccountOf(String login) {
    return worlds.all().stream()
        .filter(world ->
            world.settings().testAccount().value().equals(login)
                || (Sid.isWellFormed(SidKind.API_KEY, login)
                    && world
                        .ask(account -> account.inventory().key(new Sid(login)).isPresent())
                        .join()))
        .findFirst()
        .map(ClusterView::sid);
  }

  /** The same of any node; it stays what it is, and is remembered. */
  Optional<String> accountOf(String login) {
    String known = logins.get(login);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<String> found =
        ask("/sim/v1/cluster?nodes=this&login=" + login, JournalJson.mapper()::readTree)
            .values()
            .stream()
            .flatMap(Optional::stream)
            .map(told -> told.path("account").asString(""))
            .filter(account -> !account.isEmpty())
            .findFirst();
    found.ifPresent(account -> logins.put(login, account));
    return found;
  }

  /** Where nodes answer that cannot be reached just now, or are gone. */
  Set<String> lost(Set<String> urls) {
    ActorSystem now = system.get();
    Set<String> there = new LinkedHashSet<>();
    if (now == null) {
      return there;
    }
    Set<Member> unreachable = Cluster.get(now).state().getUnreachable();
    for (Member member : Cluster.get(now).state().getMembers()) {
      if (!unreachable.contains(member)) {
        there.add(url(member));
      }
    }
    Set<String> lost = new LinkedHashSet<>(urls);
    lost.removeAll(there);
    return lost;
  }

  private static String url(Member member) {
    return member.getRoles().stream()
        .filter(role -> role.startsWith(URL))
        .findFirst()
        .map(role -> "http://" + role.substring(URL.length()))
        .orElse("");
  }

  /** The accounts of all worlds that are on a node now. */
  Set<String> accounts() {
    Set<String> accounts = new LinkedHashSet<>();
    worlds.all().forEach(world -> accounts.add(sid(world)));
    ask("/sim/v1/cluster?nodes=this", JournalJson.mapper()::readTree)
        .forEach((node, answer) ->
            answer.ifPresent(told -> {
              for (JsonNode world : told.path("worlds")) {
                accounts.add(world.path("accountSid").asString(""));
              }
            }));
    return accounts;
  }

  /** {@code ?nodes=all}: those of all nodes, each line with the label {@code node}. */
  private void metrics(Context context) {
    if (!"all".equals(context.queryParam("nodes"))) {
      return;
    }
    MergedMetrics merged = new MergedMetrics();
    ask("/metrics", Function.identity())
        .forEach((node, answer) -> {
          merged.add("ringback_node_up", "gauge", node.url(), answer.isPresent() ? 1 : 0);
          answer.ifPresent(text -> merged.add(text, node.url()));
        });
    context.contentType(Metrics.TYPE).result(merged.text());
    context.skipRemainingHandlers();
  }

  /** What all nodes say, in turn; empty: nothing. */
  private <T> Map<Node, Optional<T>> ask(String path, Function<String, T> read) {
    Map<Node, CompletableFuture<Optional<T>>> asked = new LinkedHashMap<>();
    for (Node node : nodes()) {
      CompletableFuture<Optional<T>> answer = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> answer.complete(get(node.url() + path).map(read)));
      asked.put(node, answer);
    }
    Map<Node, Optional<T>> answers = new LinkedHashMap<>();
    asked.forEach((node, answer) -> answers.put(node, answer.join()));
    return answers;
  }

  private Optional<String> get(String url) {
    try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.isSuccessful() ? Optional.of(response.body().string()) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
