package dev.ringback.server;

import dev.ringback.account.ApiError;
import dev.ringback.json.JournalJson;
import dev.ringback.rest.TwilioApi;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses what {@link OriginCheck} refuses, before any route. */
final class OriginCheckHandler extends Handler.Wrapper {
  private static final int FORBIDDEN = 20403;

  /** A GET that is taken for a POST would pass a check that looks at methods. */
  private static final String OVERRIDE = "X-HTTP-Method-Override";

  private final OriginCheck originCheck;

  OriginCheckHandler(OriginCheck originCheck) {
    this.originCheck = originCheck;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Optional<OriginCheck.Rejection> rejection =
        originCheck.check(
            new OriginCheck.Source(
                request.getHeaders().get(HttpHeader.HOST),
                request.getHeaders().get(HttpHeader.ORIGIN),
                request.getHeaders().get("Sec-Fetch-Site"),
                request.getConnectionMetaData().isSecure() ? "https" : "http",
                Request.getLocalAddr(request)));
    if (rejection.isEmpty() && request.getHeaders().contains(OVERRIDE)) {
      rejection =
          Optional.of(
              new OriginCheck.Rejection(
                  400, OVERRIDE + " is not taken", "send the method that you mean"));
    }
    if (rejection.isEmpty()) {
      return super.handle(request, response, callback);
    }
    reject(request, response, callback, rejection.get());
    return true;
  }

  private static void reject(
      Request request, Response response, Callback callback, OriginCheck.Rejection why) {
    TwilioApi.Written written =
        TwilioApi.written(
                Objects.toString(request.getHeaders().get(HttpHeader.HOST), ""),
                Objects.toString(request.getHttpURI().getCanonicalPath(), "/"),
                new ApiError(why.status(), FORBIDDEN, why.message() + "; " + why.hint()))
            .orElseGet(() ->
                new TwilioApi.Written(
                    "application/json",
                    JournalJson.mapper()
                        .writeValueAsString(
                            Map.of(
                                "error", Map.of("message", why.message(), "hint", why.hint())))));
    response.setStatus(why.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, written.type() + ";charset=utf-8");
    Content.Sink.write(response, true, written.text(), callback);
  }
}
