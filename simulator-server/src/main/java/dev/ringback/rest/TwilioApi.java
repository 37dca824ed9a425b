package dev.ringback.rest;

import dev.ringback.account.ApiError;
import dev.ringback.engine.ApiLog;
import dev.ringback.engine.World;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.json.JournalJson;
import dev.ringback.play.RestApi;
import dev.ringback.state.StateUnavailable;
import dev.ringback.worlds.RequestRecorder;
import dev.ringback.worlds.Worlds;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Twilio's own API: a request finds its product by host or path, says who it is, finds its route,
 * and is answered as JSON or, by the API of 2010 without {@code .json}, as XML
 * (docs/usage/requests-to-twilio, docs/usage/twilios-response).
 */
public final class TwilioApi {
  private static final Logger LOG = LoggerFactory.getLogger("ringback.rest");

  private static final String WORLD = "ringback.world";
  private static final long MOST_BYTES_SKIPPED = 16L * 1024 * 1024;

  private final Worlds worlds;
  private final int mostAtOnce;
  private final List<Route> routes = new ArrayList<>();
  private final Map<World, Integer> atOnce = new ConcurrentHashMap<>();
  private final AtomicLong requests = new AtomicLong();

  /**
   * @param mostAtOnce requests of an account; more are refused with 20429; 0: as many as come
   */
  public TwilioApi(Worlds worlds, int mostAtOnce, List<Routes> products) {
    this.worlds = worlds;
    this.mostAtOnce = mostAtOnce;
    products.forEach(product -> routes.addAll(product.all()));
  }

  /** Takes what is Twilio's before any other route can. */
  public void routes(RoutesConfig config) {
    config.before(context ->
        Product.of(String.valueOf(context.host()), context.path())
            .filter(place -> !RecordingMedia.isMedia(context.method().name(), place))
            .ifPresent(place -> {
              answer(context, place);
              context.skipRemainingHandlers();
            }));
    config.exception(ApiError.class, (error, context) -> write(context, "json", error));
  }

  // One request

