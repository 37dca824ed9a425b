package dev.ringback.server;

import dev.ringback.account.ApiError;
import dev.ringback.files.JournalJson;
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

/** Stands in front of every route and asks {@link Admission}. */
final class Guard extends Handler.Wrapper {
  private static final int FORBIDDEN = 20403;

  /** A GET that is taken for a POST would pass whoever looks at methods. */
  private static final String OVERRIDE = "X-HTTP-Method-Override";

  private final Admission admission;

  Guard(Admission admission) {
    this.admission = admission;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Optional<Admission.SentAway> sentAway =
        admission.check(
            new Admission.Visit(
                request.getHeaders().get(HttpHeader.HOST),
                request.getHeaders().get(HttpHeader.ORIGIN),
                request.getHeaders().get("Sec-Fetch-Site"),
                request.getConnectionMetaData().isSecure() ? "https" : "http",
                Request.getLocalAddr(request)));
    if (sentAway.isEmpty() && request.getHeaders().contains(OVERRIDE)) {
      sentAway =
          Optional.of(
              new Admission.SentAway(
                  400, OVERRIDE + " is not taken", "send the method that you mean"));
    }
    if (sentAway.isEmpty()) {
      return super.handle(request, response, callback);
    }
    sendAway(request, response, callback, sentAway.get());
    return true;
  }

  private static void sendAway(
      Request request, Response response, Callback callback, Admission.SentAway why) {
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
