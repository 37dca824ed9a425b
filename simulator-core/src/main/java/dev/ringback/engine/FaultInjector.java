package dev.ringback.engine;

import dev.ringback.callback.Form;
import dev.ringback.fault.Fault;
import dev.ringback.fault.FaultRule;
import dev.ringback.id.SidMint;
import dev.ringback.voice.AppRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The faults ordered of a world. Whether one strikes is drawn from the world's seed, in the order
 * in which they are asked, so the same run has the same trouble.
 */
final class FaultInjector {
  /** Orders that can stand at a time. */
  static final int MAX_RULES = 1_000;

  private final long seed;
  private final Map<String, ActiveFault> rules = new LinkedHashMap<>();
  private long drawn;
  private int numbered;

  /** A fault that strikes now. */
  record Strike(String id, Fault fault) {}

  FaultInjector(long seed, List<FaultRule> rules) {
    this.seed = seed;
    rules.forEach(this::add);
  }

  /**
   * @return its identifier
   */
  String add(FaultRule rule) {
    if (rules.size() >= MAX_RULES) {
      throw new IllegalStateException("there are " + MAX_RULES + " faults already; remove some");
    }
    String id = "fault-" + ++numbered;
    rules.put(id, new ActiveFault(id, rule, 0));
    return id;
  }

  boolean remove(String id) {
    return rules.remove(id) != null;
  }

  void clear() {
    rules.clear();
  }

  List<ActiveFault> standing() {
    return List.copyOf(rules.values());
  }

  /** The faults of that sort which strike, at something that is no request. */
  <F extends Fault> List<F> strike(Class<F> sort, Consumer<Strike> struck) {
    List<F> strikes = new ArrayList<>();
    for (ActiveFault standing : standing()) {
      if (sort.isInstance(standing.rule().fault()) && strikes(standing)) {
        strikes.add(sort.cast(standing.rule().fault()));
        struck.accept(new Strike(standing.id(), standing.rule().fault()));
      }
    }
    return strikes;
  }

  /**
   * The faults that strike a request.
   *
   * @param form computed only when a fault wants to know
   */
  List<Strike> strike(AppRequest callback, Supplier<Form> form) {
    if (rules.isEmpty()) {
      return List.of();
    }
    List<Strike> strikes = new ArrayList<>();
    for (ActiveFault standing : standing()) {
      FaultRule rule = standing.rule();
      if (rule.fault() instanceof Fault.OfRequest
          && concerns(rule, callback)
          && has(rule, form)
          && strikes(standing)) {
        strikes.add(new Strike(standing.id(), rule.fault()));
      }
    }
    return strikes;
  }

  /** What a call waits for can have some faults; the rest is for callbacks. */
  private static boolean concerns(FaultRule rule, AppRequest callback) {
    boolean waitedFor = callback.kind().isWaitedFor();
    boolean kind = rule.request() == null ? !waitedFor : rule.request() == callback.kind();
    return kind && (!waitedFor || rule.fault() instanceof Fault.OfAnyRequest);
  }

  private static boolean has(FaultRule rule, Supplier<Form> form) {
    if (rule.form().isEmpty()) {
      return true;
    }
    Form sent = form.get();
    return rule.form().entrySet().stream()
        .allMatch(e -> sent.value(e.getKey()).filter(e.getValue()::equals).isPresent());
  }

  private boolean strikes(ActiveFault standing) {
    FaultRule rule = standing.rule();
    if (rule.times() > 0 && standing.struck() >= rule.times()) {
      return false;
    }
    if (rule.probability() < 1 && draw() >= rule.probability()) {
      return false;
    }
    rules.put(standing.id(), new ActiveFault(standing.id(), rule, standing.struck() + 1));
    return true;
  }

  /** From 0 to 1. */
  private double draw() {
    return (new SidMint(seed ^ 0xFA017L, drawn++).branch() >>> 11) * 0x1.0p-53;
  }
}
