package dev.ringback.config;

import dev.ringback.call.Behaviour;
import dev.ringback.twiml.WireNamed;
import dev.ringback.twiml.WrongAttribute;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.Result;
import dev.ringback.yaml.Durations;
import dev.ringback.yaml.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of {@code behaviour}: the switches for what Twilio's pages leave open. */
public final class BehaviourReader {
  private BehaviourReader() {}

  /** By key, as a configuration would say it. */
  public static Map<String, Object> view(Behaviour behaviour) {
    Behaviour.Sessions sessions = behaviour.sessions();
    Behaviour.DialledLegs legs = behaviour.dialledLegs();
    Behaviour.Recordings recordings = behaviour.recordings();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put(
        "connectActionDefault",
        sessions.connectActionDefault() == Behaviour.ConnectActionDefault.END_CALL
            ? "end-call"
            : "current-document");
    view.put("wrongAttribute", sessions.wrongAttribute().wireName());
    view.put("redirectAsksAction", sessions.redirectAsksAction());
    view.put("conversationWithoutWorker", sessions.conversationWithoutWorker().wireName());
    view.put("callerGoneUndialled", sessions.callerGoneUndialled().wireName());
    view.put("countUnsubscribedEvents", sessions.countUnsubscribedEvents());
    view.put("outboundTimeout", Durations.text(legs.outboundTimeout()));
    view.put("declinedAfterUrl", legs.declinedAfterUrl().wireName());
    view.put("failedUrl", legs.failedUrl().wireName());
    view.put("callerGone", legs.callerGone().wireName());
    view.put(
        "relativeRecordingStatusCallback",
        recordings.relativeRecordingStatusCallback() ? "resolve" : "refuse");
    view.put("recordingSource", recordings.recordingSource().wireName());
    view.put("recordingProcessing", Durations.text(recordings.recordingProcessing()));
    view.put("signedGetParameters", behaviour.signedGetParameters().wireName());
    return view;
  }

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
    Behaviour.Sessions sessions = before.sessions();
    Behaviour.DialledLegs legs = before.dialledLegs();
    Behaviour.Recordings recordings = before.recordings();
    Behaviour read =
        new Behaviour(
            new Behaviour.Sessions(
                section
                    .choice("connectActionDefault", List.of("end-call", "current-document"))
                    .map(c ->
                        c.equals("end-call")
                            ? Behaviour.ConnectActionDefault.END_CALL
                            : Behaviour.ConnectActionDefault.CURRENT_DOCUMENT)
                    .orElse(sessions.connectActionDefault()),
                section
                    .named("wrongAttribute", WrongAttribute.class)
                    .orElse(sessions.wrongAttribute()),
                section.flag("redirectAsksAction").orElse(sessions.redirectAsksAction()),
                section
                    .named("conversationWithoutWorker", Result.class)
                    .orElse(sessions.conversationWithoutWorker()),
                section
                    .named("callerGoneUndialled", Result.class)
                    .orElse(sessions.callerGoneUndialled()),
                section.flag("countUnsubscribedEvents").orElse(sessions.countUnsubscribedEvents())),
            new Behaviour.DialledLegs(
                section.duration("outboundTimeout").orElse(legs.outboundTimeout()),
                incomplete(section, "declinedAfterUrl").orElse(legs.declinedAfterUrl()),
                incomplete(section, "failedUrl").orElse(legs.failedUrl()),
                incomplete(section, "callerGone").orElse(legs.callerGone())),
            new Behaviour.Recordings(
                section
                    .choice("relativeRecordingStatusCallback", List.of("resolve", "refuse"))
                    .map("resolve"::equals)
                    .orElse(recordings.relativeRecordingStatusCallback()),
                section
                    .named("recordingSource", RecordingSource.class)
                    .orElse(recordings.recordingSource()),
                section.duration("recordingProcessing").orElse(recordings.recordingProcessing())),
            section
                .named("signedGetParameters", Behaviour.SignedGetParameters.class)
                .orElse(before.signedGetParameters()));
    section.done();
    return read;
  }
}
