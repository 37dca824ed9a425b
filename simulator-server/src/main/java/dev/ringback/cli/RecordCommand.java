package dev.ringback.cli;

import dev.ringback.report.Printable;
import dev.ringback.yaml.BadInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringback record}. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a call that is over as a scenario: the same call, and as expectations every request"
          + " that the app got and what it answered.",
      "Identifiers become variables; times, tokens and addresses of files need only be there."
    })
final class RecordCommand implements Callable<Integer> {
  @Parameters(arity = "1", paramLabel = "CALL_SID", description = "the call")
  String sid;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "the running server, default http://localhost:4010")
  @Nullable String server;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "the scenario file to write; - for standard output")
  Path output;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  RecordCommand() {}

  @Override
  public Integer call() throws BadInput {
    boolean standard = output.toString().equals("-");
    if (!standard) {
      OutputFiles.prepareFile("--output", output);
    }
    String scenario = RemoteServer.at(server).scenario(sid);
    if (standard) {
      spec.commandLine().getOut().print(scenario);
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    }
    OutputFiles.write(
        "--output", output, out -> out.write(scenario.getBytes(StandardCharsets.UTF_8)));
    spec.commandLine()
        .getErr()
        .println(
            "ringback: %s is written; play it with  %s run %s --app URL"
                .formatted(output, Launcher.command(), Printable.of(output.toString())));
    return ExitCode.OK;
  }
}
