package dev.ringback.callback;

import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Landing;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a call remembers between its requests: cookies, and which servers want to know the user
 * (docs/voice/twiml, docs/usage/security). A value.
 *
 * @param challenges by origin and user
 */
public record WebClientState(List<Cookie> cookies, Map<String, Asked> challenges) {
  public static final WebClientState EMPTY = new WebClientState(List.of(), Map.of());

  /**
   * A challenge that was met.
   *
   * @param uses how often it was answered
   */
  public record Asked(Challenge challenge, int uses) {}

  /** The session after that answer, at that time of the world. */
  public WebClientState after(String url, Landing.Answered answered, Instant time) {
    List<Cookie> now = cookies;
    for (Landing.Header header : answered.headers()) {
      if (header.name().equals("set-cookie")) {
        now = Cookie.after(now, url, header.value(), time);
      }
    }
    return now.equals(cookies) ? this : new WebClientState(now, challenges);
  }

  /**
   * The session that answers a challenge from now on; empty when it cannot: there is no user in the
   * URL, or it was answered in vain, or the scheme is unknown.
   */
  public Optional<WebClientState> challenged(
      String url, Landing.Answered answered, boolean inVain) {
    String key = key(url);
    if (answered.status() != 401 || key == null || inVain) {
      return Optional.empty();
    }
    return answered.headers().stream()
        .filter(h -> h.name().equals("www-authenticate"))
        .flatMap(h -> Challenge.of(h.value()).stream())
        .findFirst()
        .map(challenge -> with(key, new Asked(challenge, 0)));
  }

  private WebClientState with(String key, Asked asked) {
    Map<String, Asked> more = new LinkedHashMap<>(challenges);
    more.put(key, asked);
    return new WebClientState(cookies, java.util.Collections.unmodifiableMap(more));
  }

  /** The session after a request to that URL left. */
  public WebClientState requested(String url) {
    String key = key(url);
    Asked asked = key == null ? null : challenges.get(key);
    return key == null || asked == null
        ? this
        : with(key, new Asked(asked.challenge(), asked.uses() + 1));
  }

  /** Whether a request to that URL tells the user. */
  public boolean authorizes(String url) {
    String key = key(url);
    return key != null && challenges.containsKey(key);
  }

  /**
   * The headers a request carries by it.
   *
   * @param url with the user, if there is one
   * @param requested the URL as requested, with the parameters of a GET
   * @param now the world's time
   */
  public List<Param> headers(HttpMethod method, String url, String requested, Instant now) {
    List<Param> headers = new ArrayList<>();
    String sent =
        cookies.stream()
            .filter(c -> c.goesTo(requested, now))
            .map(c -> c.name() + "=" + c.value())
            .collect(Collectors.joining("; "));
    if (!sent.isEmpty()) {
      headers.add(new Param("Cookie", sent));
    }
    String key = key(url);
    Asked asked = key == null ? null : challenges.get(key);
    if (key != null && asked != null) {
      String user =
          URLDecoder.decode(
              WebUrl.Parts.of(url).user().replace("+", "%2B"), StandardCharsets.UTF_8);
      headers.add(
          new Param(
              "Authorization",
              asked.challenge().answer(user, method, requested, asked.uses() + 1)));
    }
    return headers;
  }

  private static @Nullable String key(String url) {
    WebUrl.Parts parts = WebUrl.Parts.of(url);
    return parts.user().isEmpty()
        ? null
        : parts.user() + "@" + parts.scheme() + "://" + parts.host() + parts.port();
  }
}
