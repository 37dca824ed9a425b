package dev.ringback.junit;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request of Twilio's that a test expects; see {@link Requests}. */
public final class Request {
  private final String kind;
  private final Map<String, Object> form;

  Request(String kind, Map<String, Object> form) {
    this.kind = kind;
    this.form = form;
  }

  /**
   * The same with a parameter.
   *
   * @param value equality, {@code /regex/}, {@code absent} or {@code present}
   */
  public Request with(String parameter, String value) {
    Map<String, Object> more = new LinkedHashMap<>(form);
    more.put(parameter, value);
    return new Request(kind, more);
  }

  /** The same without a parameter of that name. */
  public Request without(String parameter) {
    return with(parameter, "absent");
  }

  Map<String, Object> said() {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("request", kind);
    if (!form.isEmpty()) {
      said.put("form", form);
    }
    return said;
  }

  @Override
  public String toString() {
    return kind + (form.isEmpty() ? "" : " " + form);
  }
}
