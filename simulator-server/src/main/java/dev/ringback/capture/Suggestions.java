package dev.ringback.capture;

import static dev.ringback.scenariofile.ScenarioDraft.ordered;

import dev.ringback.capture.Guess.Act;
import dev.ringback.capture.Guess.Caller;
import dev.ringback.capture.Guess.Frontline;
import dev.ringback.yaml.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What somebody may have done, so that Twilio sent what it sent. */
final class Suggestions {
  /** When nothing says how long something took. */
  private static final List<Duration> USUAL =
      List.of(
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ZERO,
          Duration.ofSeconds(1),
          Duration.ofSeconds(7),
          Duration.ofSeconds(12));

  private static final Duration LONGEST = Duration.ofHours(4);

  private final Guess guess;
  private final Rehearsal rehearsal;
  private final List<Captured> captured;

  Suggestions(PlayedGuess played) {
    this.guess = played.guess();
    this.rehearsal = played.rehearsal();
    this.captured = played.rehearsal().outcome().captured();
  }

  List<Guess> by(Difference difference) {
    List<Guess> guesses = new ArrayList<>();
    switch (difference) {
      case Difference.NotSent missing -> guesses.addAll(by(missing.captured()));
      case Difference.Field field -> {
        if (field.value().isLength()) {
          guesses.addAll(longer(field.value().secondsMore()));
          guesses.addAll(shorter(field));
        }
        guesses.addAll(by(field.captured()));
      }
      case Difference.NotCaptured more -> guesses.addAll(goneBefore(more));
    }
    return guesses;
  }

  /** Somebody has hung up so much earlier. */
  private List<Guess> shorter(Difference.Field field) {
    Duration at =
        Duration.between(rehearsal.start(), field.exchange().leftAt())
            .plusSeconds(field.value().secondsMore());
    return at.isNegative() || field.value().secondsMore() >= 0
        ? List.of()
        : Stream.of(called(), caller())
            .map(party -> guess.with(new Act(at, party, ordered("act", "hangup"))))
            .toList();
  }

  /** Each act later, alone or with all that follow; or the caller speaks longer. */
  private List<Guess> longer(long seconds) {
    Duration by = Duration.ofSeconds(seconds);
    List<Guess> guesses = new ArrayList<>();
    for (int i = guess.acts().size() - 1; i >= 0; i--) {
      List<Act> one = new ArrayList<>(guess.acts());
      one.set(i, one.get(i).shifted(by));
      guesses.add(guess.withActs(one));
      List<Act> rest = new ArrayList<>(guess.acts());
      for (int j = i; j < rest.size(); j++) {
        rest.set(j, rest.get(j).shifted(by));
      }
      guesses.add(guess.withActs(rest));
    }
    Caller caller = guess.parties().caller();
    if (caller != null && !caller.speaks().plus(by).isNegative()) {
      guesses.add(
          guess.with(new Caller(caller.speaks().plus(by), caller.says(), caller.hangsUp())));
    }
    return guesses;
  }

  /** The caller has hung up before Ringback would have sent it. */
  private List<Guess> goneBefore(Difference.NotCaptured more) {
    Duration at = Duration.between(rehearsal.start(), more.exchange().leftAt());
    Set<Duration> times = new LinkedHashSet<>();
    times.add(at.minusMillis(500));
    times.add(at.dividedBy(2));
    return times.stream()
        .filter(time -> !time.isNegative())
        .map(time -> guess.with(new Act(time, caller(), ordered("act", "hangup"))))
        .toList();
  }

  private String caller() {
    return guess.people().workerCalls() ? "worker" : "customer";
  }

  private String called() {
    return guess.people().workerCalls() ? "customer" : "worker";
  }

  // By what a request tells

