package dev.ringback.rest;

import dev.ringback.rest.Route.Audience;
import java.util.ArrayList;
import java.util.List;

/** Collects the routes of a product. */
public final class Routes {
  private final Product product;
  private final String base;
  private final Audience audience;
  private final List<Route> routes;

  private Routes(Product product, String base, Audience audience, List<Route> routes) {
    this.product = product;
    this.base = base;
    this.audience = audience;
    this.routes = routes;
  }

  public static Routes of(Product product) {
    return new Routes(product, "", Audience.USUAL, new ArrayList<>());
  }

  /** Routes below a path. */
  public Routes below(String path) {
    return new Routes(product, base + path, audience, routes);
  }

  /** The same for others. */
  public Routes open(Audience audience) {
    return new Routes(product, base, audience, routes);
  }

  public Routes get(String path, Route.Handler handler) {
    return add("GET", path, handler);
  }

  public Routes post(String path, Route.Handler handler) {
    return add("POST", path, handler);
  }

  public Routes delete(String path, Route.Handler handler) {
    return add("DELETE", path, handler);
  }

  private Routes add(String method, String path, Route.Handler handler) {
    routes.add(new Route(product, method, Route.segments(base + path), audience, handler));
    return this;
  }

  /** Every route, such as {@code POST api /2010-04-01/Accounts/{account}/Calls}. */
  public List<String> described() {
    return routes.stream()
        .map(r ->
            "%s %s %s/%s"
                .formatted(
                    r.method(), product.label(), product.version(), String.join("/", r.pattern())))
        .toList();
  }

  List<Route> all() {
    return routes;
  }
}
