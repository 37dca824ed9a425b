package dev.ringback.twilio;

import com.twilio.Twilio;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import java.net.URI;

/**
 * Sends what Twilio's Java library asks of {@code *.twilio.com} to Ringback, and says which host
 * was meant. An app hands it to its client, or to all clients:
 *
 * {@snippet :
 * TwilioRestClient client = RingbackHttpClient.client(accountSid, authToken, "http://localhost:4010");
 * RingbackHttpClient.install(accountSid, authToken, "http://localhost:4010"); // for Twilio.init apps
 * }
 */
public final class RingbackHttpClient extends NetworkHttpClient {
  private final String ringback;

  /**
   * @param url where Ringback listens, such as {@code http://localhost:4010}; a slash at its end
   *     does not matter
   * @throws IllegalArgumentException when that is no absolute http(s) URL
   */
  public RingbackHttpClient(String url) {
    if (!url.matches("https?://[^/]+/?")) {
      throw new IllegalArgumentException(
          "'" + url + "' is not where Ringback can listen; write http://localhost:4010");
    }
    this.ringback = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** A client of the library that speaks to Ringback. */
  public static TwilioRestClient client(String username, String password, String url) {
    return new TwilioRestClient.Builder(username, password)
        .httpClient(new RingbackHttpClient(url))
        .build();
  }

  /** All calls of the library that name no client go to Ringback; call it after Twilio.init. */
  public static void install(String username, String password, String url) {
    Twilio.init(username, password);
    Twilio.setRestClient(client(username, password, url));
  }

  @Override
  public Response makeRequest(Request request) {
    String meant = request.getUrl().replace(" ", "%20");
    String host = URI.create(meant.replaceAll("[?#].*", "")).getAuthority();
    Request local =
        new Request(request.getMethod(), meant.replaceFirst("^https?://[^/]+", ringback));
    request.getQueryParams().forEach((k, vs) -> vs.forEach(v -> local.addQueryParam(k, v)));
    request.getPostParams().forEach((k, vs) -> vs.forEach(v -> local.addPostParam(k, v)));
    request.getHeaderParams().forEach((k, vs) -> vs.forEach(v -> local.addHeaderParam(k, v)));
    local.addHeaderParam("Host", host);
    if (request.getUsername() != null) {
      local.setAuth(request.getUsername(), request.getPassword());
    }
    local.setContentType(request.getContentType());
    local.setBody(request.getBody());
    return super.makeRequest(local);
  }
}
