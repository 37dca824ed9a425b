package dev.ringback.callback;

import dev.ringback.id.Sid;
import dev.ringback.twiml.Level;
import dev.ringback.voice.Alert;
import dev.ringback.voice.Landing;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Payload} of a Debugger event (docs/usage/troubleshooting/debugging-event-webhooks).
 * The core has no JSON library, and this is all the JSON it writes: nested maps of texts.
 */
public final class DebuggerPayload {
  private DebuggerPayload() {}

  /**
   * @param call it concerns; null: the account itself
   * @param request it came of; null: none
   * @param answer to that request; null: none
   */
  public static String of(
      @Nullable Sid call,
      Alert alert,
      @Nullable WebRequest request,
      Landing.@Nullable Answered answer) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("msg", alert.message());
    info.put("Msg", alert.message());
    info.put("sourceComponent", "12000");
    info.put("ErrorCode", alert.code());
    if (answer != null) {
      info.put("httpResponse", Integer.toString(answer.status()));
    }
    if (alert.url() != null) {
      info.put("url", alert.url());
    }
    info.put("LogLevel", alert.level() == Level.ERROR ? "ERROR" : "WARN");
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("resource_sid", call == null ? null : call.value());
    payload.put("service_sid", null);
    payload.put("error_code", alert.code());
    payload.put("more_info", info);
    if (request != null) {
      payload.put("webhook", webhook(request, answer));
    }
    StringBuilder json = new StringBuilder();
    write(payload, json);
    return json.toString();
  }

  private static Map<String, Object> webhook(
      WebRequest request, Landing.@Nullable Answered answer) {
    Map<String, Object> sent = new LinkedHashMap<>();
    sent.put("method", request.method().name());
    sent.put("url", request.target());
    sent.put("headers", texts(request.headers()));
    sent.put("parameters", texts(request.form().params()));
    Map<String, Object> webhook = new LinkedHashMap<>();
    webhook.put("type", "application/json");
    webhook.put("request", sent);
    if (answer != null) {
      Map<String, Object> headers = new LinkedHashMap<>();
      if (answer.contentType() != null) {
        headers.put("Content-Type", answer.contentType());
      }
      answer.headers().forEach(header -> headers.put(header.name(), header.value()));
      Map<String, Object> response = new LinkedHashMap<>();
      response.put("status_code", answer.status());
      response.put("headers", headers);
      response.put("body", answer.body());
      webhook.put("response", response);
    }
    return webhook;
  }

  private static Map<String, Object> texts(Iterable<Param> params) {
    Map<String, Object> texts = new LinkedHashMap<>();
    params.forEach(param -> texts.put(param.name(), param.value()));
    return texts;
  }

  private static void write(@Nullable Object value, StringBuilder json) {
    switch (value) {
      case null -> json.append("null");
      case Map<?, ?> map -> {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.append(separator);
          write(entry.getKey(), json);
          json.append(':');
          write(entry.getValue(), json);
          separator = ",";
        }
        json.append(map.isEmpty() ? "{}" : "}");
      }
      case Integer number -> json.append(number);
      default -> quote(value.toString(), json);
    }
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c)) {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
