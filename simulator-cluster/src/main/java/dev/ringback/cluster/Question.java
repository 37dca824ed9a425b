package dev.ringback.cluster;

import java.util.Locale;

/**
 * What nodes ask of a world, as it goes over the wire: {@code ACCOUNT WHAT}, and behind a line
 * break the settings.
 */
record Question(String account, What what, String settings) {
  /** What is asked. */
  enum What {
    /** On which node it is. */
    LOCATE,
    CREATE,
    DELETE,
    /** It is to stop here, because its place is another node. */
    LEAVE
  }

  static Question read(String text) {
    int end = text.indexOf('\n');
    String head = end < 0 ? text : text.substring(0, end);
    int space = head.indexOf(' ');
    return new Question(
        head.substring(0, space),
        What.valueOf(head.substring(space + 1).toUpperCase(Locale.ROOT)),
        end < 0 ? "" : text.substring(end + 1));
  }

  String text() {
    String head = account + " " + what.name().toLowerCase(Locale.ROOT);
    return settings.isEmpty() ? head : head + "\n" + settings;
  }
}
