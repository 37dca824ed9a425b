package dev.ringback.cluster;

import dev.ringback.worlds.Worlds;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Any node answers for any account: a request for a world that is elsewhere goes there, as it came,
 * and its answer comes back.
 */
final class Forwarder {
  /** Names the account that another node has sent it on for; nobody sends it farther. */
  private static final String FORWARDED = "X-Ringback-Forwarded";

  /** Says that nothing was done, because the world is not there any more. */
  private static final String MOVED = "X-Ringback-Moved";

  /** How long a request waits while its world is nowhere. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Of this connection alone. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-length",
          "expect");

  private static final int CHUNK = 8_192;

  /**
   * As they come over the wire; a client resolves them, and the node that has the world does not.
   */
  private static final Pattern DOTS =
      Pattern.compile("/(\\.|%2e){1,2}(/|$)", Pattern.CASE_INSENSITIVE);

  private final Worlds worlds;
  private final Directory directory;
  private final ClusterView view;
  private final Here here;

  /**
   * An answer may take as long as it likes: {@link #giveUpLost} ends what waits for a node in vain.
   */
  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .followRedirects(false)
          .retryOnConnectionFailure(false)
          .connectTimeout(Duration.ofSeconds(2))
          .readTimeout(Duration.ZERO)
          .eventListener(
              new EventListener() {
                @Override
                public void requestHeadersStart(Call call) {
                  AtomicBoolean left = call.request().tag(AtomicBoolean.class);
                  if (left != null) {
                    left.set(true);
                  }
                }
              })
          .build();

  /**
   * This node.
   *
   * @param url where it answers
   * @param account that is meant when a request names none
   */
  record Here(String url, String account) {}

  Forwarder(Worlds worlds, Directory directory, ClusterView view, Here here) {
    this.worlds = worlds;
    this.directory = directory;
    this.view = view;
    this.here = here;
  }

  /** Ends what waits for nodes that cannot be reached; called again and again. */
  void giveUpLost() {
    Set<String> asked = new HashSet<>(directory.urls());
    List<Call> calls = client.dispatcher().runningCalls();
    calls.forEach(call -> asked.add(node(call)));
    asked.remove(here.url());
    for (String lost : view.lost(asked)) {
      directory.forgetNode(lost);
      calls.stream().filter(call -> node(call).equals(lost)).forEach(Call::cancel);
    }
  }

  /** As the node itself writes its address; a client would write it in its own way. */
  private static String node(Call call) {
    return Objects.toString(call.request().tag(String.class), "");
  }

  /** Whether a request is for worlds; others are for this node. */
  static boolean isOfWorlds(String path) {
    return !(path.equals("/")
        || path.startsWith("/assets/")
        || path.equals("/healthz")
        || path.equals("/metrics")
        || path.equals("/sim/v1/cluster")
        || path.startsWith("/sim/v1/cluster/")
        || path.equals("/sim/v1/openapi.yaml"));
  }

