package dev.ringback.report;

import dev.ringback.callback.AddressMap;
import dev.ringback.engine.WorldSettings;
import dev.ringback.journal.Fact;
import dev.ringback.report.Timeline.Request;
import dev.ringback.scenario.AppAnswer;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Landing;
import java.util.ArrayList;
import java.util.List;

/**
 * What to make of an answer that was not the one wanted: what the app said, and where to look.
 *
 * @param authToken that requests are signed with
 * @param map where the app's public addresses really are
 */
public record Hints(String authToken, AddressMap map) {

  /** Stands for the token where others than its owner may read. */
  public static final String UNSAID = "the one that `ringback serve` has printed";

  /** For the terminal of the person who started the world. */
  public static Hints of(WorldSettings settings) {
    return new Hints(settings.authToken(), settings.identity().network().map());
  }

  /** For clients of the control API: the token is no answer to all who can reach the port. */
  public static Hints withoutToken(WorldSettings settings) {
    return new Hints(UNSAID, settings.identity().network().map());
  }

  /** Lines to stand below a request; empty: the answer was as it should be. */
  List<String> about(Request request) {
    List<String> lines = new ArrayList<>();
    if (request.landing() instanceof Landing.Failed failed) {
      lines.add(failed.cause());
    }
    if (request.landing() instanceof Landing.Answered answered) {
      boolean page = request.sent().kind().expectsTwiml() && AppAnswer.isHtml(answered);
      boolean refused = answered.status() >= 400;
      boolean unread = isMisread(request, answered);
      String said = AppAnswer.said(answered);
      if ((page || refused || unread) && !said.isEmpty()) {
        lines.add(
            page
                ? "this is an HTML page, not TwiML: " + AppAnswer.title(answered)
                : "the app said: " + said);
      }
      if (answered.status() == 401 || answered.status() == 403) {
        lines.addAll(signature(request.sent()));
      }
    }
    return lines;
  }

  /** Something that should be TwiML and is none. */
  private static boolean isMisread(Request request, Landing.Answered answered) {
    String type = answered.contentType() == null ? "" : answered.contentType();
    return request.sent().kind().expectsTwiml()
        && request.verbs() == null
        && answered.successful()
        && (type.contains("xml") || type.contains("html") || type.contains("json"));
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
