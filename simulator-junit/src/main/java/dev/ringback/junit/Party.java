package dev.ringback.junit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A person in a call, who does something now. What is impossible now fails with the reason. */
public final class Party {
  private final Call call;
  private final String name;

  Party(Call call, String name) {
    this.call = call;
    this.name = name;
  }

  public void answers() {
    act(Map.of("act", "answer"));
  }

  public void declines() {
    act(Map.of("act", "decline"));
  }

  public void hangsUp() {
    act(Map.of("act", "hangup"));
  }

  /**
   * @param digits such as {@code 1} or {@code 42#}
   */
  public void presses(String digits) {
    act(Map.of("act", "press", "digits", digits));
  }

  /**
   * @param words that speech recognition understands
   */
  public void says(String words, Duration length) {
    act(Map.of("act", "speak", "for", Durations.text(length), "words", words));
  }

  private void act(Map<String, Object> what) {
    Map<String, Object> act = new LinkedHashMap<>(what);
    act.put("party", name);
    call.act(act);
  }
}
