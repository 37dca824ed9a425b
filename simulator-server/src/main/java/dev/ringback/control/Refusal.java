package dev.ringback.control;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused: {@code {"error": {"message", "field"?, "hint"?}}}.
 *
 * @see ControlApi
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String field;
  private final @Nullable String hint;

  Refusal(int status, String message, @Nullable String field, @Nullable String hint) {
    super(message, null, false, false);
    this.status = status;
    this.field = field;
    this.hint = hint;
  }

  static Refusal notFound(String message) {
    return new Refusal(404, message, null, null);
  }

  static Refusal conflict(String message, @Nullable String hint) {
    return new Refusal(409, message, null, hint);
  }

  int status() {
    return status;
  }

  Map<String, Object> body() {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", String.valueOf(getMessage()));
    if (field != null && !field.isEmpty()) {
      error.put("field", field);
    }
    if (hint != null) {
      error.put("hint", hint);
    }
    return Map.of("error", error);
  }
}
