package dev.ringback.frontline;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Frontline's log of calls, in the attributes of the conversation. */
public final class CallLog {
  /** The member of the attributes that holds the entries. */
  public static final String MEMBER = "frontline.events";

  private CallLog() {}

  /**
   * The entry of a call that has ended.
   *
   * @param seconds that the two were connected
   * @param inbound whether the customer called
   */
  public static Map<String, Object> ended(Instant now, long seconds, boolean inbound) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("type", "call_ended");
    entry.put("date", now.toEpochMilli());
    entry.put("duration", seconds);
    entry.put("inbound", inbound);
    return entry;
  }
}
