package dev.ringback.engine;

import dev.ringback.callback.Param;
import dev.ringback.journal.Footprint;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Landing.Answered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers to GET that the app allows to keep, by URL: {@code ETag}, {@code Last-Modified} and
 * {@code Cache-Control} count (docs/voice/twiml, "caching"). POST is never kept.
 */
final class WebCache {
  /** Bytes, by {@link Footprint}. */
  private static final long CAPACITY = 4L * 1024 * 1024;

  private static final Pattern MAX_AGE = Pattern.compile("max-age\\s*=\\s*(\\d{1,9})");

  private record Kept(Answered answered, Instant freshUntil) {}

  private final RecentlyUsed<Kept> kept =
      new RecentlyUsed<>(
          CAPACITY, kept -> Footprint.of(kept.getKey()) + Footprint.of(kept.getValue().answered()));

  /** The answer that needs no request; null: there is none. */
  @Nullable Answered fresh(String url, Instant now) {
    Kept known = kept.get(url);
    return known != null && now.isBefore(known.freshUntil()) ? known.answered() : null;
  }

  /** The headers that ask whether what is kept still holds. */
  List<Param> conditions(String url) {
    Kept known = kept.get(url);
    List<Param> headers = new ArrayList<>();
    if (known != null) {
      add(headers, "If-None-Match", known.answered().header("etag"));
      add(headers, "If-Modified-Since", known.answered().header("last-modified"));
    }
    return headers;
  }

  private static void add(List<Param> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(new Param(name, value));
    }
  }

  /** The answer that counts: after a 304 is the answer that was kept; others may be kept. */
  Landing resolve(String url, Answered answered, Instant now) {
    Kept known = kept.get(url);
    if (answered.status() == 304 && known != null) {
      kept.put(url, new Kept(known.answered(), now.plus(age(answered))));
      return known.answered();
    }
    if (answered.status() == 200) {
      String control = control(answered);
      boolean mayKeep = !control.contains("no-store") && !control.contains("private");
      boolean worthIt =
          answered.header("etag") != null
              || answered.header("last-modified") != null
              || !age(answered).isZero();
      if (mayKeep && worthIt) {
        kept.put(url, new Kept(answered, now.plus(age(answered))));
      } else {
        kept.remove(url);
      }
    }
    return answered;
  }

  private static Duration age(Answered answered) {
    String control = control(answered);
    Matcher age = MAX_AGE.matcher(control);
    return control.contains("no-cache") || !age.find()
        ? Duration.ZERO
        : Duration.ofSeconds(Long.parseLong(age.group(1)));
  }

  private static String control(Answered answered) {
    String control = answered.header("cache-control");
    return control == null ? "" : control.toLowerCase(Locale.ROOT);
  }
}
