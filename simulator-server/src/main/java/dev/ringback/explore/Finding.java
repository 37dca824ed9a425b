package dev.ringback.explore;

import dev.ringback.yaml.YamlText;
import java.util.Collection;
import java.util.List;

/**
 * Something that the app answers badly.
 *
 * @param kind of badness
 * @param where which request of the app's, such as {@code action (Result=dialed-call-incomplete)}
 * @param text what is wrong, a sentence
 * @param course in which it happens
 * @param then what would have to be so instead, as expectations of a scenario; each a line
 */
record Finding(Kind kind, String where, String text, Course course, List<String> then) {

  private static final int LONGEST = 400;

  /** What can be wrong. */
  enum Kind {
    INVALID_TWIML("invalid-twiml", false),
    ERROR("error-answer", false),
    NO_ANSWER("no-answer", false),
    SLOW("slow", false),
    LOOP("loop", false),
    SILENCE("silence", false),
    CUT_OFF("cut-off", false),
    LIKE_SUCCESS("like-success", true),
    REFUSED_CALLBACK("refused-callback", false),
    MIXED_UP("mixed-up", true),
    FORGED_REQUEST("forged-request", true);

    private final String name;
    private final boolean compares;

    Kind(String name, boolean compares) {
      this.name = name;
      this.compares = compares;
    }

    /**
     * Whether it is bad beside another answer only: one that does not come again proves nothing.
     */
    boolean compares() {
      return compares;
    }

    /** Whether to see it again costs the time that the app takes. */
    boolean takesTime() {
      return this == NO_ANSWER || this == SLOW;
    }

    /** As a file's name has it. */
    String wireName() {
      return name;
    }
  }

  /** Redirects in a circle have URLs of many lines. */
  static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** Two findings with the same are one. */
  String key() {
    return kind + " " + where;
  }

  /**
   * The scenario, which fails as long as the app does this.
   *
   * @param allow errors that are none of the app's
   */
  String scenario(long seed, Collection<String> allow) {
    StringBuilder text = new StringBuilder();
    text.append(Exploration.FIRST_WORDS + ": ").append(course.words()).append('\n');
    text.append("scenario: ")
        .append(YamlText.scalar(shortened(where + ": " + this.text)))
        .append('\n');
    text.append("tags: [explored, ").append(kind.wireName()).append("]\n");
    if (!allow.isEmpty()) {
      text.append("allow: ").append(YamlText.of(List.copyOf(allow))).append('\n');
    }
    text.append(course.text(seed));
    text.append("then:\n");
    then.forEach(line -> text.append("  - ").append(line).append('\n'));
    return text.toString();
  }
}
