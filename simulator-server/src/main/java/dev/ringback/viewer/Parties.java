package dev.ringback.viewer;

import dev.ringback.call.Call;
import dev.ringback.call.Possible;
import dev.ringback.cast.CallParty;
import dev.ringback.voice.Act;
import dev.ringback.voice.Leg;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The people in a call: on which leg, and what each can do now, or why not. */
final class Parties {
  private static final Map<String, Act> ACTS = new LinkedHashMap<>();

  static {
    ACTS.put("answer", new Act.Answer());
    ACTS.put("decline", new Act.Decline());
    ACTS.put("busy", new Act.Busy());
    ACTS.put("unreachable", new Act.Unreachable());
    ACTS.put("hangup", new Act.HangUp());
    ACTS.put("press", new Act.Press("1"));
    ACTS.put("speak", new Act.Speak(Duration.ofSeconds(1)));
  }

  private Parties() {}

  static List<Map<String, Object>> of(Call call) {
    List<Map<String, Object>> views = new ArrayList<>();
    for (CallParty party : CallParty.values()) {
      party.leg(call).ifPresent(leg -> views.add(view(call, party, leg)));
    }
    return views;
  }

  private static Map<String, Object> view(Call call, CallParty party, Leg leg) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("party", party.word());
    view.put("address", leg.party());
    view.put("callSid", leg.sid().value());
    view.put("status", leg.status().wireName());
    if (leg.answeredAt() != null) {
      view.put("answeredAt", leg.answeredAt().toString());
    }
    Map<String, Object> impossible = new LinkedHashMap<>();
    ACTS.forEach((name, act) ->
        Possible.refusal(call, leg.sid(), act).ifPresent(why -> impossible.put(name, why)));
    view.put("impossible", impossible);
    return view;
  }
}
