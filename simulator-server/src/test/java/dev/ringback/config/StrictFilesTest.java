package dev.ringback.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Durations;
import dev.ringback.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that is written in a file is ignored in silence. */
class StrictFilesTest {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  StrictFilesTest() {}

  private static String config(String yaml) {
    return String.valueOf(
        assertThrows(BadInput.class, () -> ConfigFile.read(Yaml.parse("r.yaml", yaml)), yaml)
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          seed: 1\\nseed: 2 | the key 'seed' is there twice, the second time in line 2
          seed: soon | must be a whole number, not 'soon'
          seed: [1] | must be a single value, not a list
          workers: alice | must be a list, not 'alice'
          workers: [{}] | 'identity' is missing
          workers: [{identity: }] | 'identity' is missing
          workers: [{identity: a, cast: {answers: {after: soon}}}] | must be a duration such as
          workers: [{identity: a, cast: {}}] | one of them
          workers: [{identity: a, cast: {answers: {after: 1s}, declines: {after: 1s}}}] | one of them
          numbers: [{number: "5017122661"}] | must be a number in E.164
          numbers: [{number: "+15017122661", voiceFallbackUrl: "http://a.test"}] | 21405
          numbers: [{number: "+15017122661"}, {number: "+15017122661"}] | is configured twice
          numbers: [{number: "+15017122661", voiceUrl: voice}] | must be an absolute http(s) URL
          clock: {mode: fast} | must be one of real, skipping, stepped
          clock: {speed: 0} | must be a number above 0
          clock: {start: today} | must be a time such as
          account: {sid: AC1} | must be a SID: AC and 32 hexadecimal digits
          behaviour: {callerGone: completed} | must be one of busy, no-answer, failed, canceled
          behaviour: {callerGon: busy} | did you mean 'callerGone'?
          map: {"a": "b"} | maps an absolute http(s) URL to another
          server: {port: 70000} | must be a port from 0 to 65535
          """)
  void aWrongConfigurationSaysWhatIsWrong(String yaml, String message) {
    String text = config(yaml.replace("\\n", "\n"));
    assertTrue(text.contains(message), text);
    assertTrue(text.startsWith("r.yaml"), text);
  }

  @Test
  void twoOpenConversationsForOnePairAreOneTooMany() {
    String pair = "{customer: \"+15558675310\", number: \"+15017122661\"}";
    assertTrue(config("conversations: [" + pair + ", " + pair + "]").contains("already"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "then: [{request: }]",
        "then: [{call: {ends: }}]",
        "then: ",
        "then: []",
        "then: [{request: action, from: x}]",
        "then: [{request: acton}]",
      })
  void aScenarioThatExpectsNothingIsWrong(String then) throws Exception {
    Path file = folder.resolve("s.yaml");
    Files.writeString(
        file,
        "scenario: x\nwhen: [{call: {from: \"+15558675310\", to: \"+15017122661\"}}]\n" + then);
    assertThrows(BadInput.class, () -> ScenarioReader.read(file), then);
  }

  @Test
  void aBombIsRefusedAtOnce() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    assertThrows(BadInput.class, () -> Yaml.parse("bomb", bomb.toString()));
    assertThrows(BadInput.class, () -> Yaml.parse("deep", "[".repeat(100_000)));
  }

  @Test
  void durations() {
    assertEquals(Optional.of(Duration.ofMillis(250)), Durations.parse("250ms"));
    assertEquals(Optional.of(Duration.ofMillis(1500)), Durations.parse("1.5s"));
    assertEquals(Optional.of(Duration.ofMinutes(2)), Durations.parse("2m"));
    assertEquals(Optional.of(Duration.ofHours(1)), Durations.parse("1h"));
    for (String wrong : new String[] {"", "4", "s", "-1s", "4 s", "1d", "999999999h"}) {
      assertEquals(Optional.empty(), Durations.parse(wrong), wrong);
    }
  }
}
