package dev.ringback.junit;

import java.util.Map;

/**
 * A request of Twilio's that came, and what the app answered.
 *
 * @param form its parameters, in Twilio's order
 * @param status of the answer; 0: there was none
 * @param body of the answer
 */
public record Exchange(Map<String, String> form, int status, String body) {

  /** A parameter; empty: it was not there. */
  public String value(String parameter) {
    return form.getOrDefault(parameter, "");
  }
}