  private List<Guess> by(Captured one) {
    List<Guess> guesses = new ArrayList<>();
    Duration begin = before(one);
    List<Duration> delays = delays(one);
    frontline(one, guesses);
    if (one.has("DialCallStatus")) {
      dialled(one, begin, delays, guesses);
    }
    boolean answered =
        one.event().contains("call-answered")
            || one.event().endsWith("in-progress")
            || one.event().endsWith("answered");
    boolean ofCalledLeg = one.has("ParentCallSid");
    if (answered || ofCalledLeg) {
      at(begin, delays, called(), "answer", guesses);
    }
    if (one.event().contains("completed") && !one.has("RecordingStatus")) {
      at(begin, delays, called(), "hangup", guesses);
      at(begin, delays, caller(), "hangup", guesses);
      Long lasted = one.seconds("CallDuration");
      if (lasted != null) {
        guesses.add(
            guess.with(new Act(Duration.ofSeconds(lasted), caller(), ordered("act", "hangup"))));
      }
    }
    if (one.event().endsWith("busy")) {
      busy(begin, delays, guesses);
    }
    if (one.event().endsWith("no-answer")) {
      at(begin, delays, called(), "decline", guesses);
    }
    if (one.event().endsWith("failed") && !one.has("RecordingStatus")) {
      guesses.add(guess.withCalled("unreachable"));
    }
    switch (one.value("RecordingStatus")) {
      case "absent" -> guesses.add(guess.withFault("recording-absent"));
      case "failed" -> guesses.add(guess.withFault("recording-failed"));
      default -> {}
    }
    spoken(one, begin, delays, guesses);
    if (one.has("QueueResult") || one.value("CallStatus").equals("completed")) {
      at(begin, delays, caller(), "hangup", guesses);
    }
    return guesses;
  }

  private void frontline(Captured one, List<Guess> guesses) {
    switch (one.value("Result")) {
      case "no-other-participants" -> {
        guesses.add(guess.with(Frontline.NO_WORKER));
        guesses.add(guess.with(Frontline.NOBODY));
      }
      case "no-existing-conversation", "invalid-conversation" -> {
        guesses.add(guess.with(Frontline.UNKNOWN));
        guesses.add(guess.with(Frontline.NO_WORKER));
      }
      case "failed-create-conversation" ->
          guesses.add(guess.with(Frontline.UNKNOWN).withFault("failed-create-conversation"));
      case "internal-error" -> guesses.add(guess.withFault("internal-error"));
      default -> {}
    }
    if (one.value("EventType").equals("onConversationAdd")
        || one.value("EventType").equals("onConversationAdded")) {
      guesses.add(guess.with(Frontline.UNKNOWN));
    }
  }

  /** How the called party's leg ended. */
  private void dialled(Captured one, Duration begin, List<Duration> delays, List<Guess> guesses) {
    boolean callerGone = one.value("CallStatus").equals("completed");
    Long talked = one.seconds("DialCallDuration");
    switch (one.value("DialCallStatus")) {
      case "completed", "answered" -> {
        Duration length = Duration.ofSeconds(talked == null ? 0 : talked);
        for (Duration delay : delays) {
          Duration answered = delay.compareTo(length) > 0 ? delay.minus(length) : delay;
          for (Duration ring : answered.equals(delay) ? List.of(delay) : List.of(answered, delay)) {
            Act answer = new Act(begin.plus(ring), called(), ordered("act", "answer"));
            guesses.add(
                guess.with(
                    answer,
                    new Act(
                        begin.plus(ring).plus(length),
                        callerGone ? caller() : called(),
                        ordered("act", "hangup"))));
          }
          at(begin, List.of(delay), callerGone ? caller() : called(), "hangup", guesses);
        }
      }
      case "busy" -> busy(begin, delays, guesses);
      case "no-answer" -> at(begin, delays, called(), "decline", guesses);
      case "failed" -> guesses.add(guess.withCalled("unreachable"));
      case "canceled" -> {
        if (callerGone) {
          at(begin, delays, caller(), "hangup", guesses);
        } else {
          for (Duration delay : delays) {
            guesses.add(
                guess.with(
                    new Act(
                        begin.plus(delay), "api", ordered("status", "canceled", "leg", called()))));
          }
        }
      }
      default -> {}
    }
  }

  /** In another call; or, in the app, it was declined. */
  private void busy(Duration begin, List<Duration> delays, List<Guess> guesses) {
    guesses.add(guess.withCalled("busy"));
    at(begin, delays, called(), "decline", guesses);
    at(begin, delays, called(), "busy", guesses);
  }

