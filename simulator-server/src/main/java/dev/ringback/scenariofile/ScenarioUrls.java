package dev.ringback.scenariofile;

import org.jspecify.annotations.Nullable;

/**
 * Where the app and this Twilio are while a scenario plays.
 *
 * @param app as the world knows it; a URL with a path is the voice URL itself, unless the scenario
 *     names its paths
 * @param local where the app really is
 * @param twilio where apps find this Twilio; null: nowhere
 */
public record ScenarioUrls(String app, String local, @Nullable String twilio) {

  /** Of an app that is where it is known to be. */
  public static ScenarioUrls of(String app, @Nullable String twilio) {
    return new ScenarioUrls(app, app, twilio);
  }
}
