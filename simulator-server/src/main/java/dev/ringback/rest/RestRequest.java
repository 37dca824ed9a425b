package dev.ringback.rest;

import dev.ringback.account.ApiError;
import dev.ringback.conversation.Change;
import dev.ringback.engine.Account;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldGone;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request to the API that is authenticated and has found its route. */
public final class RestRequest {
  private final World world;
  private final boolean test;
  private final Product.Address place;
  private final Map<String, String> names;
  private final Params params;
  private final boolean webhooks;

  /**
   * @param test whether it comes with the test credentials
   * @param names of the route's pattern
   * @param webhooks whether {@code X-Twilio-Webhook-Enabled} is true
   */
  RestRequest(
      World world,
      boolean test,
      Product.Address place,
      Map<String, String> names,
      Params params,
      boolean webhooks) {
    this.world = world;
    this.test = test;
    this.place = place;
    this.names = names;
    this.params = params;
    this.webhooks = webhooks;
  }

  public Params params() {
    return params;
  }

  /** Whether it comes with the test credentials: nothing may happen. */
  public boolean isTest() {
    return test;
  }

  /** The account as the request knows it. */
  public String account() {
    return test ? world.settings().testAccount().value() : world.settings().account().value();
  }

  /** The account's token. */
  public String token() {
    return test ? world.settings().testToken() : world.settings().authToken();
  }

  /** The absolute address of a file, without an extension. */
  public String media(String below) {
    return place.base() + Product.API.version() + "/Accounts/" + account() + below;
  }

  boolean isOf2010() {
    return place.product() == Product.API;
  }

  // Names in the path

  /** What stands in the path for a name of the pattern. */
  public String name(String name) {
    return Objects.requireNonNull(names.get(name), name);
  }

  public @Nullable String nameOrNull(String name) {
    return names.get(name);
  }

  /** A SID of the path; one that is none can name nothing. */
  public Sid sid(String name, SidKind kind) {
    String text = name(name);
    if (!Sid.isWellFormed(kind, text)) {
      throw notFound();
    }
    return new Sid(text);
  }

  /** The resource is not there. */
  public ApiError notFound() {
    return ApiError.notFound(isOf2010() ? place.path() : below());
  }

  // URLs

  /** The path of something of the account, such as {@code /2010-04-01/Accounts/AC…/Calls.json}. */
  public String uri(String below) {
    return Product.API.version() + "/Accounts/" + account() + below + ".json";
  }

  /** An absolute URL of the same product, such as {@code https://conversations.twilio.com/v1/…}. */
  public String url(String below) {
    return place.base() + place.product().version() + below;
  }

  /** The path below the product's version that was asked for. */
  String below() {
    return place.path().substring(place.product().version().length());
  }

  // The world

  /** Looks at the account. */
  public <T> T ask(Function<Account, T> question) {
    return wait(world.ask(question));
  }

  /** Changes the account. */
  public <T> T change(Function<Account, T> change) {
    return wait(world.change(change));
  }

  /** Changes a conversation; with webhooks when the request wants them. */
  public <T> T make(Function<Account, Change<T>> change) {
    return wait(world.make(change, webhooks));
  }

  private static <T> T wait(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ApiError error) {
        throw error;
      }
      if (e.getCause() instanceof WorldGone gone) {
        throw unavailable(gone);
      }
      throw e;
    }
  }

  /** The account's world answers no more. */
  static ApiError unavailable(WorldGone why) {
    return new ApiError(503, 20503, "Service unavailable: " + why.getMessage());
  }

  // Answers

  /** A page of a list. */
  public <T> Answer listing(
      List<T> items,
      Function<T, String> nameOf,
      int mostPerPage,
      String key,
      String element,
      String elements,
      Function<T, Fields> fields) {
    return shown(page(items.iterator(), nameOf, mostPerPage), key, element, elements, fields);
  }

  /** A page of a list that is long: the account is asked for no more of it than the page needs. */
  public <T> Answer longListing(
      Function<Account, Stream<T>> items,
      Function<T, String> nameOf,
      int mostPerPage,
      String key,
      String element,
      String elements,
      Function<T, Fields> fields) {
    return shown(
        ask(account -> page(items.apply(account).iterator(), nameOf, mostPerPage)),
        key,
        element,
        elements,
        fields);
  }

  private <T> Answer.Page<T> page(Iterator<T> items, Function<T, String> nameOf, int mostPerPage) {
    return Paging.page(params, items, nameOf, mostPerPage, isOf2010());
  }

  private static <T> Answer shown(
      Answer.Page<T> page,
      String key,
      String element,
      String elements,
      Function<T, Fields> fields) {
    return new Answer.Listing(
        new Answer.Page<>(
            page.items().stream().map(fields).toList(),
            page.number(),
            page.size(),
            page.start(),
            page.next(),
            page.previous()),
        key,
        element,
        elements);
  }
}
