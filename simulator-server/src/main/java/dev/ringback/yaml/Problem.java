package dev.ringback.yaml;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a file or a body.
 *
 * @param source the file's name; null: a request
 * @param line from 1; 0: unknown
 * @param key where, such as {@code workers[0].cast}
 * @param message what is wrong
 * @param hint what to do; null: the message says it
 */
public record Problem(
    @Nullable String source, int line, String key, String message, @Nullable String hint) {

  /** For a terminal: file, line, key, what and what to do. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (source != null) {
      text.append(source);
      if (line > 0) {
        text.append(':').append(line);
      }
      text.append(": ");
    }
    if (!key.isEmpty()) {
      text.append(key).append(": ");
    }
    text.append(message);
    if (hint != null) {
      text.append("; ").append(hint);
    }
    return text.toString();
  }
}
