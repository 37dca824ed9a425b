package dev.ringback.replay;

import dev.ringback.config.KnownAccount;
import dev.ringback.play.Player;
import dev.ringback.play.Player.Performance;
import dev.ringback.runner.JournalDifference;
import dev.ringback.runner.Wildcards;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A journal once more against an app.
 *
 * @param difference the first; empty: the app was asked the same and answered the same
 */
public record Replay(
    JournalFile journal, Performance performance, Optional<JournalDifference> difference) {

  /** The scenario that a journal tells of, as it was played. */
  public static ScenarioFile scenario(Path file, JournalFile journal, KnownAccount account)
      throws BadInput {
    JournalFile.Head head = journal.head();
    return ScenarioReader.parse(head.file(), head.source()).stream()
        .filter(scenario -> scenario.name().equals(head.title()))
        .findFirst()
        .orElseThrow(() ->
            new BadInput(
                new Problem(
                    file.toString(),
                    1,
                    "scenario",
                    "its source has no scenario called '" + head.title() + "'",
                    null)))
        .withSeed(head.seed())
        .withAccount(new KnownAccount(head.account(), account.authToken()));
  }

  public static Replay play(Path file, JournalFile journal, KnownAccount account, Player player)
      throws BadInput {
    Performance performance = player.play(scenario(file, journal, account));
    return new Replay(
        journal,
        performance,
        JournalDifference.between(
            journal.entries(),
            performance.journal(),
            new Wildcards(journal.head().captured().standIns()),
            Set.copyOf(journal.head().captured().unanswered())));
  }
}
