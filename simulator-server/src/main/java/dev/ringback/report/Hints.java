package dev.ringback.report;

import dev.ringback.call.Landing;
import dev.ringback.callback.AddressMap;
import dev.ringback.engine.WorldSettings;
import dev.ringback.journal.Fact;
import dev.ringback.report.Timeline.Exchange;
import dev.ringback.scenario.AppAnswer;
import dev.ringback.twiml.HttpMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * What to make of an answer that was not the one wanted: what the app said, and where to look.
 *
 * @param authToken that requests are signed with
 * @param map where the app's public addresses really are
 */
public record Hints(String authToken, AddressMap map) {

  public static Hints of(WorldSettings settings) {
    return new Hints(settings.authToken(), settings.map());
  }

  /** Lines to stand below a request; empty: the answer was as it should be. */
  List<String> about(Exchange exchange) {
    List<String> lines = new ArrayList<>();
    if (exchange.landing() instanceof Landing.Failed failed) {
      lines.add(failed.cause());
    }
    if (exchange.landing() instanceof Landing.Answered answered) {
      boolean page = exchange.request().kind().expectsTwiml() && AppAnswer.isHtml(answered);
      boolean refused = answered.status() >= 400;
      String said = AppAnswer.said(answered);
      if ((page || refused) && !said.isEmpty()) {
        lines.add("the app said: " + said + (page ? "; this is an HTML page, not TwiML" : ""));
      }
      if (answered.status() == 401 || answered.status() == 403) {
        lines.addAll(signature(exchange.request()));
      }
    }
    return lines;
  }

  private List<String> signature(Fact.Requested request) {
    String signed = signedUrl(request);
    List<String> lines = new ArrayList<>();
    lines.add("if it checks X-Twilio-Signature: its auth token must be " + authToken);
    lines.add("and the URL that it validates must be " + signed);
    if (signed.startsWith("https:") && map.local(signed).isPresent()) {
      lines.add(
          "behind a proxy it sees http: let it trust X-Forwarded-Proto and Host (in Express,"
              + " app.set('trust proxy', true))");
    }
    return lines;
  }

  /** A GET is signed with its parameters in the URL. */
  private static String signedUrl(Fact.Requested request) {
    String form = request.form().encoded();
    return request.method() == HttpMethod.POST || form.isEmpty()
        ? request.url()
        : request.url() + (request.url().contains("?") ? "&" : "?") + form;
  }
}
