package dev.ringback.cli;

import dev.ringback.report.Ink;
import dev.ringback.yaml.BadInput;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ringback explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Why a call went as it did: each turn, with the sentence of Twilio's that rules it.")
final class ExplainCommand implements Callable<Integer> {
  @Parameters(arity = "1", paramLabel = "CALL_SID", description = "the call")
  String sid;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "the running server, default http://localhost:4010")
  @Nullable String server;

  @Option(names = "--json", description = "print the turns as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  ExplainCommand() {}

  @Override
  public Integer call() throws BadInput {
    JsonNode explained =
        RemoteServer.json(RemoteServer.at(server).explain(sid, Ink.forTerminal() == Ink.ANSI));
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? explained.path("steps") + "\n" : explained.path("text").asString(""));
    out.flush();
    return ExitCode.OK;
  }
}