  /** Sees to it that a request is answered here, or has been elsewhere. */
  void take(Context context) throws IOException {
    if (context.path().equals("/sim/v1/worlds")) {
      return; // any node can begin one
    }
    String sentFor = context.header(FORWARDED);
    if (sentFor != null) {
      if (worlds.of(sentFor).isEmpty()) {
        context.header(MOVED, "1");
        refuse(context, "the world is not on this node");
      }
      return;
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    if (DOTS.matcher(context.req().getRequestURI()).find()) {
      return; // no route is called so, here or elsewhere
    }
    String account =
        AccountOf.path(context)
            .or(() -> AccountOf.login(context).map(this::accountOf))
            .orElse(here.account());
    String why = "it is on its way to another node";
    while (System.nanoTime() < end) {
      String where = directory.locate(account);
      if (where.equals(Answer.NONE) && !account.equals(here.account())) {
        account = here.account(); // who answers there says that there is no such account
        continue;
      }
      Optional<String> url = Answer.url(where);
      if (url.filter(here.url()::equals).isPresent() && worlds.of(account).isPresent()) {
        return;
      }
      if (url.isPresent() && !url.get().equals(here.url()) && sent(context, url.get(), account)) {
        context.skipRemainingHandlers();
        return;
      }
      directory.forget(account); // whoever is asked next answers when the world is somewhere
      Optional<String> broken = Answer.why(where);
      if (broken.isPresent()
          && context.method().name().equals("DELETE")
          && context.path().equals("/sim/v1/worlds/" + account)) {
        worlds.end(account);
        context.status(204);
        context.skipRemainingHandlers();
        return;
      }
      if (broken.isPresent()) {
        why = broken.get();
        break; // it will not be there later either
      }
    }
    refuse(context, "the account %s is not there: %s".formatted(account, why));
  }

  /** Of who signs in: an account itself, a test account, or a key. */
  private String accountOf(String login) {
    boolean account = login.startsWith("AC") && !directory.locate(login).equals(Answer.NONE);
    return account ? login : view.accountOf(login).orElse(login);
  }

  /** It may come again. */
  static void refuse(Context context, String message) {
    context
        .status(503)
        .header("Retry-After", "1")
        .json(
            context.path().startsWith("/sim/")
                ? Map.of("error", Map.of("message", message))
                : Map.of("code", 20503, "message", message, "status", 503));
    context.skipRemainingHandlers();
  }

  /** False: nothing was done there, and it may be tried elsewhere. */
  private boolean sent(Context context, String url, String account) throws IOException {
    String query = context.queryString();
    AtomicBoolean left = new AtomicBoolean();
    Request.Builder request =
        new Request.Builder()
            .tag(AtomicBoolean.class, left)
            .tag(String.class, url)
            .url(url + context.req().getRequestURI() + (query == null ? "" : "?" + query))
            .headers(headers(context, account))
            .method(context.method().name(), body(context));
    Call call = client.newCall(request.build());
    try (Response response = call.execute()) {
      if (response.header(MOVED) != null) {
        return false;
      }
      answer(context, response);
      return true;
    } catch (IOException e) {
      if (context.res().isCommitted()) {
        throw e;
      }
      if (isSafe(context) || !left.get()) {
        return false;
      }
      refuse(
          context,
          "the node that has the world does not answer, so nobody knows whether it was done: "
              + e.getMessage());
      return true;
    }
  }

  private static Headers headers(Context context, String account) {
    Headers.Builder headers = new Headers.Builder();
    var names = context.req().getHeaderNames();
    while (names.hasMoreElements()) {
      String name = names.nextElement();
      if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))
          && !name.equalsIgnoreCase("accept-encoding")) {
        var values = context.req().getHeaders(name);
        while (values.hasMoreElements()) {
          headers.addUnsafeNonAscii(name, values.nextElement());
        }
      }
    }
    return headers.add(FORWARDED, account).add("Accept-Encoding", "identity").build();
  }

  private static boolean isSafe(Context context) {
    return context.method().name().equals("GET") || context.method().name().equals("HEAD");
  }

  private static @Nullable RequestBody body(Context context) {
    return switch (context.method().name()) {
      case "GET", "HEAD" -> null;
      default -> RequestBody.create(context.bodyAsBytes(), null);
    };
  }

  private static void answer(Context context, Response response) throws IOException {
    context.status(response.code());
    Set<String> seen = new HashSet<>();
    response
        .headers()
        .forEach(header -> {
          String name = header.getFirst().toLowerCase(Locale.ROOT);
          if (name.equals("content-length") || !HOP_BY_HOP.contains(name)) {
            if (seen.add(name)) { // before it there may be one of our own
              context.res().setHeader(header.getFirst(), header.getSecond());
            } else {
              context.res().addHeader(header.getFirst(), header.getSecond());
            }
          }
        });
    if (context.method().name().equals("HEAD")) {
      return;
    }
    try (InputStream in = response.body().byteStream()) {
      OutputStream out = context.res().getOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        out.write(chunk, 0, read);
        out.flush();
      }
    }
  }
}
