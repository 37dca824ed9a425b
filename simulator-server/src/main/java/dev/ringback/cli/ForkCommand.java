package dev.ringback.cli;

import dev.ringback.report.Ink;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Durations;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ringback fork}. */
@Command(
    name = "fork",
    mixinStandardHelpOptions = true,
    description = {
      "The same call until an instant, and differently from then on. Until then nothing is asked of"
          + " the app; afterwards it is, in virtual time.",
      "Exit code: 0 the call went well; 1 the app caused an error alert; 2 wrong use."
    })
final class ForkCommand implements Callable<Integer> {
  @Parameters(arity = "1", paramLabel = "CALL_SID", description = "the call")
  String sid;

  @Option(
      names = "--at",
      required = true,
      paramLabel = "12s",
      description = "from the beginning of the call")
  String at;

  @Option(
      names = "--do",
      required = true,
      paramLabel = "DIRECTION",
      description = "what a party does then, such as '{party: customer, act: hangup}'")
  String direction;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "the running server, default http://localhost:4010")
  @Nullable String server;

  @Option(names = "--json", description = "print the timeline and the journal as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  ForkCommand() {}

  @Override
  public Integer call() throws BadInput {
    if (Durations.parse(at).isEmpty()) {
      throw WorldOptions.wrong("--at", "must be " + Durations.FORM + ", not '" + at + "'");
    }
    RemoteServer remote = RemoteServer.at(server);
    JsonNode forked =
        RemoteServer.json(remote.fork(sid, at, direction, Ink.forTerminal() == Ink.ANSI));
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? forked + "\n" : forked.path("text").asString(""));
    out.flush();
    return forked.path("failed").asBoolean() ? ExitCode.FAILED : ExitCode.OK;
  }
}
