package dev.ringback.laws;

import dev.ringback.call.Alarm;
import dev.ringback.call.Call;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.Effect;
import dev.ringback.call.Step;
import dev.ringback.id.Sid;
import dev.ringback.twiml.SessionEvent;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.Leg;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.SessionOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold after every step of every call. Each law is a class with a name. */
public final class Laws {
  private final List<Law> laws =
      List.of(
          new SequenceNumbersAreContiguousFromOne(),
          new OnlySubscribedEventsAreSent(),
          new CallCompletedIsLastAndBeforeTheAction(),
          new AtMostOneActionPerSession(),
          new NothingIsRequestedAfterTheEnd(),
          new TheStatusCallbackComesOnceAndLast(),
          new TimesAreConsistent(),
          new TheOutcomeAgreesWithTheLeg(),
          new ExchangesAreNumberedWithoutGap(),
          new ProgressEventsAreNumberedFromZero(),
          new ADialLeavesNoLegBehind(),
          new NothingRunsOnAfterTheCall(),
          new SoundsLieWithinTheirRecording());

  /** A law hears of every step of one call. */
  interface Law {
    void check(Call before, CallInput input, Step step, Instant now);
  }

  public void check(Call before, CallInput input, Step step, Instant now) {
    for (Law law : laws) {
      law.check(before, input, step, now);
    }
  }

  /** The laws that need no history. */
  public static void checkStep(Call before, CallInput input, Step step, Instant now) {
    new TimesAreConsistent().check(before, input, step, now);
    new TheOutcomeAgreesWithTheLeg().check(before, input, step, now);
    new NothingIsRequestedAfterTheEnd().check(before, input, step, now);
    new ADialLeavesNoLegBehind().check(before, input, step, now);
    new NothingRunsOnAfterTheCall().check(before, input, step, now);
    new SoundsLieWithinTheirRecording().check(before, input, step, now);
  }

  private static void require(boolean condition, Law law, String detail) {
    if (!condition) {
      throw new AssertionError(law.getClass().getSimpleName() + ": " + detail);
    }
  }

