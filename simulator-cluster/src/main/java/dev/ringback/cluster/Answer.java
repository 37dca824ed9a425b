package dev.ringback.cluster;

import java.util.Optional;

/** What a world answers, as it goes over the wire. */
final class Answer {
  static final String NONE = "none";
  static final String EXISTS = "exists";
  static final String CREATED = "created";
  static final String DELETED = "deleted";

  /** Nobody answers for it: it may be on its way. */
  static final String SILENCE = "";

  private static final String AT = "at ";
  private static final String BROKEN = "broken ";

  private Answer() {}

  static String at(String url) {
    return AT + url;
  }

  static String broken(String why) {
    return BROKEN + why;
  }

  /** The address of the node; empty: it says something else. */
  static Optional<String> url(String answer) {
    return answer.startsWith(AT) ? Optional.of(answer.substring(AT.length())) : Optional.empty();
  }

  /** Why the world cannot go on; empty: it says something else. */
  static Optional<String> why(String answer) {
    return answer.startsWith(BROKEN)
        ? Optional.of(answer.substring(BROKEN.length()))
        : Optional.empty();
  }
}
