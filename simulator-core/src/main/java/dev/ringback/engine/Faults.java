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
final class Faults {
  /** Orders that can stand at a time. */
  static final int MAX_ORDERS = 1_000;

  private final long seed;
  private final Map<String, StandingFault> orders = new LinkedHashMap<>();
  private long drawn;
  private int numbered;

  /** A fault that strikes now. */
  record Strike(String id, Fault fault) {}

  Faults(long seed, List<FaultRule> orders) {
    this.seed = seed;
    orders.forEach(this::add);
  }

  /**
   * @return its identifier
   */
  String add(FaultRule order) {
    if (orders.size() >= MAX_ORDERS) {
      throw new IllegalStateException("there are " + MAX_ORDERS + " faults already; remove some");
    }
    String id = "fault-" + ++numbered;
    orders.put(id, new StandingFault(id, order, 0));
    return id;
  }

  boolean remove(String id) {
    return orders.remove(id) != null;
  }

  void clear() {
    orders.clear();
  }

  List<StandingFault> standing() {
    return List.copyOf(orders.values());
  }

  /** The faults of that sort which strike, at something that is no request. */
  <F extends Fault> List<F> strike(Class<F> sort, Consumer<Strike> struck) {
    List<F> strikes = new ArrayList<>();
    for (StandingFault standing : standing()) {
      if (sort.isInstance(standing.order().fault()) && strikes(standing)) {
        strikes.add(sort.cast(standing.order().fault()));
        struck.accept(new Strike(standing.id(), standing.order().fault()));
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
    if (orders.isEmpty()) {
      return List.of();
    }
    List<Strike> strikes = new ArrayList<>();
    for (StandingFault standing : standing()) {
      FaultRule order = standing.order();
      if (order.fault() instanceof Fault.OfRequest
          && concerns(order, callback)
          && has(order, form)
          && strikes(standing)) {
        strikes.add(new Strike(standing.id(), order.fault()));
      }
    }
    return strikes;
  }

  /** What a call waits for can be slow or lost; the rest is for callbacks. */
  private static boolean concerns(FaultRule order, AppRequest callback) {
    boolean waitedFor = callback.kind().isWaitedFor();
    boolean kind = order.request() == null ? !waitedFor : order.request() == callback.kind();
    return kind && (!waitedFor || order.fault() instanceof Fault.Loss);
  }

  private static boolean has(FaultRule order, Supplier<Form> form) {
    if (order.form().isEmpty()) {
      return true;
    }
    Form sent = form.get();
    return order.form().entrySet().stream()
        .allMatch(e -> sent.value(e.getKey()).filter(e.getValue()::equals).isPresent());
  }

  private boolean strikes(StandingFault standing) {
    FaultRule order = standing.order();
    if (order.times() > 0 && standing.struck() >= order.times()) {
      return false;
    }
    if (order.probability() < 1 && draw() >= order.probability()) {
      return false;
    }
    orders.put(standing.id(), new StandingFault(standing.id(), order, standing.struck() + 1));
    return true;
  }

  /** From 0 to 1. */
  private double draw() {
    return (new SidMint(seed ^ 0xFA017L, drawn++).branch() >>> 11) * 0x1.0p-53;
  }
}