  private static List<AppRequest> sent(Step step) {
    List<AppRequest> sent = new ArrayList<>();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        sent.add(send.callback());
      }
    }
    return sent;
  }

  private static boolean isAboutARecording(AppRequest callback) {
    return callback.kind() == RequestKind.RECORDING_STATUS
        || callback.kind() == RequestKind.TRANSCRIPTION;
  }

  private static final class ProgressEventsAreNumberedFromZero implements Law {
    private final Map<Sid, Integer> next = new HashMap<>();

    @Override
    public void check(Call before, CallInput input, Step step, Instant now) {
      for (AppRequest callback : sent(step)) {
        if (callback instanceof AppRequest.CallStatusReport report) {
          int expected = next.merge(report.leg().sid(), 1, Integer::sum) - 1;
          require(report.sequenceNumber() == expected, this, report.toString());
        }
      }
    }
  }

  private static final class ADialLeavesNoLegBehind implements Law {
    @Override
    public void check(Call before, CallInput input, Step step, Instant now) {
      for (Effect effect : step.effects()) {
        if (effect instanceof Effect.Note(CallEvent.DialEnded over)) {
          Sid told = over.outcome().leg();
          Leg leg = told == null ? null : step.call().facts().leg(told);
          require(leg == null || leg.ended(), this, "the dialled leg is still there");
          Long seconds = over.outcome().seconds();
          require(
              leg == null || (seconds != null) == leg.answered(),
              this,
              "DialCallDuration: " + over);
          require(
              !Boolean.TRUE.equals(over.outcome().bridged()) || seconds != null,
              this,
              "bridged without an answer");
        }
      }
    }
  }

  private static final class NothingRunsOnAfterTheCall implements Law {
    @Override
    public void check(Call before, CallInput input, Step step, Instant now) {
      if (step.call().facts().leg().ended()) {
        require(step.call().facts().media().streams().isEmpty(), this, "a stream runs on");
        require(
            step.call().facts().recordings().stream()
                .allMatch(r -> r.stoppedAt() != null && r.status() != RecordingStatus.PAUSED),
            this,
            "a recording runs on or stays paused");
      }
      if (before.facts().leg().ended() && input instanceof CallInput.Woke woke) {
        boolean settles =
            woke.alarm() instanceof Alarm.RecordingReady
                || woke.alarm() instanceof Alarm.TranscriptionReady;
        require(
            settles || (step.call().equals(before) && step.effects().isEmpty()),
            this,
            "a timer runs on: " + woke.alarm());
      }
    }
  }

  private static final class SoundsLieWithinTheirRecording implements Law {
    @Override
    public void check(Call before, CallInput input, Step step, Instant now) {
      step.call()
          .facts()
          .recordings()
          .forEach(recording -> {
            Instant stopped = recording.stoppedAt();
            recording
                .sounds()
                .forEach(sound ->
                    require(
                        !sound.from().isBefore(recording.startedAt())
                            && sound.to().isAfter(sound.from())
                            && (stopped == null || !sound.to().isAfter(stopped)),
                        this,
                        sound + " in " + recording));
            require(
                stopped == null
                    || recording
                            .length()
                            .compareTo(java.time.Duration.between(recording.startedAt(), stopped))
                        <= 0,
                this,
                "longer than it ran");
          });
    }
  }

  private static final class SequenceNumbersAreContiguousFromOne implements Law {
    private final Map<Sid, Integer> last = new HashMap<>();

    @Override
    public void check(Call before, CallInput input, Step step, Instant now) {
      for (AppRequest callback : sent(step)) {
        if (callback instanceof AppRequest.SessionStatus status) {
          int expected = last.merge(status.dialCall(), 1, Integer::sum);
          require(
              status.sequenceNumber() == expected,
              this,
              status.event() + " has " + status.sequenceNumber() + ", not " + expected);
        }
      }
    }
  }

  /** The app of the random calls writes its subscription into the URL. */
  private static final class OnlySubscribedEventsAreSent implements Law {
    @Override
    public void check(Call before, CallInput input, Step step, Instant now) {
      for (AppRequest callback : sent(step)) {
        if (callback instanceof AppRequest.SessionStatus status) {
          String url = status.target().url();
          require(
              !url.contains("events=") || url.contains(status.event().wireName()),
              this,
              status.event() + " was sent to " + url);
        }
      }
    }
  }

  private static final class CallCompletedIsLastAndBeforeTheAction implements Law {
    private final Set<Sid> completed = new HashSet<>();
    private final Set<Sid> subscribed = new HashSet<>();

    @Override
    public void check(Call before, CallInput input, Step step, Instant now) {
      for (AppRequest callback : sent(step)) {
        if (callback instanceof AppRequest.SessionStatus status) {
          require(
              !completed.contains(status.dialCall()),
              this,
              status.event() + " after call-completed");
          if (status.target().url().contains("call-completed")) {
            subscribed.add(status.dialCall());
          }
          if (status.event() == SessionEvent.CALL_COMPLETED) {
            completed.add(status.dialCall());
          }
        }
        if (callback instanceof AppRequest.VoiceRequest request
            && request.extra() instanceof Extra.Session session
            && session.outcome().dialCallSid() != null) {
          Sid leg = session.outcome().dialCallSid();
          require(
              !subscribed.contains(leg) || completed.contains(leg),
              this,
              "the action was requested before call-completed");
        }
      }
    }
  }

  private static final class AtMostOneActionPerSession implements Law {
    private int started;
    private int actions;

    @Override
    public void check(Call before, CallInput input, Step step, Instant now) {
      for (Effect effect : step.effects()) {
        if (effect instanceof Effect.Note(CallEvent.VerbStarted verb)
            && verb.verb().equals("Connect")) {
          started++;
        }
        if (effect instanceof Effect.Send(AppRequest callback)
            && callback.kind() == RequestKind.ACTION) {
          actions++;
        }
      }
      require(actions <= started, this, actions + " actions for " + started + " sessions");
    }
  }

  /**
   * Recording callbacks and the number's status callback aside; and the last action, at the end.
   */
  private static final class NothingIsRequestedAfterTheEnd implements Law {
    @Override
    public void check(Call before, CallInput input, Step step, Instant now) {
      if (!(before.state() instanceof CallState.Ended)) {
        return;
      }
      for (AppRequest callback : sent(step)) {
        require(
            isAboutARecording(callback) || callback.kind() == RequestKind.CALL_STATUS,
            this,
            callback.kind() + " after the end");
      }
      require(step.call().state() instanceof CallState.Ended, this, "the call came back to life");
    }
  }

  private static final class TheStatusCallbackComesOnceAndLast implements Law {
    private boolean came;

    @Override
    public void check(Call before, CallInput input, Step step, Instant now) {
      for (AppRequest callback : sent(step)) {
        require(
            !came || isAboutARecording(callback),
            this,
            callback.kind() + " after the status callback");
        came |=
            callback instanceof AppRequest.CallStatusReport report
                && report.kind() == RequestKind.CALL_STATUS
                && report.leg().ended();
      }
    }
  }

  private static final class TimesAreConsistent implements Law {
    @Override
    public void check(Call before, CallInput input, Step step, Instant now) {
      Leg leg = step.call().facts().leg();
      check(leg, now);
      for (Leg child : step.call().facts().children()) {
        check(child, now);
        require(!child.startedAt().isBefore(leg.startedAt()), this, "a child before its parent");
        require(!leg.ended() || child.ended(), this, "leg " + child.sid() + " outlives its parent");
      }
      step.call()
          .facts()
          .recordings()
          .forEach(r -> {
            Instant stopped = r.stoppedAt();
            require(
                stopped == null || !stopped.isBefore(r.startedAt()),
                this,
                "a recording stopped before it started");
            require(
                leg.endedAt() == null || stopped != null,
                this,
                "a recording runs on after the call");
          });
    }

    private void check(Leg leg, Instant now) {
      Instant answered = leg.answeredAt();
      Instant ended = leg.endedAt();
      require(!leg.startedAt().isAfter(now), this, "a leg of the future");
      require(answered == null || !answered.isBefore(leg.startedAt()), this, "answered too early");
      require(
          ended == null || !ended.isBefore(answered == null ? leg.startedAt() : answered),
          this,
          "ended too early");
      require((ended != null) == leg.status().isFinal(), this, "status " + leg.status());
    }
  }

  private static final class TheOutcomeAgreesWithTheLeg implements Law {
    @Override
    public void check(Call before, CallInput input, Step step, Instant now) {
      for (Effect effect : step.effects()) {
        if (effect instanceof Effect.Note(CallEvent.SessionEnded over)) {
          SessionOutcome outcome = over.outcome();
          Sid dialled = outcome.dialCallSid();
          require(
              (dialled == null) == (outcome.dialCallStatus() == null),
              this,
              "DialCallSid without DialCallStatus, or the reverse");
          if (dialled != null) {
            Leg leg = step.call().facts().leg(dialled);
            require(leg != null && leg.ended(), this, "the dialled leg is still there");
            Long duration = outcome.dialCallDuration();
            require(leg != null && (duration != null) == leg.answered(), this, "DialCallDuration");
            require(
                leg != null && (duration == null || duration == leg.seconds()),
                this,
                "DialCallDuration is not the leg's");
          }
        }
      }
    }
  }

  private static final class ExchangesAreNumberedWithoutGap implements Law {
    private final Map<Sid, Integer> last = new HashMap<>();

    @Override
    public void check(Call before, CallInput input, Step step, Instant now) {
      for (AppRequest callback : sent(step)) {
        int expected = last.merge(callback.id().leg(), 1, Integer::sum);
        require(callback.id().number() == expected, this, callback.id().toString());
      }
    }
  }
}
