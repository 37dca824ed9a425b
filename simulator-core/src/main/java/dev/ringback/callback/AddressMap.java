package dev.ringback.callback;

import java.util.List;
import java.util.Optional;

/**
 * Public addresses and where they really run, as behind a tunnel: the request goes to the local
 * address while its {@code Host}, {@code X-Forwarded-*} and signature are the public one's.
 */
public record AddressMap(List<Route> routes) {
  public static final AddressMap NONE = new AddressMap(List.of());

  /**
   * @param publicPrefix such as {@code https://my-app.example}
   * @param localPrefix such as {@code http://localhost:3000}
   */
  public record Route(String publicPrefix, String localPrefix) {
    /** In the form in which requests come by: the host in lower case, no slash at the end. */
    public Route {
      publicPrefix = withoutSlash(WebUrl.normalized(publicPrefix));
      localPrefix = withoutSlash(localPrefix);
    }

    private static String withoutSlash(String url) {
      return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
  }

  /** Where a request for {@code url} goes; empty: to {@code url} itself. */
  public Optional<String> local(String url) {
    for (Route route : routes) {
      String prefix = route.publicPrefix();
      if (url.startsWith(prefix)
          && (url.length() == prefix.length() || "/?#".indexOf(url.charAt(prefix.length())) >= 0)) {
        return Optional.of(route.localPrefix() + url.substring(prefix.length()));
      }
    }
    return Optional.empty();
  }
}
