package dev.ringback.callback;

import dev.ringback.call.Landing;
import dev.ringback.twiml.HttpMethod;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
public record WebSession(List<Cookie> cookies, Map<String, Asked> challenges) {
  public static final WebSession EMPTY = new WebSession(List.of(), Map.of());

  /**
   * A challenge that was met.
   *
   * @param uses how often it was answered
   */
  public record Asked(Challenge challenge, int uses) {}

  /** The session after that answer. */
  public WebSession after(String url, Landing.Answered answered) {
    List<Cookie> now = cookies;
    for (Landing.Header header : answered.headers()) {
      if (header.name().equals("set-cookie")) {
        now = Cookie.after(now, WebUrl.withoutUser(url), header.value());
      }
    }
    return now.equals(cookies) ? this : new WebSession(now, challenges);
  }

  /**
   * The session that answers a challenge from now on; empty when it cannot: there is no user in the
   * URL, or it was answered in vain, or the scheme is unknown.
   */
  public Optional<WebSession> challenged(String url, Landing.Answered answered, boolean inVain) {
    String header = answered.header("www-authenticate");
    String key = key(url);
    if (answered.status() != 401 || header == null || key == null || inVain) {
      return Optional.empty();
    }
    return Challenge.of(header).map(challenge -> with(key, new Asked(challenge, 0)));
  }

  private WebSession with(String key, Asked asked) {
    Map<String, Asked> more = new LinkedHashMap<>(challenges);
    more.put(key, asked);
    return new WebSession(cookies, java.util.Collections.unmodifiableMap(more));
  }

  /** The session after a request to that URL left. */
  public WebSession requested(String url) {
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
   */
  public List<Param> headers(HttpMethod method, String url, String requested) {
    List<Param> headers = new ArrayList<>();
    String sent =
        cookies.stream()
            .filter(c -> c.goesTo(requested))
            .map(c -> c.name() + "=" + c.value())
            .collect(Collectors.joining("; "));
    if (!sent.isEmpty()) {
      headers.add(new Param("Cookie", sent));
    }
    String key = key(url);
    Asked asked = key == null ? null : challenges.get(key);
    if (key != null && asked != null) {
      String user = URLDecoder.decode(rawUser(url), StandardCharsets.UTF_8);
      headers.add(
          new Param(
              "Authorization",
              asked.challenge().answer(user, method, requested, asked.uses() + 1)));
    }
    return headers;
  }

  private static @Nullable String key(String url) {
    String user = rawUser(url);
    if (user.isEmpty()) {
      return null;
    }
    URI uri = URI.create(WebUrl.normalized(url));
    return user + "@" + uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort();
  }

  private static String rawUser(String url) {
    try {
      String user = URI.create(WebUrl.normalized(url)).getRawUserInfo();
      return user == null ? "" : user;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
