package dev.ringback.cli;

import dev.ringback.state.DamagedState;
import dev.ringback.state.StateProblem;
import dev.ringback.state.StateRepair;
import dev.ringback.state.StateStore;
import dev.ringback.state.StateTransfer;
import dev.ringback.yaml.BadInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringback state}. */
@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    description = {
      "What `ringback serve --state DIR` keeps, while nobody serves it.",
      "export FILE: writes it as a file of JSON lines; import FILE: begins a folder with it;",
      "repair: saves of a damaged one what was before the damage, says what is lost, and keeps the old"
          + " file beside it.",
      "Exit code: 0 done, or nothing to repair; 1 something is lost; 2 wrong use, a folder or file"
          + " that is missing or unreadable."
    })
final class StateCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "export|import|repair", description = "what to do")
  String what;

  @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "of JSON lines")
  @Nullable Path file;

  @Option(names = "--state", required = true, paramLabel = "DIR", description = "the folder")
  Path state;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  StateCommand() {}

  @Override
  public Integer call() throws BadInput {
    String chosen = WorldOptions.choice("state", what, List.of("export", "import", "repair"));
    Path named = file;
    try {
      if (chosen.equals("repair")) {
        if (named != null) {
          throw WorldOptions.wrong("state", "repair takes no FILE");
        }
        return repair();
      }
      if (named == null) {
        throw WorldOptions.wrong("state", chosen + " needs a FILE");
      }
      return chosen.equals("export") ? export(state, named) : load(state, named);
    } catch (StateProblem | DamagedState e) {
      throw WorldOptions.wrong(
          "state",
          e.getMessage()
              + (e instanceof DamagedState
                  ? "; `ringback state repair` saves what can be saved"
                  : ""));
    }
  }

  private int export(Path from, Path to) throws StateProblem, BadInput {
    if (!Files.isRegularFile(from.resolve("ringback.db"))) {
      throw WorldOptions.wrong("--state", "there is no state in " + from);
    }
    OutputFiles.prepareFile("state export", to);
    int[] worlds = new int[1];
    try (StateStore store = StateStore.open(from)) {
      OutputFiles.writePrivately(
          "state export",
          to,
          out -> {
            try {
              worlds[0] = StateTransfer.write(store, out);
            } catch (StateProblem e) {
              throw new IOException(e.getMessage());
            }
          });
    }
    say("%d account(s) written to %s".formatted(worlds[0], to));
    return ExitCode.OK;
  }

  private int load(Path into, Path from) throws StateProblem, BadInput {
    say("%d account(s) are in %s".formatted(read(into, from), into));
    return ExitCode.OK;
  }

  /** Begins a state with an exported one; gives how many worlds it has. */
  static int read(Path into, Path from) throws StateProblem, BadInput {
    if (!Files.isRegularFile(from)) {
      throw WorldOptions.wrong("import", "there is no file " + from);
    }
    try (BufferedReader in = Files.newBufferedReader(from);
        StateStore store = StateStore.open(into)) {
      return StateTransfer.read(in, store);
    } catch (CharacterCodingException e) {
      throw WorldOptions.wrong(from.toString(), "is no state: it is no text in UTF-8");
    } catch (StateProblem e) {
      throw new StateProblem(from + ": " + e.getMessage());
    } catch (IOException e) {
      throw WorldOptions.wrong(from.toString(), "cannot be read: " + e.getMessage());
    }
  }

  private int repair() throws StateProblem {
    List<String> lost = StateRepair.repair(state);
    lost.forEach(this::say);
    say(
        lost.isEmpty()
            ? "nothing is damaged"
            : "the rest is in %s; the damaged file is ringback.db.damaged beside it"
                .formatted(state));
    return lost.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }
}
