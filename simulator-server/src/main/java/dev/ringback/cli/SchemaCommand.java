package dev.ringback.cli;

import dev.ringback.json.JournalJson;
import dev.ringback.schema.ConfigSchema;
import dev.ringback.schema.ScenarioSchema;
import dev.ringback.yaml.BadInput;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringback schema}. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the JSON Schema of scenarios or of ringback.yaml, for editors that complete and check.",
      "The shipped ones are in scenarios/schema."
    })
final class SchemaCommand implements Callable<Integer> {
  @Parameters(arity = "1", paramLabel = "scenario|config", description = "of what")
  String what;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  SchemaCommand() {}

  @Override
  public Integer call() throws BadInput {
    String chosen = WorldOptions.choice("schema", what, List.of("scenario", "config"));
    spec.commandLine()
        .getOut()
        .println(
            JournalJson.mapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(
                    chosen.equals("scenario") ? ScenarioSchema.schema() : ConfigSchema.schema()));
    return ExitCode.OK;
  }
}
