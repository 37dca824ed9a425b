package dev.ringback.config;

import dev.ringback.fault.Fault;
import dev.ringback.fault.FaultRule;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.yaml.Durations;
import dev.ringback.yaml.Section;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Faults as people order them: {@code {fault: slow, by: 3s, request: session-status}}. */
public final class FaultReader {
  private static final Duration SLOW = Duration.ofSeconds(5);
  private static final Duration SKEW = Duration.ofSeconds(90);

  /** Every fault that can be ordered. */
  public static final List<String> NAMES =
      List.of(
          "slow",
          "dropped",
          "duplicated",
          "reordered",
          "never-sent",
          "clock-skew",
          "wrong-signature",
          "recording-failed",
          "recording-absent",
          "failed-create-conversation",
          "internal-error",
          "carrier-failure");

  private FaultReader() {}

  /** A list of orders; empty when there is none. */
  public static List<FaultRule> all(Section parent, String key) {
    List<FaultRule> orders = new ArrayList<>();
    for (Section section : parent.sections(key)) {
      read(section).ifPresent(orders::add);
    }
    return orders;
  }

  /** One order. */
  public static Optional<FaultRule> read(Section section) {
    section.missing("fault");
    Optional<Fault> fault = section.choice("fault", NAMES).map(name -> fault(section, name));
    Optional<RequestKind> request = section.named("request", RequestKind.class);
    Map<String, String> form = section.freeTexts("form");
    request.ifPresent(
        kind -> section.section("form").ifPresent(names -> FormWords.check(names, kind, form)));
    double probability =
        section
            .value("probability", FaultReader::probability, "a number above 0, at most 1")
            .orElse(1.0);
    long times =
        section
            .value(
                "times",
                t -> t.matches("\\d{1,6}") ? Optional.of(Long.valueOf(t)) : Optional.empty(),
                "a whole number; 0: always")
            .orElse(0L);
    fault.ifPresent(f -> check(section, f, request));
    section.done();
    return fault.map(
        f -> new FaultRule(f, request.orElse(null), form, probability, Math.toIntExact(times)));
  }

  private static void check(Section section, Fault fault, Optional<RequestKind> request) {
    if (!(fault instanceof Fault.OfRequest)) {
      if (section.has("request") || section.has("form")) {
        section.wrong("request", "goes with faults of requests only, which this is not");
      }
      return;
    }
    if (request.isPresent()
        && request.get().isWaitedFor()
        && !(fault instanceof Fault.OfAnyRequest)) {
      section.wrong(
          "request",
          "a call waits for '%s', which can be slow, dropped or have a wrong-signature only"
              .formatted(request.get().wireName()));
    }
  }

  private static Optional<Double> probability(String text) {
    try {
      double probability = Double.parseDouble(text);
      return probability > 0 && probability <= 1 ? Optional.of(probability) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Fault fault(Section section, String name) {
    Optional<Duration> by =
        switch (name) {
          case "slow" -> section.duration("by");
          case "clock-skew" ->
              section.value("by", FaultReader::skew, "a duration, such as 90s or -90s");
          default -> Optional.empty();
        };
    return switch (name) {
      case "slow" -> new Fault.Slow(by.orElse(SLOW));
      case "dropped" -> new Fault.Dropped();
      case "duplicated" -> new Fault.Duplicated();
      case "reordered" -> new Fault.Reordered();
      case "never-sent" -> new Fault.NeverSent();
      case "clock-skew" -> new Fault.ClockSkew(by.orElse(SKEW));
      case "wrong-signature" -> new Fault.WrongSignature();
      case "recording-failed" -> new Fault.RecordingLost(RecordingStatus.FAILED);
      case "recording-absent" -> new Fault.RecordingLost(RecordingStatus.ABSENT);
      case "failed-create-conversation" -> new Fault.NoConversation();
      case "internal-error" -> new Fault.InternalError();
      case "carrier-failure" -> new Fault.CarrierFailure();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Optional<Duration> skew(String text) {
    return text.startsWith("-")
        ? Durations.parse(text.substring(1)).map(Duration::negated)
        : Durations.parse(text);
  }

  /** An order as {@link #read} takes it, for JSON. */
  public static Map<String, Object> view(FaultRule order) {
    Map<String, Object> view = new LinkedHashMap<>();
    switch (order.fault()) {
      case Fault.Slow slow -> {
        view.put("fault", "slow");
        view.put("by", Durations.text(slow.by()));
      }
      case Fault.ClockSkew skew -> {
        view.put("fault", "clock-skew");
        view.put("by", (skew.by().isNegative() ? "-" : "") + Durations.text(skew.by().abs()));
      }
      case Fault.Dropped dropped -> view.put("fault", "dropped");
      case Fault.Duplicated twice -> view.put("fault", "duplicated");
      case Fault.Reordered reordered -> view.put("fault", "reordered");
      case Fault.NeverSent never -> view.put("fault", "never-sent");
      case Fault.WrongSignature wrong -> view.put("fault", "wrong-signature");
      case Fault.RecordingLost lost -> view.put("fault", "recording-" + lost.status().wireName());
      case Fault.NoConversation none -> view.put("fault", "failed-create-conversation");
      case Fault.InternalError broken -> view.put("fault", "internal-error");
      case Fault.CarrierFailure carrier -> view.put("fault", "carrier-failure");
    }
    if (order.request() != null) {
      view.put("request", order.request().wireName());
    }
    if (!order.form().isEmpty()) {
      view.put("form", order.form());
    }
    view.put("probability", BigDecimal.valueOf(order.probability()));
    view.put("times", order.times());
    return view;
  }
}