  /** Keys, words and messages. */
  private void spoken(Captured one, Duration begin, List<Duration> delays, List<Guess> guesses) {
    String party = one.has("ParentCallSid") ? called() : caller();
    String digits = one.value("Digits");
    Long recorded = one.has("RecordingStatus") ? null : one.seconds("RecordingDuration");
    if (recorded != null && !one.has("DialCallStatus")) {
      Duration length = Duration.ofSeconds(recorded);
      boolean hangsUp = digits.equals("hangup");
      guesses.add(guess.with(speaking(length, hangsUp)));
      for (long silence : List.of(5L, 2L, 10L)) {
        if (!hangsUp && recorded > silence) {
          guesses.add(guess.with(speaking(length.minusSeconds(silence), false)));
        }
      }
      if (!digits.isEmpty() && !hangsUp) {
        for (Duration delay : delays) {
          Act press = new Act(begin.plus(delay), party, ordered("act", "press", "digits", digits));
          guesses.add(guess.with(press));
          guesses.add(guess.with(speaking(LONGEST, false)).with(press));
        }
      }
      return;
    }
    if (one.has("Digits") && digits.isEmpty()) {
      for (long millis : List.of(800L, 500L, 0L)) {
        guesses.add(guess.with(speaking(Duration.ofMillis(millis), true)));
        guesses.add(guess.with(speaking(Duration.ofMillis(millis), false)));
      }
    }
    if (one.has("Digits") && !digits.isEmpty() && !digits.equals("hangup")) {
      String finished = one.value("FinishedOnKey");
      for (Duration delay : delays) {
        guesses.add(
            guess.with(
                new Act(
                    begin.plus(delay),
                    party,
                    ordered("act", "press", "digits", digits + finished))));
      }
    }
    if (one.has("SpeechResult")) {
      for (Duration delay : delays) {
        for (long length : List.of(2L, 1L, 4L)) {
          guesses.add(
              guess.with(
                  new Act(
                      begin.plus(delay),
                      party,
                      ordered(
                          "act",
                          "speak",
                          "for",
                          Durations.text(Duration.ofSeconds(length)),
                          "words",
                          one.value("SpeechResult"),
                          "confidence",
                          one.value("Confidence")))));
        }
      }
    }
  }

  /** With the same words, if they are known. */
  private Caller speaking(Duration length, boolean hangsUp) {
    Caller known = guess.parties().caller();
    return new Caller(length, known == null ? "" : known.says(), hangsUp);
  }

  private void at(
      Duration begin, List<Duration> delays, String party, String act, List<Guess> guesses) {
    for (Duration delay : delays) {
      guesses.add(guess.with(new Act(begin.plus(delay), party, ordered("act", act))));
    }
  }

  // Time

  /** When Ringback sent what stands for the request before it. */
  private Duration before(Captured one) {
    for (int i = captured.indexOf(one) - 1; i >= 0; i--) {
      Duration when = rehearsal.when(captured.get(i));
      if (when != null) {
        return when;
      }
    }
    return Duration.ZERO;
  }

  /** How long after the request before it something may have happened, the likeliest first. */
  private List<Duration> delays(Captured one) {
    Set<Duration> delays = new LinkedHashSet<>();
    int index = captured.indexOf(one);
    Captured previous = index > 0 ? captured.get(index - 1) : null;
    if (previous != null) {
      Instant said = one.saysWhen();
      Instant before = previous.saysWhen();
      add(delays, said == null || before == null ? null : Duration.between(before, said));
      if (rehearsal.wallIsTrue()) {
        add(delays, rounded(Duration.between(previous.at(), one.at())));
      }
    }
    delays.addAll(USUAL);
    return List.copyOf(delays);
  }

  private static void add(Set<Duration> delays, @Nullable Duration delay) {
    if (delay != null && !delay.isNegative()) {
      delays.add(delay);
    }
  }

  /** To a tenth of a second: nobody acts more exactly. */
  private static Duration rounded(Duration duration) {
    return Duration.ofMillis(Math.round(duration.toMillis() / 100.0) * 100);
  }
}
