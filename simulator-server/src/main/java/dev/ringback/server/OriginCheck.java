package dev.ringback.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are taken. A browser sends what any page wants to a server on its own machine, so
 * a request must be for a name that nobody else can give us (or a page would reach us under a name
 * of its own, by its DNS), and must not come from a page of another origin. Clients that are no
 * browsers say nothing of where they come from, and pass.
 */
final class OriginCheck {
  /** How containers and virtual machines call the machine they run on. */
  private static final Set<String> HOST_OF_CONTAINERS =
      Set.of(
          "host.docker.internal",
          "gateway.docker.internal",
          "host.containers.internal",
          "host.lima.internal",
          "host.rancher-desktop.internal",
          "host.orb.internal",
          "host.minikube.internal");

  private final Set<HostName> ours = new HashSet<>();
  private final boolean everyAddress;
  private final @Nullable Origin publicOrigin;

  /**
   * @param bound where the server listens
   * @param publicUrl where apps find it
   * @param allowed further hosts, without a port
   */
  OriginCheck(String bound, String publicUrl, List<String> allowed) {
    everyAddress = HostName.of(bound).filter(HostName::isAnyAddress).isPresent();
    HostName.of(bound).ifPresent(ours::add);
    publicOrigin = Origin.of(publicUrl).orElse(null);
    if (publicOrigin != null) {
      ours.add(publicOrigin.host());
    }
    allowed.forEach(host -> HostName.of(host).ifPresent(ours::add));
  }

  /**
   * What of a request matters here; headers that are not there are null.
   *
   * @param host the header; a browser always sends it
   * @param origin the header
   * @param fetchSite {@code Sec-Fetch-Site}
   * @param scheme by which it came
   * @param reached the address of this machine at which it came in
   */
  record Source(
      @Nullable String host,
      @Nullable String origin,
      @Nullable String fetchSite,
      String scheme,
      @Nullable String reached) {}

  /** A request is refused: the status, what is wrong, and what to do. */
  record Rejection(int status, String message, String hint) {}

  /** Why a request is refused; empty: it is taken. */
  Optional<Rejection> check(Source source) {
    if (source.host() != null && !isOurs(source.host(), source.reached())) {
      return Optional.of(
          new Rejection(
              421,
              "Ringback does not answer to the Host '%s'".formatted(shortened(source.host())),
              "if that name leads here on purpose, add it to server.allowedHosts in"
                  + " ringback.yaml"));
    }
    if (source.origin() != null && !isSameOrigin(source.origin(), source)) {
      return Optional.of(
          foreign("a page of the origin '%s'".formatted(shortened(source.origin()))));
    }
    String site = source.fetchSite();
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      // same-site is a page on another port of this machine
      return Optional.of(
          foreign("a page of another origin (Sec-Fetch-Site: %s)".formatted(shortened(site))));
    }
    return Optional.empty();
  }

  private static Rejection foreign(String who) {
    return new Rejection(
        403,
        who + " may not use Ringback",
        "a browser's requests must come from Ringback's own pages; call it from the app's server,"
            + " which sends neither Origin nor Sec-Fetch-Site");
  }

  private boolean isOurs(String authority, @Nullable String reached) {
    return HostName.ofAuthority(authority)
        .filter(host ->
            host.isLoopback()
                || HOST_OF_CONTAINERS.contains(host.name())
                || host.name().endsWith(".twilio.com")
                || ours.contains(host)
                || (everyAddress
                    && host.address() != null
                    && reached != null
                    && HostName.of(reached).filter(host::equals).isPresent()))
        .isPresent();
  }

  private boolean isSameOrigin(String text, Source source) {
    Optional<Origin> origin = Origin.of(text);
    return origin.isPresent()
        && (origin.equals(Origin.of(source.scheme() + "://" + source.host()))
            // TLS ends in front of us
            || (origin.get().equals(publicOrigin)
                && HostName.ofAuthority(Objects.toString(source.host(), ""))
                    .filter(origin.get().host()::equals)
                    .isPresent()));
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }

  /** Scheme, host and port. */
  private record Origin(String scheme, HostName host, int port) {
    /** Empty: there is none in it, as in {@code null}. */
    static Optional<Origin> of(String url) {
      try {
        URI uri = new URI(url);
        String authority = uri.getRawAuthority();
        if (uri.getScheme() == null || authority == null) {
          return Optional.empty();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        int colon = authority.lastIndexOf(':');
        String port = colon > authority.lastIndexOf(']') ? authority.substring(colon + 1) : "";
        return HostName.ofAuthority(authority)
            .map(host -> new Origin(scheme, host, port.isEmpty() ? usual : Integer.parseInt(port)));
      } catch (URISyntaxException | NumberFormatException e) {
        return Optional.empty();
      }
    }
  }
}