  private void answer(Context context, Product.Address place) {
    long start = System.nanoTime();
    String format = format(place);
    requestId(context, new SidMint(0x2E57, requests.incrementAndGet()).sid(SidKind.REQUEST));
    try {
      if (context.method().name().equals("OPTIONS")) {
        context.status(204);
      } else {
        answer(context, place, format);
      }
    } catch (ApiError error) {
      write(context, format, error);
    } catch (HttpResponseException e) {
      if (e.getStatus() == 413) {
        skipBody(context);
      }
      write(
          context,
          format,
          new ApiError(
              e.getStatus(), e.getStatus() == 413 ? 20413 : 20001, String.valueOf(e.getMessage())));
    } catch (StateUnavailable e) {
      write(context, format, new ApiError(503, 20503, "Service unavailable: " + e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", context.method(), place.path(), e);
      write(
          context, format, new ApiError(500, 20500, "An internal server error has occurred: " + e));
    }
    headers(context, Duration.ofNanos(System.nanoTime() - start));
    log(context, place);
  }

  /** In the log of the world that the request has found, unless a scenario sent it. */
  private static void log(Context context, Product.Address place) {
    World world = context.attribute(WORLD);
    if (world == null || context.header(RestApi.SCRIPTED) != null) {
      return;
    }
    Map<String, String> form = new LinkedHashMap<>();
    for (var values : List.of(context.queryParamMap(), context.formParamMap())) {
      values.forEach((name, each) -> form.put(name, String.join(",", each)));
    }
    String prefix = place.product() == Product.API ? "" : "/" + place.product().label();
    world
        .apiLog()
        .add(
            new ApiLog.Request(
                context.method().name(), prefix + place.path(), form, context.statusCode()));
  }

  /** To a client that is still sending, an answer and a closed connection is no answer. */
  private static void skipBody(Context context) {
    try {
      context.bodyInputStream().skipNBytes(MOST_BYTES_SKIPPED);
    } catch (EOFException e) {
      // the usual end
    } catch (IOException e) {
      LOG.debug("the rest of the body did not come", e);
    }
  }

  private void answer(Context context, Product.Address place, String format) {
    Login login = Login.of(worlds, context.header("Authorization"));
    World world = login.world();
    context.attribute(WORLD, world);
    int now = atOnce.merge(world, 1, Integer::sum);
    context.header("Twilio-Concurrent-Requests", Integer.toString(now));
    boolean changes = !context.method().name().equals("GET");
    try (RequestRecorder.Open open = worlds.recorder().open(context, world, changes)) {
      if (mostAtOnce > 0 && now > mostAtOnce && !worlds.recorder().isRelived(context)) {
        throw new ApiError(429, 20429, "Too Many Requests");
      }
      Found found = find(context, place, login);
      checkAudience(found.route(), login);
      Params params = Params.of(context);
      RestRequest request =
          new RestRequest(
              world,
              login.test(),
              place.at(world.settings().publicUrl()),
              found.names(),
              params,
              "true".equalsIgnoreCase(context.header("X-Twilio-Webhook-Enabled")));
      Answer answer = found.route().handler().answer(request);
      for (String name : params.leftOver()) {
        remark(
            world,
            callOf(found, answer),
            "%s %s: parameter %s is unknown or not emulated, and ignored"
                .formatted(
                    context.method(), "/" + String.join("/", found.route().pattern()), name));
      }
      open.acknowledge();
      write(context, format, request, answer);
    } finally {
      atOnce.computeIfPresent(world, (w, count) -> count == 1 ? null : count - 1);
    }
  }

  /**
   * Names what is not done: in the journal once for each call, or for the world where no call is
   * meant, and in the log once for each world.
   */
  private static void remark(World world, @Nullable Sid call, String what) {
    try {
      if (world.change(account -> account.remark(call, what)).join()) {
        LOG.warn(what);
      }
    } catch (CompletionException e) {
      LOG.debug("{}; and its world is closed", what);
    }
  }

  /** The call that a request is about: the path or the answer names it; null: none does. */
  private static @Nullable Sid callOf(Found found, Answer answer) {
    Object call = found.names().get("call");
    if (call == null && answer instanceof Answer.Resource resource) {
      Map<String, @Nullable Object> fields = resource.fields().map();
      call = fields.get(resource.element().equals("Call") ? "sid" : "call_sid");
    }
    return call instanceof String sid && Sid.isWellFormed(SidKind.CALL, sid) ? new Sid(sid) : null;
  }

  private record Found(Route route, Map<String, String> names) {}

  private Found find(Context context, Product.Address place, Login login) {
    Product product = place.product();
    String path = place.path();
    boolean known = product != Product.OTHER && path.startsWith(product.version() + "/");
    String below = known ? path.substring(product.version().length()) : path;
    List<String> segments = Route.segments(withoutFormat(place, below));
    String method = context.method().name().equals("HEAD") ? "GET" : context.method().name();
    boolean otherMethod = false;
    for (Route route : known ? routes : List.<Route>of()) {
      Optional<Map<String, String>> names = route.match(product, segments);
      if (names.isPresent() && route.method().equals(method)) {
        checkAccount(place, names.get().get("account"), login);
        return new Found(route, names.get());
      }
      otherMethod |= names.isPresent();
    }
    if (otherMethod) {
      throw new ApiError(
          405,
          20004,
          "The requested resource %s does not support the attempted HTTP method %s"
              .formatted(path, method));
    }
    remark(
        login.world(),
        null,
        "%s %s%s: this route is not emulated"
            .formatted(
                method,
                product == Product.OTHER ? context.host() : product.label() + ".twilio.com",
                path.replaceAll("[A-Z]{2}[0-9a-fA-F]{32}", "{sid}")));
    throw ApiError.notFound(path);
  }

  private static void checkAudience(Route route, Login login) {
    if (login.test() && route.audience() != Route.Audience.TEST) {
      throw new ApiError(403, 20008, "Resource not accessible with Test Account Credentials");
    }
    if (login.key() && route.audience() == Route.Audience.ACCOUNT) {
      throw Login.refused("Authenticate");
    }
  }

  private static void checkAccount(Product.Address place, @Nullable String account, Login login) {
    String own =
        (login.test() ? login.world().settings().testAccount() : login.world().settings().account())
            .value();
    if (account != null && !account.equals(own)) {
      throw ApiError.notFound(place.path());
    }
  }

  /** What the extension says; the newer products speak JSON only. */
  private static String format(Product.Address place) {
    if (place.product() != Product.API) {
      return "json";
    }
    String path = place.path();
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot < 0 ? "xml" : file.substring(dot + 1).toLowerCase(java.util.Locale.ROOT);
  }

  private static String withoutFormat(Product.Address place, String path) {
    if (place.product() != Product.API) {
      return path;
    }
    String format = format(place);
    boolean spoken = format.equals("json") || format.equals("xml");
    return spoken && path.toLowerCase(java.util.Locale.ROOT).endsWith("." + format)
        ? path.substring(0, path.length() - format.length() - 1)
        : path;
  }

  // Writing

  private static void write(Context context, String format, RestRequest request, Answer answer) {
    boolean xml = format.equals("xml");
    switch (answer) {
      case Answer.Gone gone -> context.status(204);
      case Answer.Resource resource -> {
        context.status(resource.status());
        if (request.isOf2010() && resource.status() == 201) {
          sharedHex(resource).ifPresent(id -> requestId(context, id));
        }
        if (xml) {
          body(context, true, TwilioXml.of(resource.element(), resource.fields().map()));
        } else {
          json(context, resource.fields().map());
        }
      }
      case Answer.Listing listing -> {
        context.status(200);
        if (xml && request.isOf2010()) {
          body(context, true, listedAsXml(context, listing));
        } else {
          json(
              context,
              request.isOf2010()
                  ? Envelope.of2010(context, listing)
                  : Envelope.ofProduct(context, request, listing));
        }
      }
    }
  }

  private static String listedAsXml(Context context, Answer.Listing listing) {
    Map<String, @Nullable Object> page = Envelope.of2010(context, listing);
    page.remove(listing.key());
    return TwilioXml.of(
        listing.elements(),
        page,
        listing.element(),
        listing.page().items().stream().map(Fields::map).toList());
  }

  private static void body(Context context, boolean xml, String text) {
    context.contentType(xml ? "application/xml" : "application/json").result(text);
  }

  private static void json(Context context, Map<String, @Nullable Object> fields) {
    context.contentType("application/json").result(JournalJson.mapper().writeValueAsBytes(fields));
  }

  private static void write(Context context, String format, ApiError error) {
    context.status(error.status());
    if (error.status() == 401) {
      context.header("WWW-Authenticate", "Basic realm=\"Twilio API\"");
    }
    boolean xml = format.equals("xml");
    body(context, xml, text(xml, error));
  }

  private static String text(boolean xml, ApiError error) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("code", error.code());
    if (xml) {
      body.put("detail", ""); // seen between the code and the message
    }
    body.put("message", error.message());
    body.put("more_info", "https://www.twilio.com/docs/errors/" + error.code());
    body.put("status", error.status());
    return xml ? TwilioXml.of("RestException", body) : spaced(body);
  }

  /** Errors have a space behind each comma and colon between fields, as seen at Twilio. */
  private static String spaced(Map<String, @Nullable Object> fields) {
    List<String> pairs = new ArrayList<>();
    fields.forEach((name, value) -> pairs.add(quoted(name) + ": " + quoted(value)));
    return "{" + String.join(", ", pairs) + "}";
  }

  private static String quoted(@Nullable Object value) {
    return JournalJson.mapper().writeValueAsString(value);
  }

  private static void requestId(Context context, Sid id) {
    context.header("Twilio-Request-Id", id.value());
  }

  /** What the API of 2010 makes and the request that asked for it share their digits, as seen. */
  private static Optional<Sid> sharedHex(Answer.Resource made) {
    return made.fields().map().get("sid") instanceof String sid && sid.length() == 34
        ? Optional.of(new Sid(SidKind.REQUEST.prefix() + sid.substring(2)))
        : Optional.empty();
  }

  /** A body and its type. */
  public record Written(String type, String text) {}

  /** An error as this API writes it; empty: the request is not for Twilio's API. */
  public static Optional<Written> written(String host, String path, ApiError error) {
    return Product.of(host, path)
        .map(place -> {
          boolean xml = format(place).equals("xml");
          return new Written(xml ? "application/xml" : "application/json", text(xml, error));
        });
  }

  /** With three digits behind the point. */
  private static String seconds(long millis) {
    String digits = Long.toString(1_000 + millis % 1_000);
    return millis / 1_000 + "." + digits.substring(1);
  }

  /** Twilio's headers but for those of CORS: pages of other origins get nothing from here. */
  private void headers(Context context, Duration took) {
    context
        .header("Twilio-Request-Duration", seconds(Math.max(1, took.toMillis())))
        .header("X-Powered-By", "AT-5000")
        .header("X-Shenanigans", "none")
        .header("X-Home-Region", "us1")
        .header("X-API-Domain", "api.twilio.com")
        .header("Strict-Transport-Security", "max-age=31536000");
  }
}
