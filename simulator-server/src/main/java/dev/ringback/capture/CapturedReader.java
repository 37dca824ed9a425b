package dev.ringback.capture;

import dev.ringback.callback.Form;
import dev.ringback.callback.Param;
import dev.ringback.media.AudioLength;
import dev.ringback.scenario.ParameterNames;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okio.ByteString;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What is kept of a request that passed through, and of its answer. */
final class CapturedReader {
  /** What a webhook's own parameters are called, behind the app's in the URL of a GET. */
  private static final Set<String> TWILIOS =
      Stream.of(RequestKind.values())
          .flatMap(kind -> ParameterNames.of(kind).stream())
          .collect(Collectors.toSet());

  /** Headers that decide what comes next. */
  private static final Set<String> TELLING =
      Set.of(
          "location", "set-cookie", "www-authenticate", "etag", "last-modified", "cache-control");

  private CapturedReader() {}

  /** Whether a webhook of Twilio's can have a parameter of that name. */
  static boolean isTwilios(String name) {
    return TWILIOS.contains(name);
  }

  static Captured read(Instant at, Request request, byte[] body, AppResponse answer) {
    List<Param> headers = new ArrayList<>();
    for (HttpField field : request.getHeaders()) {
      headers.add(new Param(field.getName(), field.getValue() == null ? "" : field.getValue()));
    }
    String proto = request.getHeaders().get("X-Forwarded-Proto");
    String host = request.getHeaders().get(HttpHeader.HOST);
    String pathQuery = request.getHttpURI().getPathQuery();
    String text = new String(body, StandardCharsets.UTF_8);
    int own = ownLength(pathQuery);
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    boolean form =
        (type != null && type.startsWith("application/x-www-form-urlencoded"))
            || text.matches("(?s)[A-Za-z][\\w.]*=[^{<]*(&[\\w.%]+=.*)?");
    String behind = own < pathQuery.length() ? pathQuery.substring(own + 1) : "";
    return new Captured(
        at,
        new Captured.Line(
            request.getMethod(),
            ("https".equals(proto) ? "https" : "http") + "://" + (host == null ? "app" : host),
            pathQuery.substring(0, own)),
        List.copyOf(headers),
        new Form(params(form ? text : behind)),
        landing(answer));
  }

  /** How much of a path with its query is the app's own. */
  private static int ownLength(String pathQuery) {
    int query = pathQuery.indexOf('?');
    for (int start = query; start >= 0; start = pathQuery.indexOf('&', start + 1)) {
      int equals = pathQuery.indexOf('=', start);
      if (equals > 0 && TWILIOS.contains(decoded(pathQuery.substring(start + 1, equals)))) {
        return start;
      }
    }
    return pathQuery.length();
  }

  private static List<Param> params(String encoded) {
    List<Param> params = new ArrayList<>();
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        params.add(
            new Param(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1))));
      }
    }
    return List.copyOf(params);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static Landing landing(AppResponse answer) {
    List<Landing.Header> telling = new ArrayList<>();
    String type = "";
    for (Param header : answer.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (TELLING.contains(name)) {
        telling.add(new Landing.Header(name, header.value()));
      }
      if (name.equals("content-type")) {
        type = header.value();
      }
    }
    boolean plays = type.toLowerCase(Locale.ROOT).startsWith("audio/");
    return new Landing.Answered(
        answer.status(),
        type.isEmpty() ? null : type,
        plays ? "" : answer.body().utf8(),
        List.copyOf(telling),
        plays ? length(type, answer.body()) : null);
  }

  private static @Nullable Duration length(String type, ByteString file) {
    try {
      return AudioLength.of(type, new ByteArrayInputStream(file.toByteArray())).orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
