package dev.ringback.rest;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** An error as Twilio's API tells it (docs/usage/twilios-response). */
final class RestError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  RestError(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static RestError notFound(Context context) {
    return new RestError(404, 20404, "The requested resource " + context.path() + " was not found");
  }

  void write(Context context) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("code", code);
    body.put("message", getMessage());
    body.put("more_info", "https://www.twilio.com/docs/errors/" + code);
    body.put("status", status);
    context.status(status).json(body);
  }
}
