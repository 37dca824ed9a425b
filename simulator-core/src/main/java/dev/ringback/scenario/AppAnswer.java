package dev.ringback.scenario;

import dev.ringback.voice.Landing;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an app answered, in a few words: for a reader who wants to know what went wrong. */
public final class AppAnswer {
  private static final Pattern TITLE =
      Pattern.compile("<(title|h1)[^>]*>(.*?)</\\1>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern TAGS = Pattern.compile("<[^>]*>");
  private static final int MOST = 120;

  private AppAnswer() {}

  /** Such as {@code answered HTTP 403: Invalid signature}; one line. */
  public static String of(Landing landing) {
    return switch (landing) {
      case Landing.Failed failed -> "no answer: " + failed.cause();
      case Landing.Answered answered -> of(answered);
    };
  }

  private static String of(Landing.Answered answered) {
    String said = said(answered);
    return "answered HTTP %d%s".formatted(answered.status(), said.isEmpty() ? "" : ": " + said);
  }

  /** The title of a page, or the first words of anything else; empty: there are none. */
  public static String said(Landing.Answered answered) {
    if (!isHtml(answered)) {
      return shortened(answered.body());
    }
    String title = title(answered);
    return "an HTML page" + (title.isEmpty() ? "" : ", \u201c" + title + "\u201d");
  }

  /** The title of a page, or its first words. */
  public static String title(Landing.Answered answered) {
    String body = answered.body();
    Matcher title = TITLE.matcher(body);
    return shortened(unescaped(TAGS.matcher(title.find() ? title.group(2) : body).replaceAll(" ")));
  }

  /** Whether it is a page for people rather than TwiML. */
  public static boolean isHtml(Landing.Answered answered) {
    String start =
        answered
            .body()
            .stripLeading()
            .substring(0, Math.min(15, answered.body().stripLeading().length()));
    String lower = start.toLowerCase(Locale.ROOT);
    return lower.startsWith("<!doctype html") || lower.startsWith("<html");
  }

  private static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
  }

  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= MOST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MOST)) + "…";
  }
}
