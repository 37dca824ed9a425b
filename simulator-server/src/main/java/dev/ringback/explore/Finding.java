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

  /** What can be wrong. */
  enum Kind {
    INVALID_TWIML("invalid-twiml"),
    ERROR("error-answer"),
    NO_ANSWER("no-answer"),
    SLOW("slow"),
    LOOP("loop"),
    SILENCE("silence"),
    CUT_OFF("cut-off"),
    LIKE_SUCCESS("like-success"),
    REFUSED_CALLBACK("refused-callback"),
    MIXED_UP("mixed-up"),
    UNSTEADY("unsteady"),
    FORGED_REQUEST("forged-request");

    private final String name;

    Kind(String name) {
      this.name = name;
    }

    /** As a file's name has it. */
    String wireName() {
      return name;
    }
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
    text.append("# Found by exploring: ").append(course.words()).append('\n');
    text.append("scenario: ").append(YamlText.scalar(where + ": " + this.text)).append('\n');
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
