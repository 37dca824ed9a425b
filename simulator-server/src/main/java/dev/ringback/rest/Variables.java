package dev.ringback.rest;

import dev.ringback.callback.Param;
import dev.ringback.engine.LoggedAlert;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Landing;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What notifications and alerts tell of an entry of the Debugger. */
public final class Variables {
  private Variables() {}

  public static boolean isError(LoggedAlert entry) {
    return entry.alert().level() == Level.ERROR;
  }

  /** The dictionary's page; null: it has none, because the entry is our own. */
  public static @Nullable String moreInfo(LoggedAlert entry) {
    return entry.alert().error() == null
        ? null
        : "https://www.twilio.com/docs/errors/" + entry.alert().code();
  }

  /** Names and values as a query. */
  public static String text(LoggedAlert entry) {
    List<Param> text = new ArrayList<>();
    String url = entry.alert().url();
    Landing.Answered answer = entry.answer();
    String message = entry.alert().message();
    boolean ofCallback = entry.alert().error() == TwilioError.STATUS_CALLBACK_FAILED;
    if (ofCallback && url != null && answer != null) {
      text.add(new Param("statusCallback", url));
      message = "Got HTTP %d response to %s".formatted(answer.status(), url);
    }
    text.add(new Param("EmailNotification", "false"));
    text.add(new Param("LogLevel", isError(entry) ? "ERROR" : "WARN"));
    text.add(new Param("sourceComponent", "12000"));
    text.add(new Param("Msg", message));
    if (answer != null) {
      text.add(new Param("httpResponse", Integer.toString(answer.status())));
    }
    text.add(new Param("ErrorCode", entry.alert().code()));
    if (url != null && !ofCallback) {
      text.add(new Param("url", url));
    }
    return encoded(text);
  }

  public static @Nullable String method(LoggedAlert entry) {
    return entry.request() == null ? null : entry.request().method().name();
  }

  public static @Nullable String url(LoggedAlert entry) {
    return entry.request() == null ? entry.alert().url() : entry.request().target();
  }

  public static @Nullable String request(LoggedAlert entry) {
    return entry.request() == null ? null : encoded(entry.request().form().params());
  }

  public static @Nullable String requestHeaders(LoggedAlert entry) {
    return entry.request() == null ? null : encoded(entry.request().headers());
  }

  public static @Nullable String responseBody(LoggedAlert entry) {
    return entry.answer() == null ? null : entry.answer().body();
  }

  public static @Nullable String responseHeaders(LoggedAlert entry) {
    Landing.Answered answer = entry.answer();
    if (answer == null) {
      return null;
    }
    return encoded(answer.headers().stream().map(h -> new Param(h.name(), h.value())).toList());
  }

  private static String encoded(List<Param> params) {
    return String.join(
        "&", params.stream().map(p -> encoded(p.name()) + "=" + encoded(p.value())).toList());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
