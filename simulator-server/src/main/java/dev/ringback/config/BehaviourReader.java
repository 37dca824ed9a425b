package dev.ringback.config;

import dev.ringback.call.Behaviour;
import dev.ringback.twiml.WireNamed;
import dev.ringback.twiml.WrongAttribute;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.Result;
import dev.ringback.yaml.Section;
import java.util.List;
import java.util.Optional;

/** The keys of {@code behaviour}: the switches for what Twilio's pages leave open. */
final class BehaviourReader {
  private BehaviourReader() {}

  /** {@code completed} is kept for parties that were connected. */
  private static Optional<DialCallStatus> incomplete(Section section, String key) {
    return section
        .choice(key, List.of("busy", "no-answer", "failed", "canceled"))
        .flatMap(name -> WireNamed.find(DialCallStatus.class, name));
  }

  /**
   * @param before what holds where the section says nothing
   */
  static Behaviour read(Section section, Behaviour before) {
    Behaviour read =
        new Behaviour(
            section
                .choice("connectActionDefault", List.of("end-call", "current-document"))
                .map(c ->
                    c.equals("end-call")
                        ? Behaviour.ConnectActionDefault.END_CALL
                        : Behaviour.ConnectActionDefault.CURRENT_DOCUMENT)
                .orElse(before.connectActionDefault()),
            section.named("wrongAttribute", WrongAttribute.class).orElse(before.wrongAttribute()),
            section.flag("redirectAsksAction").orElse(before.redirectAsksAction()),
            section
                .choice("relativeRecordingStatusCallback", List.of("resolve", "refuse"))
                .map("resolve"::equals)
                .orElse(before.relativeRecordingStatusCallback()),
            section
                .named("conversationWithoutWorker", Result.class)
                .orElse(before.conversationWithoutWorker()),
            section.duration("outboundTimeout").orElse(before.outboundTimeout()),
            incomplete(section, "declinedAfterUrl").orElse(before.declinedAfterUrl()),
            incomplete(section, "failedUrl").orElse(before.failedUrl()),
            incomplete(section, "callerGone").orElse(before.callerGone()),
            section.flag("countUnsubscribedEvents").orElse(before.countUnsubscribedEvents()),
            section
                .named("recordingSource", RecordingSource.class)
                .orElse(before.recordingSource()),
            section.duration("recordingProcessing").orElse(before.recordingProcessing()),
            section.named("callerGoneUndialled", Result.class).orElse(before.callerGoneUndialled()),
            section
                .named("signedGetParameters", Behaviour.SignedGetParameters.class)
                .orElse(before.signedGetParameters()));
    section.done();
    return read;
  }
}
